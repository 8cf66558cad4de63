import FactoryExpressions

/// Collects the problems of one document while it is read, each with line and column.
final class ProblemLog {
    /// How many problems are kept; a document with more says so in the last one.
    static let limit = 200

    let source: SourceText
    private(set) var problems: [Problem] = []
    private(set) var hasErrors = false

    init(source: SourceText) {
        self.source = source
    }

    /// True when further problems would be dropped, so that their wording need not be worked out.
    var isFull: Bool { problems.count > Self.limit }

    /// Adds a problem that shows at byte `offset`.
    func add(
        _ code: ProblemCode, severity: Problem.Severity = .error, at offset: Int, _ path: DocumentPath,
        _ message: String, hint: String? = nil
    ) {
        if severity == .error { hasErrors = true }
        guard !isFull else { return }
        if problems.count == Self.limit {
            let (line, column) = source.position(at: offset)
            problems.append(
                Problem(
                    .tooManyProblems, message: "there are more than \(Self.limit) problems; the rest is not listed",
                    hint: "mend these first", line: line, column: column))
            return
        }
        let (line, column) = source.position(at: offset)
        problems.append(
            Problem(
                code, severity: severity, message: message, hint: hint, path: path.description, line: line,
                column: column))
    }

    /// Adds a problem of the whole of `node`.
    func add(
        _ code: ProblemCode, severity: Problem.Severity = .error, at node: Node, _ path: DocumentPath,
        _ message: String, hint: String? = nil
    ) {
        add(code, severity: severity, at: node.range.lowerBound, path, message, hint: hint)
    }

    /// Adds what was wrong with the text itself.
    func add(_ problem: NodeProblem) {
        add(problem.code, at: problem.offset, .root, problem.message, hint: problem.hint)
    }

    /// Adds what was wrong in the expression or template that `node` holds, at the place inside it.
    func add(_ error: ExpressionError, as code: ProblemCode, at node: Node, _ path: DocumentPath) {
        let offset = ScalarPlaces(source: source).offset(of: error.position, in: node)
        add(code, at: offset, path, error.message, hint: error.hint)
    }

    /// The problems in order of place; errors before warnings on the same spot.
    var sorted: [Problem] {
        problems.enumerated().sorted { left, right in
            let (a, b) = (left.element, right.element)
            if (a.code == ProblemCode.tooManyProblems.rawValue) != (b.code == ProblemCode.tooManyProblems.rawValue) {
                return b.code == ProblemCode.tooManyProblems.rawValue
            }
            return (a.line ?? 0, a.column ?? 0, left.offset) < (b.line ?? 0, b.column ?? 0, right.offset)
        }.map(\.element)
    }
}
