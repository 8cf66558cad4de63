import FactoryExpressions
import FactoryJSON

/// Compiling and evaluating what stands in ordinary documents.
enum ExpressionFigures {
    private static let expressions = [
        "steps.test.output.exit_code == 0 && inputs.retries < 5",
        #"has(steps.plan.output.json.files) && size(steps.plan.output.json.files) > 0"#,
        #"steps.plan.output.json.files.filter(f, f.endsWith(".py")).map(f, {"path": f, "kind": "source"})"#,
        #"inputs.name.matches("^[a-z][a-z0-9-]*$") ? inputs.name.upperAscii() : "unnamed""#,
    ]

    private static let template = """
        Write {{ inputs.name }} in {{ inputs.language }}.
        {% for file in steps.plan.output.json.files %}- {{ file }}
        {% endfor %}{% if inputs.retries > 1 %}Take care.{% endif %}
        """

    static func print() throws {
        var scope = Scope()
        scope["inputs"] = ["name": "word-count", "language": "python", "retries": 3]
        scope["steps"] = [
            "plan": ["output": ["json": ["files": ["main.py", "README.md", "test_main.py"]]]],
            "test": ["output": ["exit_code": 0]],
        ]
        Swift.print("Expressions")
        for source in expressions {
            let compile = try Timing.median(rounds: 15, repetitions: 500) { _ = try Expression(parsing: source) }
            let expression = try Expression(parsing: source)
            let evaluate = try Timing.median(rounds: 15, repetitions: 2_000) { _ = try expression.json(in: scope) }
            Swift.print("  compile \(compile.asTime), evaluate \(evaluate.asTime): \(source)")
        }
        let compile = try Timing.median(rounds: 15, repetitions: 500) { _ = try Template(parsing: template) }
        let compiled = try Template(parsing: template)
        let render = try Timing.median(rounds: 15, repetitions: 1_000) { _ = try compiled.render(in: scope) }
        Swift.print("  compile \(compile.asTime), render \(render.asTime): a template of four lines, a loop and a test")
    }
}
