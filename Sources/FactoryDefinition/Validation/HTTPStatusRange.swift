/// HTTP statuses that belong together: `204`, `2xx` or `200-299`.
public struct HTTPStatusRange: Sendable, Hashable {
    /// The statuses, between 100 and 599.
    public let statuses: ClosedRange<Int>

    /// Reads `204`, `2xx` or `200-299`; nil for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        if bytes.count == 3, bytes[1...].elementsEqual("xx".utf8), (0x31...0x35).contains(bytes[0]) {
            let first = Int(bytes[0] - 0x30) * 100
            statuses = first...(first + 99)
            return
        }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Self.status(String($0)) }
        guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last else {
            return nil
        }
        statuses = first...last
    }

    private static func status(_ text: String) -> Int? {
        guard text.utf8.count == 3, let value = Int(text), (100...599).contains(value) else { return nil }
        return value
    }
}
