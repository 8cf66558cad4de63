extension Base64 {
    /// The bytes that `text` stands for, space and line breaks aside; nil when it is no padded base64.
    static func decode(_ text: String) -> [UInt8]? {
        let digits = text.utf8.filter { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 }
        guard digits.count.isMultiple(of: 4) else { return nil }
        let padding = digits.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard padding <= 2 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 4 * 3)
        var bits: UInt32 = 0
        for (place, digit) in digits.dropLast(padding).enumerated() {
            guard let value = value(of: digit) else { return nil }
            bits = bits << 6 | value
            // The second to fourth digit of a group each complete a byte.
            let unused = UInt32(6 - 2 * (place % 4))
            if place % 4 != 0 { bytes.append(UInt8(truncatingIfNeeded: bits >> unused)) }
        }
        // What the last digit has beyond the last byte must be nothing, so that bytes have one spelling.
        let unused = padding == 2 ? UInt32(15) : padding == 1 ? 3 : 0
        return bits & unused == 0 ? bytes : nil
    }

    private static func value(of digit: UInt8) -> UInt32? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a") + 26)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0") + 52)
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
