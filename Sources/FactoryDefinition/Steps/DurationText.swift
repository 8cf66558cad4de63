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
        self = .milliseconds(milliseconds)
        guard self <= .longest else { return nil }
    }

    /// The longest that a document may name: 1,000 hours.
    public static let longest = Duration.seconds(3_600_000)

    /// True for a text that is a duration but for being longer than ``longest``.
    static func isBeyondLongest(_ text: String) -> Bool {
        let digits = text.utf8.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        guard !digits.isEmpty, Duration(documentText: text) == nil else { return false }
        return ["ms", "s", "m", "h"].contains(String(Substring(text.utf8.dropFirst(digits.count))))
    }

    /// As documents write it: in the largest unit of which it is a whole number; a part of a millisecond is left out.
    public var documentText: String {
        let (seconds, attoseconds) = components
        let milliseconds = seconds * 1_000 + attoseconds / 1_000_000_000_000_000
        for (unit, size) in [("h", Int64(3_600_000)), ("m", 60_000), ("s", 1_000)]
        where milliseconds > 0 && milliseconds % size == 0 {
            return "\(milliseconds / size)\(unit)"
        }
        return "\(milliseconds)ms"
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

    /// True for a text that is a size but for being above 1 TiB.
    static func isBeyondLimit(_ text: String) -> Bool {
        let digits = text.utf8.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        guard !digits.isEmpty, bytes(in: text) == nil else { return false }
        return factors[String(text.dropFirst(digits.count).drop { $0 == " " })] != nil
    }

    /// As documents write it: in the largest binary unit of which it is a whole number.
    public static func text(of bytes: Int64) -> String {
        for (unit, size) in [("GiB", Int64(1) << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
        where bytes > 0 && bytes % size == 0 {
            return "\(bytes / size)\(unit)"
        }
        return "\(bytes)"
    }

    private static let factors: [String: Int64] = [
        "": 1, "B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "KB": 1_000, "kB": 1_000, "MB": 1_000_000,
        "GB": 1_000_000_000,
    ]
}
