import FactoryExpressions
import FactoryJSON
import Testing

extension Scope {
    /// A scope like one in a run.
    static var sample: Scope {
        var scope = Scope()
        scope["inputs"] = [
            "name": "Ada", "count": 3, "rate": 0.5, "files": ["a.py", "b.js", "c.py"], "none": nil,
            "people": [["name": "Eve", "age": 30], ["name": "Bob", "age": 25], ["name": "Cyd", "age": 30]],
            "limits": ["cpu": 2, "max-time": "5m"],
        ]
        scope["steps"] = ["plan": ["status": "succeeded", "output": ["text": "hi"]], "write": ["status": "failed"]]
        scope.now = Moment(seconds: 1_767_225_600)
        return scope
    }
}

func evaluate(_ source: String, in scope: Scope = .sample, limits: EvaluationLimits = .standard) throws -> JSON {
    try Expression(parsing: source).json(in: scope, limits: limits)
}

/// The error of an expression, whether it comes from parsing or evaluating.
func failure(of source: String, in scope: Scope = .sample, limits: EvaluationLimits = .standard) -> ExpressionError? {
    #expect(throws: ExpressionError.self) { try evaluate(source, in: scope, limits: limits) }
}

func render(_ source: String, in scope: Scope = .sample, limits: EvaluationLimits = .standard) throws -> JSON {
    try Template(parsing: source).render(in: scope, limits: limits)
}
