import FactoryDefinition
import FactoryJSON

/// Prints what is wrong with a document or with inputs.
enum ProblemPrinter {
    /// The problem+json (RFC 9457) of an invalid document or invalid inputs.
    static func document(_ problems: [Problem], code: String, title: String) -> JSON {
        [
            "type": .string("/problems/\(code)"), "title": .string(title), "status": 422, "code": .string(code),
            "detail": .string(problems.count == 1 ? "1 problem" : "\(problems.count) problems"),
            "errors": .array(problems.map(entry)),
        ]
    }

    private static func entry(_ problem: Problem) -> JSON {
        var object: JSONObject = [
            "path": .string(problem.path), "severity": .string(problem.severity.rawValue),
            "code": .string(problem.code), "message": .string(problem.message),
        ]
        if let hint = problem.hint { object["hint"] = .string(hint) }
        if let line = problem.line { object["line"] = .int(Int64(line)) }
        if let column = problem.column { object["column"] = .int(Int64(column)) }
        return .object(object)
    }
}
