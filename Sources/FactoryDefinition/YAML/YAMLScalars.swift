import FactoryJSON

/// What a plain (unquoted) scalar means: the core schema of YAML 1.2, narrowed to one spelling each.
///
/// Only `true`, `false`, `null`, `~` and the empty scalar are special; `on`, `no`, `True` and dates are text.
/// Source: YAML 1.2.2, chapter 10.3.2.
enum YAMLScalar {
    /// What a plain scalar came to.
    enum Meaning: Sendable {
        case value(JSON)
        /// A number that JSON cannot hold, with the reason.
        case unrepresentable(String)
    }

    static func meaning(of text: String) -> Meaning {
        switch text {
        case "", "~", "null": return .value(.null)
        case "true": return .value(.bool(true))
        case "false": return .value(.bool(false))
        default: break
        }
        guard let first = text.utf8.first, canBeginNumber(first) else { return .value(.string(text)) }
        return number(text) ?? .value(.string(text))
    }

    private static func canBeginNumber(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func number(_ text: String) -> Meaning? {
        let bytes = Array(text.utf8)
        if let based = basedInteger(bytes, text) { return based }
        var rest = bytes[...]
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let unsigned = String(decoding: rest, as: UTF8.self)
        if [".inf", ".Inf", ".INF"].contains(unsigned) || [".nan", ".NaN", ".NAN"].contains(text) {
            return .unrepresentable("\(text) is not a number that JSON has")
        }
        guard let isInteger = shape(of: rest) else { return nil }
        if isInteger {
            guard let value = Int64(text) else {
                return .unrepresentable("the integer \(shortened(text)) does not fit 64 bits")
            }
            return .value(.int(value))
        }
        guard let value = Double(text), value.isFinite else {
            return .unrepresentable("the number \(shortened(text)) is too large")
        }
        return .value(.double(value))
    }

    /// `0o17` and `0x1F`, which take no sign.
    private static func basedInteger(_ bytes: [UInt8], _ text: String) -> Meaning? {
        guard bytes.count > 2, bytes[0] == UInt8(ascii: "0") else { return nil }
        let radix: Int
        switch bytes[1] {
        case UInt8(ascii: "o"): radix = 8
        case UInt8(ascii: "x"): radix = 16
        default: return nil
        }
        let digits = text.dropFirst(2)
        guard digits.utf8.allSatisfy({ Character(UnicodeScalar($0)).hexDigitValue.map { $0 < radix } ?? false }) else {
            return nil
        }
        guard let value = Int64(digits, radix: radix) else {
            return .unrepresentable("the integer \(shortened(text)) does not fit 64 bits")
        }
        return .value(.int(value))
    }

    /// True for an integer, false for a number with fraction or exponent, nil for anything else.
    private static func shape(of bytes: ArraySlice<UInt8>) -> Bool? {
        var place = bytes.startIndex
        func digits() -> Int {
            let start = place
            while place < bytes.endIndex, isDigit(bytes[place]) { place += 1 }
            return place - start
        }
        var isInteger = true
        var mantissa = digits()
        if place < bytes.endIndex, bytes[place] == UInt8(ascii: ".") {
            isInteger = false
            place += 1
            mantissa += digits()
        }
        guard mantissa > 0 else { return nil }
        if place < bytes.endIndex, bytes[place] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            place += 1
            if place < bytes.endIndex, bytes[place] == UInt8(ascii: "-") || bytes[place] == UInt8(ascii: "+") {
                place += 1
            }
            guard digits() > 0 else { return nil }
        }
        return place == bytes.endIndex ? isInteger : nil
    }

    private static func shortened(_ text: String) -> String { text.count > 40 ? "\(text.prefix(40))…" : text }
}
