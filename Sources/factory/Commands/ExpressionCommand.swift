import ArgumentParser
import FactoryExpressions
import FactoryJSON

/// `factory expression 'EXPR'`
struct ExpressionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expression",
        abstract: "Evaluates a CEL expression and prints its value as JSON.",
        discussion: "With --suite it runs a file of conformance cases instead.")

    @Argument(help: ArgumentHelp("The expression.", valueName: "expr"))
    var expression: String?

    @Option(
        name: .long,
        help: ArgumentHelp("What names mean: a JSON object, or @file with one.", valueName: "json|@file"))
    var bindings: String?

    @Option(name: .long, help: ArgumentHelp("A file of conformance cases, one JSON object a line.", valueName: "file"))
    var suite: String?

    func validate() throws {
        guard (expression == nil) != (suite == nil) else {
            throw ValidationError("Give an expression, or --suite FILE.")
        }
    }

    func run() throws {
        if let suite { return try runSuite(suite) }
        guard let expression else { return }
        let scope = try scope()
        do throws(ExpressionError) {
            let value = try Expression(parsing: expression).json(in: scope)
            Output.data(value.serialized())
        } catch {
            Output.note(Self.text(of: error))
            throw CommandFailure(.invalid)
        }
    }

    /// The error with its line and a caret under the place.
    private static func text(of error: ExpressionError) -> String {
        let indent = String(repeating: " ", count: max(0, error.position.column - 1))
        let marks = String(repeating: "^", count: max(1, min(error.length, error.sourceLine.count - indent.count)))
        let hint = error.hint.map { "\nhint: \($0)" } ?? ""
        return "\(error.position.line):\(error.position.column): \(error.message)\n"
            + "  \(error.sourceLine)\n  \(indent)\(marks)\(hint)"
    }
}
