/// Cuts an expression into tokens, one at a time.
struct Lexer {
    let source: [UInt8]
    let end: Int
    /// True in a template, where `}}`, `-}}`, `%}` and `-%}` end the expression.
    let isInTemplate: Bool
    var position: Int

    /// Reads `source` from `start` to `end`.
    init(_ source: [UInt8], from start: Int = 0, to end: Int? = nil, isInTemplate: Bool = false) {
        self.source = source
        self.end = end ?? source.count
        self.isInTemplate = isInTemplate
        position = start
    }

    mutating func next() throws(Failure) -> (token: Token, span: Span) {
        skipBlanks()
        let start = position
        let token = try readToken()
        return (token, Span(from: start, to: position))
    }

    private mutating func readToken() throws(Failure) -> Token {
        guard let byte = peek() else { return .end }
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "_"):
            return try readWord()
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return try readNumber()
        case UInt8(ascii: "."):
            if let digit = peek(1), digit.isDigit { return try readNumber() }
            return take(.dot)
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            return try readString(isRaw: false, isBytes: false, from: position)
        case UInt8(ascii: "`"): return try readQuotedIdentifier()
        default: return try readSymbol(byte)
        }
    }

    /// Spaces, line ends and `//` comments.
    private mutating func skipBlanks() {
        while let byte = peek() {
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0C, 0x0D: position += 1
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
                while let byte = peek(), byte != UInt8(ascii: "\n") { position += 1 }
            default: return
            }
        }
    }

    private mutating func readWord() throws(Failure) -> Token {
        let start = position
        while let byte = peek(), byte.isWordByte { position += 1 }
        let length = position - start
        if length <= 2, let quote = peek(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            let prefix = source[start..<position].map { $0 | 0x20 }
            let isRaw = prefix.contains(UInt8(ascii: "r"))
            let isBytes = prefix.contains(UInt8(ascii: "b"))
            if (isRaw ? 1 : 0) + (isBytes ? 1 : 0) == length {
                return try readString(isRaw: isRaw, isBytes: isBytes, from: start)
            }
        }
        return .identifier(text(from: start))
    }

    private mutating func readQuotedIdentifier() throws(Failure) -> Token {
        let start = position
        position += 1
        while let byte = peek(), byte != UInt8(ascii: "`"), byte >= 0x20 { position += 1 }
        guard peek() == UInt8(ascii: "`"), position > start + 1 else {
            throw Failure(
                .syntax, "a name in backticks is not closed", at: Span(from: start, to: position))
        }
        position += 1
        return .quotedIdentifier(String(decoding: source[start + 1..<position - 1], as: UTF8.self))
    }

    private mutating func readSymbol(_ byte: UInt8) throws(Failure) -> Token {
        if isInTemplate, isTemplateEnd { return .end }
        switch (byte, peek(1)) {
        case (UInt8(ascii: "|"), UInt8(ascii: "|")): return take(.or)
        case (UInt8(ascii: "&"), UInt8(ascii: "&")): return take(.and)
        case (UInt8(ascii: "="), UInt8(ascii: "=")): return take(.equal)
        case (UInt8(ascii: "!"), UInt8(ascii: "=")): return take(.notEqual)
        case (UInt8(ascii: "<"), UInt8(ascii: "=")): return take(.lessOrEqual)
        case (UInt8(ascii: ">"), UInt8(ascii: "=")): return take(.greaterOrEqual)
        case (UInt8(ascii: "|"), _), (UInt8(ascii: "&"), _), (UInt8(ascii: "="), _): throw lonely(byte)
        default:
            let symbol = Token.Symbol(rawValue: String(Unicode.Scalar(byte)))
            guard let symbol else { throw strange() }
            return take(symbol)
        }
    }

    /// True at what closes an expression in a template. A single `}` is left to the parser: it may close a map.
    private var isTemplateEnd: Bool {
        let start = peek() == UInt8(ascii: "-") ? 1 : 0
        guard peek(start + 1) == UInt8(ascii: "}") else { return false }
        return peek(start) == UInt8(ascii: "%") || start == 1 && peek(start) == UInt8(ascii: "}")
    }

    private mutating func take(_ symbol: Token.Symbol) -> Token {
        position += symbol.rawValue.utf8.count
        return .symbol(symbol)
    }

    private func lonely(_ byte: UInt8) -> Failure {
        let (written, meant) =
            switch byte {
            case UInt8(ascii: "="): ("=", "== compares; there is no assignment")
            case UInt8(ascii: "|"): ("|", "|| is \"or\"; there are no filters: call a function instead")
            default: ("&", "&& is \"and\"")
            }
        return Failure(
            .syntax, "\"\(written)\" is no operator", at: Span(position, 1), hint: .text(meant))
    }

    private func strange() -> Failure {
        let rest = String(decoding: source[position..<min(position + 4, end)], as: UTF8.self)
        let scalar = rest.unicodeScalars.first ?? "?"
        let length = UTF8.width(scalar)
        let hint: Failure.Hint =
            switch scalar {
            case "$", "@", "#": .text("names begin with a letter or _")
            case "“", "”", "„", "‘", "’": .text("strings stand in straight quotes: \"…\" or '…'")
            default: .none
            }
        let shown =
            scalar.value < 0x20 || scalar.value == 0x7F ? "a control character" : "\"\(scalar)\""
        return Failure(
            .syntax, "\(shown) has no meaning in an expression", at: Span(position, length), hint: hint)
    }
}

extension Lexer {
    func peek(_ ahead: Int = 0) -> UInt8? {
        let place = position + ahead
        return place < end ? source[place] : nil
    }

    func text(from start: Int) -> String { String(decoding: source[start..<position], as: UTF8.self) }
}

extension UInt8 {
    var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

    var isWordByte: Bool {
        isDigit || self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z")
            || self == UInt8(ascii: "_")
    }

    /// The value of a hexadecimal digit.
    var hexValue: UInt32? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
