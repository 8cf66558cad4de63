/// One way in which a secret value may stand in a text.
protocol Needle: Sendable {
    /// Bytes with which it may begin.
    var firstBytes: [UInt8] { get }

    /// Whether it stands in `bytes` from `place` on.
    func match(_ bytes: [UInt8], at place: Int) -> NeedleMatch
}

/// What can be said of a needle at a place.
struct NeedleMatch {
    /// Behind the longest form found; nil where there is none.
    var end: Int?
    /// True where the bytes end before it can be told whether there is a form, or a longer one.
    var isOpen = false

    static let none = NeedleMatch()
    static let open = NeedleMatch(isOpen: true)
}

/// What reading one symbol of a text came to.
enum SymbolReading {
    case symbol(UInt8, end: Int)
    case other
    /// The text ends within it.
    case open
}

enum HexDigits {
    /// The value of a hex digit of either case; nil for any other byte.
    static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// Whether `count` hex digits from `place` on are those of `value`; nil where the bytes end before that is told.
    static func stand(_ count: Int, of value: UInt32, in bytes: [UInt8], at place: Int) -> Bool? {
        for digit in 0..<count {
            guard place + digit < bytes.count else { return nil }
            let wanted = UInt8(value >> UInt32(4 * (count - 1 - digit)) & 15)
            guard Self.value(bytes[place + digit]) == wanted else { return false }
        }
        return true
    }

    /// Both spellings of a digit.
    static func spellings(of value: UInt8) -> [UInt8] {
        value < 10 ? [UInt8(ascii: "0") + value] : [UInt8(ascii: "a") + value - 10, UInt8(ascii: "A") + value - 10]
    }
}
