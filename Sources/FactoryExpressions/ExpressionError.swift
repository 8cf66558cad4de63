/// A place in an expression or template.
public struct SourcePosition: Sendable, Hashable {
    /// UTF-8 bytes before the place.
    public var offset: Int
    /// Line, from 1.
    public var line: Int
    /// Column in Unicode scalars, from 1.
    public var column: Int

    /// A place whose line and column are known.
    public init(offset: Int, line: Int, column: Int) {
        self.offset = offset
        self.line = line
        self.column = column
    }
}

/// Why an expression or template cannot be read or evaluated, where, and what to try.
public struct ExpressionError: Error, Sendable, Hashable {
    /// The kind of an error; raw values are stable and may be stored.
    public enum Code: String, Sendable, CaseIterable {
        /// The text is no expression or template.
        case syntax
        /// A name that means nothing here.
        case unknownName = "unknown_name"
        /// A function that does not exist.
        case unknownFunction = "unknown_function"
        /// A function that takes other arguments, or another number of them.
        case wrongArguments = "wrong_arguments"
        /// A key, element or optional value that is not there.
        case absent
        /// A value of a type that does not fit.
        case wrongType = "wrong_type"
        /// A number, duration or timestamp beyond its range.
        case overflow
        /// A division by the integer zero.
        case divisionByZero = "division_by_zero"
        /// A value of the right type that cannot be used: text that is no number, a bad pattern, a duplicate key.
        case invalidValue = "invalid_value"
        /// A result that JSON has no form for.
        case notJSON = "not_json"
        /// A function whose answer is not known in this place.
        case unavailable
        /// More evaluation steps than allowed.
        case tooManySteps = "too_many_steps"
        /// Deeper nesting than allowed.
        case tooDeep = "too_deep"
        /// A longer text or larger value than allowed.
        case tooLarge = "too_large"

        /// True for the limits, which no operator and no function may absorb.
        public var isLimit: Bool {
            switch self {
            case .tooManySteps, .tooDeep, .tooLarge: true
            default: false
            }
        }
    }

    /// The kind of the error.
    public var code: Code
    /// What is wrong, as a sentence without a full stop.
    public var message: String
    /// What to do about it, where something is known.
    public var hint: String?
    /// Where it is wrong.
    public var position: SourcePosition
    /// Length of the wrong part in UTF-8 bytes; 0 at the end of the text.
    public var length: Int
    /// The line the position is in, without its line end.
    public var sourceLine: String

    /// An error with all its parts.
    public init(
        code: Code, message: String, hint: String? = nil, position: SourcePosition, length: Int,
        sourceLine: String
    ) {
        self.code = code
        self.message = message
        self.hint = hint
        self.position = position
        self.length = length
        self.sourceLine = sourceLine
    }
}

extension ExpressionError: CustomStringConvertible {
    /// Message, place, the source line with a caret under the place, and the hint.
    public var description: String {
        let indent = String(
            sourceLine.unicodeScalars.prefix(position.column - 1).map {
                $0 == "\t" ? "\t" : " " as Character
            })
        let rest =
            sourceLine.utf8.count - sourceLine.unicodeScalars.prefix(position.column - 1).utf8Count
        let carets = String(repeating: "^", count: max(1, min(length, rest)))
        let place = "line \(position.line), column \(position.column)"
        let hint = hint.map { "\n\($0)" } ?? ""
        return "\(message) (\(place))\n  \(sourceLine)\n  \(indent)\(carets)\(hint)"
    }
}

extension Substring.UnicodeScalarView {
    fileprivate var utf8Count: Int { reduce(0) { $0 + UTF8.width($1) } }
}
