extension Lexer {
    /// Reads the string or bytes literal whose opening quote is at the current position and whose prefix begins at
    /// `start`.
    mutating func readString(isRaw: Bool, isBytes: Bool, from start: Int) throws(Failure) -> Token {
        let quote = source[position]
        let isTriple = peek(1) == quote && peek(2) == quote
        position += isTriple ? 3 : 1
        var bytes: [UInt8] = []
        while let byte = peek() {
            if byte == quote, !isTriple || peek(1) == quote && peek(2) == quote {
                position += isTriple ? 3 : 1
                if isBytes { return .bytes(bytes) }
                return .string(String(decoding: bytes, as: UTF8.self))
            }
            if byte == UInt8(ascii: "\\"), !isRaw {
                try readEscape(isBytes: isBytes, into: &bytes)
                continue
            }
            if !isTriple, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
            bytes.append(byte)
            position += 1
        }
        let mark = String(repeating: String(Unicode.Scalar(quote)), count: isTriple ? 3 : 1)
        throw Failure(
            .syntax, "a string is not closed with \(mark)", at: Span(start, isTriple ? 3 : 1),
            hint: isTriple ? .none : .text("a string over several lines stands in \"\"\"…\"\"\""))
    }

    private mutating func readEscape(isBytes: Bool, into bytes: inout [UInt8]) throws(Failure) {
        let start = position
        position += 1
        guard let kind = peek() else {
            throw Failure(.syntax, "a string is not closed", at: Span(start, 1))
        }
        position += 1
        switch kind {
        case UInt8(ascii: "a"): bytes.append(0x07)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "v"): bytes.append(0x0B)
        case UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "'"),
            UInt8(ascii: "`"):
            bytes.append(kind)
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            try append(readDigits(2, radix: 16, from: start), isBytes: isBytes, from: start, to: &bytes)
        case UInt8(ascii: "u") where !isBytes:
            try append(readDigits(4, radix: 16, from: start), isBytes: false, from: start, to: &bytes)
        case UInt8(ascii: "U") where !isBytes:
            try append(readDigits(8, radix: 16, from: start), isBytes: false, from: start, to: &bytes)
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            position -= 1
            try append(readDigits(3, radix: 8, from: start), isBytes: isBytes, from: start, to: &bytes)
        default:
            throw Failure(
                .syntax, "this escape does not exist", at: Span(from: start, to: position),
                hint: .text("a backslash itself is \\\\, and r\"…\" takes backslashes as they are"))
        }
    }

    private mutating func readDigits(_ count: Int, radix: UInt32, from start: Int) throws(Failure)
        -> UInt32
    {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = peek()?.hexValue, digit < radix else {
                let kind = radix == 16 ? "hexadecimal" : "octal"
                throw Failure(
                    .syntax, "the escape needs \(count) \(kind) digits", at: Span(from: start, to: position))
            }
            value = value &* radix &+ digit
            position += 1
        }
        return value
    }

    private func append(_ value: UInt32, isBytes: Bool, from start: Int, to bytes: inout [UInt8])
        throws(Failure)
    {
        if isBytes {
            bytes.append(UInt8(truncatingIfNeeded: value))
            return
        }
        guard let scalar = Unicode.Scalar(value) else {
            throw Failure(
                .syntax, "the escape is no Unicode code point", at: Span(from: start, to: position))
        }
        bytes.append(contentsOf: Array(String(Character(scalar)).utf8))
    }
}
