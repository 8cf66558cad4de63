/// A single range of bytes, as `Range: bytes=…` asks for it (RFC 9110, 14.2).
public enum ByteRange: Sendable, Hashable {
    /// The whole: there is no such header, or one of a form that is ignored.
    case whole
    /// These bytes.
    case part(Range<Int64>)
    /// The bytes asked for are not there.
    case unsatisfiable

    /// What `header` means for something of `size` bytes. Several ranges at once are answered with the whole.
    public init(_ header: String?, size: Int64) {
        self = .whole
        guard let header, header.hasPrefix("bytes=") else { return }
        let text = header.dropFirst(6).trimmingBlanks()
        guard !text.contains(","), let dash = text.firstIndex(of: "-") else { return }
        let (first, last) = (text[..<dash], text[text.index(after: dash)...])
        if first.isEmpty {
            guard let count = Self.number(last) else { return }
            self = count == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - count)..<size)
        } else if let start = Self.number(first) {
            guard last.isEmpty || Self.number(last).map({ $0 >= start }) == true else { return }
            let end = last.isEmpty ? size : min(size, (Self.number(last) ?? size).advanced(by: 1))
            self = start < size ? .part(start..<end) : .unsatisfiable
        }
    }

    private static func number(_ text: Substring) -> Int64? {
        guard !text.isEmpty, text.utf8.count <= 18, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int64(text)
    }
}
