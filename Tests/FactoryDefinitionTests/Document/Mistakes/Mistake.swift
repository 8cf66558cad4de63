import FactoryDefinition
import Testing

/// A document with mistakes and everything that reading it says, a problem a line:
/// `LINE:COLUMN code: message — hint`.
struct Mistake: CustomTestStringConvertible, Sendable {
    var name: String
    var document: String
    var expected: String

    var testDescription: String { name }

    static let all =
        text + top + inputs + steps + fields + language + types + safety + later + reach + places

    init(_ name: String, _ document: String, _ expected: String) {
        self.name = name
        self.document = document
        self.expected = expected
    }

    /// A document whose steps are `steps`; they begin on line 4.
    init(_ name: String, steps: String, _ expected: String) {
        self.init(name, "version: 1\nname: demo\nsteps:\n\(steps)", expected)
    }

    /// What reading the document says.
    var found: String {
        DocumentReading(yaml: document).problems.map { problem in
            let severity = problem.severity == .warning ? "warning " : ""
            let hint = problem.hint.map { " — \($0)" } ?? ""
            return "\(problem.line ?? 0):\(problem.column ?? 0) \(severity)\(problem.code): \(problem.message)\(hint)"
        }.joined(separator: "\n")
    }
}
