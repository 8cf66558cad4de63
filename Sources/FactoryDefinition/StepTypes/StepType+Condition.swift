import FactoryExpressions

extension StepType {
    static let condition = StepType(
        "condition", "Chooses which steps run.",
        fields: [
            FieldSpec("if", .value(.expression, .bool), absent: "`cases`", "What decides between `then` and `else`."),
            FieldSpec("then", targets, absent: "nothing further runs for it", "Steps for true, or `end`, or `fail`."),
            FieldSpec(
                "cases", .list(branchCase, max: 100), absent: "`if`",
                "Tried in order; the first that is true is taken.", "For more than two ways."),
            FieldSpec(
                "else", targets, absent: "nothing further runs for it",
                "Steps for anything else, or `end`, or `fail`."),
            FieldSpec(
                "message", .value(.template, .text), absent: "names the condition",
                "What the run's error says after `fail`."),
        ],
        rules: [
            .exactlyOne(["if", "cases"]), .onlyBeside("then", other: "if"),
        ],
        result: [
            ResultField(
                "result", .written(field: "if", .bool, otherwise: .union([.int, .null])), "What the condition came to."
            ),
            ResultField("branch", .union([.string, .null]), "The branch taken, or null."),
            ResultField("explanation", .map(of: .dyn), "The operands with their values."),
        ])

    private static let targets = FieldShape.oneOrMany(.value(.static, .branchTarget), max: 1_000)

    private static let branchCase = FieldShape.object(
        [
            FieldSpec("when", .value(.expression, .bool), required: true, "What decides."),
            FieldSpec("then", targets, required: true, "Steps for true, or `end`, or `fail`."),
        ], rules: [])
}
