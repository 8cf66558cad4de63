public import FactoryJSON

/// A CEL expression, parsed and compiled once; evaluating it changes nothing and always ends.
public struct Expression: Sendable {
    /// The text it was parsed from.
    public let source: String
    let program: Program
    /// Free names and what is statically selected from them, in the order of the source; variables that macros bring
    /// are not among them.
    public let references: [Reference]

    /// Parses and compiles `source`.
    ///
    /// - Throws: ``ExpressionError`` for a text that is no expression, for functions that do not exist or take another
    ///   number of arguments, and for brackets nested deeper than 64 levels.
    public init(parsing source: String) throws(ExpressionError) {
        try self.init(parsing: source, checksFunctions: true)
    }

    /// Parses and compiles `source`; without the check, unknown functions are errors of the evaluation, as CEL has it
    /// where no types are checked.
    init(parsing source: String, checksFunctions: Bool) throws(ExpressionError) {
        self.source = source
        do throws(Failure) {
            let bytes = Array(source.utf8)
            var parser = try Parser(Lexer(bytes))
            parser.program.root = try parser.parseExpression()
            guard parser.current.token == .end else { throw parser.trailing }
            if checksFunctions, let failure = parser.firstUnknownCall { throw failure }
            program = parser.program
            references = Reference.all(program.references, in: bytes)
        } catch {
            throw ExpressionError(error, in: source)
        }
    }

    /// Names of the functions and macros it calls, with their namespace: `size`, `math.abs`, `map`, `has`.
    public var calledFunctions: Set<String> { program.calledFunctions }

    /// The value in `scope`.
    ///
    /// - Throws: ``ExpressionError`` for whatever goes wrong, and past `limits`.
    public func value(in scope: Scope, limits: EvaluationLimits = .standard) throws(ExpressionError)
        -> Value
    {
        do {
            var evaluator = Evaluator(program, in: scope, fuel: Fuel(limits))
            return try evaluator.evaluate(program.root)
        } catch {
            throw ExpressionError(error, in: source)
        }
    }

    /// The value in `scope` as JSON: bytes as base64, durations as `"3.5s"`, timestamps as RFC 3339.
    ///
    /// - Throws: ``ExpressionError`` as ``value(in:limits:)``, and for what JSON has no form for.
    public func json(in scope: Scope, limits: EvaluationLimits = .standard) throws(ExpressionError)
        -> JSON
    {
        let value = try value(in: scope, limits: limits)
        do {
            return try value.json(limits: limits)
        } catch {
            throw ExpressionError(Failure(error, at: wholeSpan), in: source)
        }
    }

    /// The value in `scope`, which must be a bool.
    ///
    /// - Throws: ``ExpressionError`` as ``value(in:limits:)``, and for any other type.
    public func bool(in scope: Scope, limits: EvaluationLimits = .standard) throws(ExpressionError)
        -> Bool
    {
        let value = try value(in: scope, limits: limits)
        guard case .bool(let result) = value else {
            throw ExpressionError(
                Failure(
                    .wrongType, "the result must be a bool, not \(value.kind)", at: wholeSpan,
                    hint: .boolHint(value)),
                in: source)
        }
        return result
    }

    private var wholeSpan: Span { program.spans[program.root] }
}

extension Parser {
    /// What is wrong where an expression could have ended and something follows.
    var trailing: Failure {
        let hint: Failure.Hint =
            switch current.token {
            case .identifier("and"): .text("&& is \"and\"")
            case .identifier("or"): .text("|| is \"or\"")
            case .identifier("if"): .text("write condition ? value : other")
            case .identifier("is"): .text("== compares")
            case .identifier, .quotedIdentifier, .string, .int, .double:
                .text("an operator such as +, == or && is missing before it")
            default: .none
            }
        return Failure(
            .syntax, "\(current.token.description) stands where the expression should end",
            at: current.span,
            hint: hint)
    }
}

extension Reference {
    /// The public form of `names`, in the order of `source`.
    static func all(_ names: [Program.FreeName], in source: [UInt8]) -> [Reference] {
        var position = SourcePosition(offset: 0, line: 1, column: 1)
        return names.sorted { $0.span.offset < $1.span.offset }.map { name in
            position.advance(to: name.span.offset, in: source)
            return Reference(
                path: name.path, position: position, length: name.span.length, isPresenceTest: name.isPresenceTest)
        }
    }
}
