/// What checking an expression or template against types came to.
public struct TypeCheck: Sendable {
    /// What the result is; ``ExpressionType/dyn`` where it is not known, also after a problem.
    public let type: ExpressionType
    /// Everything that is certain to fail, in order of place.
    public let problems: [TypeProblem]
    /// True where, for all values of the scope's types, no name is unknown and no type wrong.
    public let isCertain: Bool
}

/// A part of an expression that fails, for a name or a type, every time it is evaluated.
public struct TypeProblem: Sendable, Hashable {
    /// What is wrong, where, and what would help: ``ExpressionError/Code/unknownName`` or
    /// ``ExpressionError/Code/wrongType``.
    public var error: ExpressionError
    /// True where the part may never be evaluated: a value of `? :`, a branch of `{% if %}`, what `default` or
    /// `orValue` falls back to. The body of a macro or loop is taken to be evaluated.
    public var isConditional: Bool
    /// The root and the keys that lead to the name that is not there; nil for anything else.
    public var path: [String]?
}

extension Expression {
    /// Checks the names and types in the expression.
    ///
    /// Takes time proportional to its length. What may be right for some value of the types is no problem.
    /// - Parameters:
    ///   - scope: what the names it uses are.
    ///   - wanted: what the result has to be.
    ///   - what: how a message calls the result.
    public func check(
        in scope: TypeScope, as wanted: ExpressionType = .dyn, called what: String = "the result"
    ) -> TypeCheck {
        var checker = Checker(program, source: Array(source.utf8), scope: scope)
        let type = checker.check(program.root)
        checker.require(type, wanted, at: program.spans[program.root], about: [program.root], what)
        return TypeCheck(type, checker.findings, in: source)
    }
}

extension Template {
    /// Checks the names and types in all expressions of the template. The type is that of the value it renders to.
    ///
    /// - Parameter scope: what the names it uses are.
    public func check(in scope: TypeScope) -> TypeCheck {
        guard !isConstant else { return TypeCheck(type: .string, problems: [], isCertain: true) }
        var checker = TemplateChecker(scope: scope, source: Array(source.utf8))
        let type = checker.check(parts)
        return TypeCheck(soleExpression == nil ? .string : type.asJSON, checker.findings, in: source)
    }
}

extension TypeCheck {
    fileprivate init(_ type: ExpressionType, _ findings: Findings, in source: String) {
        self.type = type
        isCertain = findings.isCertain && findings.all.isEmpty
        problems = findings.all.sorted { $0.failure.span.offset < $1.failure.span.offset }.map { finding in
            TypeProblem(
                error: ExpressionError(finding.failure, in: source), isConditional: finding.isConditional,
                path: finding.path)
        }
    }
}

/// What a check has found so far.
struct Findings {
    struct Finding {
        var failure: Failure
        var isConditional: Bool
        var path: [String]?
    }

    /// An expression with more mistakes than this is told the first ones.
    static let limit = 20

    private(set) var all: [Finding] = []
    var isCertain = true

    /// True when nothing more is kept, so that it need not be worded.
    var isFull: Bool { all.count >= Self.limit }

    mutating func add(_ finding: Finding) {
        if !isFull { all.append(finding) }
    }
}
