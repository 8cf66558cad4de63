extension Lexer {
    /// Reads an int, uint (`1u`) or double; hexadecimal too.
    mutating func readNumber() throws(Failure) -> Token {
        let start = position
        if peek() == UInt8(ascii: "0"), let mark = peek(1), mark | 0x20 == UInt8(ascii: "x") {
            return try readHexadecimal(from: start)
        }
        skipDigits()
        var isDouble = false
        if peek() == UInt8(ascii: "."), peek(1)?.isDigit == true {
            isDouble = true
            position += 1
            skipDigits()
        }
        if let mark = peek(), mark | 0x20 == UInt8(ascii: "e"), hasExponentDigits {
            isDouble = true
            position += 2
            skipDigits()
        }
        let digits = text(from: start)
        if isDouble {
            guard let value = Double(digits), value.isFinite else {
                throw Failure(
                    .overflow, "the number is beyond the range of a double", at: span(from: start))
            }
            return try endingNumber(.double(value), from: start)
        }
        let value = UInt64(digits)
        if let mark = peek(), mark | 0x20 == UInt8(ascii: "u") {
            position += 1
            guard let value else { throw tooLarge(from: start) }
            return try endingNumber(.uint(value), from: start)
        }
        guard let value else { throw tooLarge(from: start) }
        return try endingNumber(.int(value), from: start)
    }

    private mutating func readHexadecimal(from start: Int) throws(Failure) -> Token {
        position += 2
        let digitsStart = position
        while let byte = peek(), byte.hexValue != nil { position += 1 }
        let value = UInt64(text(from: digitsStart), radix: 16)
        guard position > digitsStart else {
            throw Failure(.syntax, "0x has no hexadecimal digit after it", at: span(from: start))
        }
        let isUnsigned = peek().map { $0 | 0x20 == UInt8(ascii: "u") } ?? false
        if isUnsigned { position += 1 }
        guard let value else { throw tooLarge(from: start) }
        return try endingNumber(isUnsigned ? .uint(value) : .int(value), from: start)
    }

    /// A number must not run into a word.
    private func endingNumber(_ token: Token, from start: Int) throws(Failure) -> Token {
        if let byte = peek(), byte.isWordByte {
            throw Failure(
                .syntax, "a number runs into a name", at: span(from: start),
                hint: .text(
                    "numbers look like 42, 42u, 0x2A, 4.2 and 4.2e1; durations are duration(\"5m\")"))
        }
        return token
    }

    private var hasExponentDigits: Bool {
        guard let next = peek(1) else { return false }
        if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { return peek(2)?.isDigit == true }
        return next.isDigit
    }

    private mutating func skipDigits() {
        while let byte = peek(), byte.isDigit { position += 1 }
    }

    private func tooLarge(from start: Int) -> Failure {
        Failure(
            .overflow, "the integer does not fit 64 bits", at: span(from: start),
            hint: .text("with a decimal point it is a double"))
    }

    private func span(from start: Int) -> Span { Span(from: start, to: position) }
}
