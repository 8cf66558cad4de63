extension Duration {
    /// Reads `250ms`, `30s`, `5m` or `2h`: whole digits and one unit; nil for anything else or above 1,000 hours.
    public init?(documentText text: String) {
        let digits = text.utf8.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        guard !digits.isEmpty, digits.count <= 10, let count = Int64(String(Substring(digits))) else { return nil }
        let milliseconds: Int64
        switch text.utf8.dropFirst(digits.count) {
        case let unit where unit.elementsEqual("ms".utf8): milliseconds = count
        case let unit where unit.elementsEqual("s".utf8): milliseconds = count * 1_000
        case let unit where unit.elementsEqual("m".utf8): milliseconds = count * 60_000
        case let unit where unit.elementsEqual("h".utf8): milliseconds = count * 3_600_000
        default: return nil
        }
        guard milliseconds <= 3_600_000_000 else { return nil }
        self = .milliseconds(milliseconds)
    }
}

/// Reads sizes in bytes, as documents write them.
public enum ByteSize {
    /// Reads `512`, `64KiB`, `512MiB`, `2GiB` or, by thousands, `64KB`, `10MB`, `2GB`; nil for anything else or above
    /// 1 TiB. A unit may follow a space.
    public static func bytes(in text: String) -> Int64? {
        let digits = text.utf8.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        guard !digits.isEmpty, digits.count <= 13, let count = Int64(String(Substring(digits))) else { return nil }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        guard let factor = factors[String(unit)] else { return nil }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: factor)
        return overflow || bytes > 1 << 40 ? nil : bytes
    }

    private static let factors: [String: Int64] = [
        "": 1, "B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "KB": 1_000, "kB": 1_000, "MB": 1_000_000,
        "GB": 1_000_000_000,
    ]
}
