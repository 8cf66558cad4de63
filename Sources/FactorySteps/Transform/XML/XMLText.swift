/// What characters XML allows where.
enum XMLText {
    /// Whether a character may stand in a document at all.
    static func isAllowed(_ code: UInt32) -> Bool {
        code == 0x09 || code == 0x0A || code == 0x0D
            || (code >= 0x20 && code != 0xFFFE && code != 0xFFFF && !(0xD800...0xDFFF).contains(code)
                && code <= 0x10_FFFF)
    }

    /// Whether a byte may stand in a name; all beyond ASCII may.
    static func isName(_ byte: UInt8, first: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: ":"), 0x80...:
            true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): !first
        default: false
        }
    }

    /// Whether all of `text` is a name.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.enumerated().allSatisfy { isName($1, first: $0 == 0) }
    }
}
