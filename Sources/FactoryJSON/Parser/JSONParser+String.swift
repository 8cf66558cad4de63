extension JSONParser {
    /// Parses the string whose opening quote is at the current position.
    mutating func parseString() throws(JSONError) -> String {
        let start = position + 1
        var end = start
        while end < text.count {
            let byte = text[end]
            if byte == UInt8(ascii: "\"") {
                position = end + 1
                return try makeString(UnsafeBufferPointer(rebasing: text[start..<end]), startingAt: start)
            }
            if byte == UInt8(ascii: "\\") { return try parseEscapedString(from: start, firstEscape: end) }
            guard byte >= 0x20 else { throw controlCharacter(byte, at: end) }
            end += 1
        }
        throw failure("a string is not closed", at: position)
    }

    private mutating func parseEscapedString(from start: Int, firstEscape: Int) throws(JSONError)
        -> String
    {
        let opening = position
        var bytes: [UInt8] = []
        bytes.reserveCapacity(firstEscape - start + 32)
        bytes.append(contentsOf: text[start..<firstEscape])
        position = firstEscape
        while position < text.count {
            let byte = text[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return try bytes.withUnsafeBufferPointer { piece throws(JSONError) in
                    try makeString(piece, startingAt: start)
                }
            case UInt8(ascii: "\\"):
                try parseEscape(into: &bytes)
            case 0x20...:
                let runStart = position
                repeat {
                    position += 1
                } while position < text.count && text[position] >= 0x20
                    && text[position] != UInt8(ascii: "\"")
                    && text[position] != UInt8(ascii: "\\")
                bytes.append(contentsOf: text[runStart..<position])
            default:
                throw controlCharacter(byte, at: position)
            }
        }
        throw failure("a string is not closed", at: opening)
    }

    private mutating func parseEscape(into bytes: inout [UInt8]) throws(JSONError) {
        let start = position
        position += 1
        guard position < text.count else { throw failure("a string is not closed", at: start) }
        let kind = text[position]
        position += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(kind)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "u"):
            bytes.append(contentsOf: Array(String(try parseUnicodeEscape(from: start)).utf8))
        default:
            throw failure(
                "this escape is none of JSON's: \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000", at: start)
        }
    }

    /// Parses the digits after `\u`, and the second half where they are the first of a surrogate pair.
    private mutating func parseUnicodeEscape(from start: Int) throws(JSONError) -> Character {
        let first = try parseFourHexDigits(from: start)
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        guard first < 0xDC00, skip(UInt8(ascii: "\\")), skip(UInt8(ascii: "u")) else {
            throw failure("half of a surrogate pair stands alone", at: start)
        }
        let second = try parseFourHexDigits(from: start)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw failure("half of a surrogate pair stands alone", at: start) }
        return Character(scalar)
    }

    private mutating func parseFourHexDigits(from start: Int) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard position < text.count, let digit = hexDigit(text[position]) else {
                throw failure("\\u is not followed by four hexadecimal digits", at: start)
            }
            value = value << 4 | digit
            position += 1
        }
        return value
    }

    private func hexDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    private func makeString(_ bytes: UnsafeBufferPointer<UInt8>, startingAt start: Int)
        throws(JSONError) -> String
    {
        guard let value = String(validating: bytes, as: UTF8.self) else {
            throw failure("a string holds bytes that are not UTF-8", at: start)
        }
        return value
    }

    private func controlCharacter(_ byte: UInt8, at offset: Int) -> JSONError {
        let name = byte == 0x0A || byte == 0x0D ? "a line end" : "a control character (byte \(byte))"
        return failure("a string holds \(name), which must be escaped", at: offset)
    }
}
