/// A word of the language.
enum Token: Equatable {
    case identifier(String)
    /// An identifier in backticks, legal after a dot only.
    case quotedIdentifier(String)
    /// Without its sign: -9223372036854775808 is a minus sign and 9223372036854775808.
    case int(UInt64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case symbol(Symbol)
    /// The end of the text, or of the expression where it stands in a template.
    case end

    enum Symbol: String, CaseIterable {
        case or = "||"
        case and = "&&"
        case equal = "=="
        case notEqual = "!="
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case less = "<"
        case greater = ">"
        case plus = "+"
        case minus = "-"
        case times = "*"
        case dividedBy = "/"
        case modulo = "%"
        case not = "!"
        case question = "?"
        case colon = ":"
        case comma = ","
        case dot = "."
        case openParenthesis = "("
        case closeParenthesis = ")"
        case openBracket = "["
        case closeBracket = "]"
        case openBrace = "{"
        case closeBrace = "}"
    }

    /// What stands there, for a message.
    var description: String {
        switch self {
        case .identifier(let name), .quotedIdentifier(let name):
            "the name \"\(name.shortened(to: 40))\""
        case .int, .uint, .double: "a number"
        case .string: "a string"
        case .bytes: "a bytes literal"
        case .symbol(let symbol): "\"\(symbol.rawValue)\""
        case .end: "the end"
        }
    }
}
