import FactoryExpressions
import FactoryJSON

extension StepType {
    static let transform = StepType(
        "transform", "Makes one value of another.",
        fields: [
            FieldSpec("input", .value(.template, .any), default: .null, "The value to begin with."),
            FieldSpec("ops", .list(.oneKey(ops), max: 1_000), default: [], "Each applied to the value so far."),
        ],
        result: [
            ResultField("result", .transformed, "The value after the last op."),
            ResultField("input_type", .string, "The kind of `input`."),
            ResultField("result_type", .string, "The kind of the result."),
        ])

    private static let element = ["input", "item", "index", "key"]

    private static let ops: [FieldSpec] = [
        FieldSpec("expression", .value(.expression, .any), names: ["input"], "The value of CEL."),
        FieldSpec("map", .value(.expression, .any), names: element, "Each element's new value."),
        FieldSpec("filter", .value(.expression, .bool), names: element, "The elements it is true for."),
        FieldSpec(
            "sort",
            .object(
                [
                    FieldSpec("by", .value(.expression, .any), required: true, names: element, "What to compare."),
                    FieldSpec("order", .value(.static, .choice(["asc", "desc"])), default: "asc", "Which way."),
                ], rules: []), "In order, stable."),
        FieldSpec("distinct", .value(.expression, .any), names: element, "The first element of each key."),
        FieldSpec("take", .value(.template, .integer(counts)), "The first elements."),
        FieldSpec("skip", .value(.template, .integer(counts)), "All but the first elements."),
        FieldSpec(
            "group",
            .object(
                [FieldSpec("by", .value(.expression, .any), required: true, names: element, "The key.")], rules: []),
            "Elements by key, as a list of `key` and `items`."),
        FieldSpec(
            "aggregate", .map(.value(.expression, .any)), names: ["input"], "Figures over all elements, by name."),
        FieldSpec("pick", .list(.value(.static, .text), max: 1_000), "Only these paths."),
        FieldSpec("omit", .list(.value(.static, .text), max: 1_000), "All but these paths."),
        FieldSpec("rename", .map(.value(.static, .text)), "Other names for keys."),
        FieldSpec(
            "set", .map(.value(.expression, .any)), names: ["input", "item", "index"], "Values at paths."),
        FieldSpec(
            "merge", .list(.value(.expression, .any), max: 1_000), names: ["input"],
            "Objects merged into the value, deeply."),
        FieldSpec("flatten", .value(.static, .bool), "Lists in the list into one, one level."),
        FieldSpec("convert", convert, "From one format to another."),
        FieldSpec("extract", extract, "Parts of a text."),
        FieldSpec("split", split, "Text into pieces."),
        FieldSpec(
            "join",
            .object(
                [FieldSpec("separator", .value(.template, .text), default: "\n", "What stands between.")], rules: []),
            "Elements into one text."),
        FieldSpec("template", .value(.deferredTemplate, .text), names: ["input"], "Text from the value."),
        FieldSpec("trim", .value(.static, .bool), "Text without white space around it."),
        FieldSpec(
            "replace",
            .object(
                [
                    FieldSpec("pattern", .value(.template, .text), required: true, "The regular expression."),
                    FieldSpec("with", .value(.template, .text), required: true, "What takes its place."),
                ], rules: []), "Text with every match of a pattern replaced."),
        FieldSpec("diagnostics", diagnostics, "Messages of compilers and test runners."),
        FieldSpec(
            "validate",
            .object([FieldSpec("schema", .value(.static, .schema), required: true, "What the value fits.")], rules: []),
            "The value unchanged, or an error."),
        FieldSpec(
            "diff",
            .object(
                [FieldSpec("with", .value(.expression, .any), required: true, names: ["input"], "The other text.")],
                rules: []), "What changed from the value to another text, as a unified diff."),
        FieldSpec("hash", .value(.static, .choice(["sha256"])), "A digest of the text, in hex digits."),
    ]

    private static let counts: ClosedRange<Int64> = 0...1_000_000_000

    private static let formats = ["value", "json", "jsonl", "yaml", "toml", "csv", "tsv", "xml", "lines"]

    private static let convert = FieldShape.object(
        [
            FieldSpec("from", .value(.static, .choice(formats)), default: "value", "What the value is."),
            FieldSpec(
                "to", .value(.static, .choice(formats + ["markdown_table"])), default: "value", "What it becomes."),
            FieldSpec("delimiter", .value(.static, .text), "Between the fields of csv; a comma if absent."),
            FieldSpec(
                "header", .value(.static, .bool), "Whether the first row of csv or tsv holds names; true if absent."),
            FieldSpec(
                "guard_formulas", .value(.static, .bool),
                "Whether fields of csv or tsv that a spreadsheet would run are quoted."),
        ], rules: [])

    private static let extract = FieldShape.object(
        [
            FieldSpec(
                "what", .value(.static, .choice(["code_blocks", "json", "regex", "front_matter"])), required: true,
                "What to look for."),
            FieldSpec("language", .value(.template, .text), "Only code blocks of this language."),
            FieldSpec("pattern", .value(.template, .text), "The regular expression."),
            FieldSpec("first", .value(.static, .bool), default: false, "Whether the first is wanted, not the list."),
        ],
        rules: [
            .requires(["pattern"], when: "what", in: ["regex"]), .only("pattern", when: "what", in: ["regex"]),
            .only("language", when: "what", in: ["code_blocks"]),
        ])

    private static let split = FieldShape.object(
        [
            FieldSpec(
                "by", .value(.static, .choice(["lines", "text", "regex", "tokens"])), required: true,
                "What tells the pieces apart."),
            FieldSpec("at", .value(.template, .text), "The text or the regular expression between pieces."),
            FieldSpec(
                "size", .value(.template, .integer(1...1_000_000_000)),
                "How many lines or estimated tokens a piece holds."),
            FieldSpec(
                "overlap", .value(.template, .integer(counts)), default: 0,
                "How many of them a piece repeats from the one before."),
        ],
        rules: [
            .requires(["at"], when: "by", in: ["text", "regex"]), .only("at", when: "by", in: ["text", "regex"]),
            .requires(["size"], when: "by", in: ["tokens"]), .only("size", when: "by", in: ["lines", "tokens"]),
            .onlyBeside("overlap", other: "size"),
        ])

    private static let diagnostics = FieldShape.object(
        [
            FieldSpec(
                "format", .value(.static, .choice(["auto", "compiler", "pytest", "junit", "sarif"])), default: "auto",
                "What wrote the text."),
            FieldSpec("limit", .value(.template, .integer(1...100_000)), default: 100, "Most messages."),
        ], rules: [])
}
