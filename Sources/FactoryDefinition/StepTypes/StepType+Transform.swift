import FactoryJSON

extension StepType {
    static let transform = StepType(
        "transform", "Makes one value of another.",
        fields: [
            FieldSpec("input", .value(.template, .any), default: .null, "The value to begin with."),
            FieldSpec("ops", .list(.oneKey(ops), max: 1_000), default: [], "Each applied to the value so far."),
        ],
        result: [
            ResultField("result", "The value after the last op."), ResultField("input_type", "The kind of `input`."),
            ResultField("result_type", "The kind of the result."),
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
        .later("distinct", "One element for each key."),
        .later("take", "The first elements."),
        .later("skip", "All but the first elements."),
        .later("group", "Elements by key."),
        .later("aggregate", "Figures over all elements."),
        FieldSpec("pick", .list(.value(.static, .text), max: 1_000), "Only these paths."),
        .later("omit", "All but these paths."),
        .later("rename", "Other names for keys."),
        .later("set", "Values at paths."),
        .later("merge", "Objects into one."),
        .later("flatten", "Lists into one."),
        FieldSpec("convert", convert, "From one format to another."),
        FieldSpec("extract", extract, "Parts of a text."),
        .later("split", "Text into pieces."),
        FieldSpec(
            "join",
            .object(
                [FieldSpec("separator", .value(.template, .text), default: "\n", "What stands between.")], rules: []),
            "Elements into one text."),
        FieldSpec("template", .value(.deferredTemplate, .text), names: ["input"], "Text from the value."),
        .later("trim", "Text without space around it."),
        .later("replace", "Text with a pattern replaced."),
        .later("diagnostics", "Messages of compilers and test runners."),
        FieldSpec(
            "validate",
            .object([FieldSpec("schema", .value(.static, .schema), required: true, "What the value fits.")], rules: []),
            "The value unchanged, or an error."),
        .later("diff", "What changed."),
        .later("hash", "A digest."),
    ]

    private static let formats = ValueType.choice(
        ["value", "json", "yaml", "csv", "lines"], later: ["jsonl", "toml", "tsv", "xml", "markdown_table"])

    private static let convert = FieldShape.object(
        [
            FieldSpec("from", .value(.static, formats), default: "value", "What the value is."),
            FieldSpec("to", .value(.static, formats), default: "value", "What it becomes."),
            FieldSpec("delimiter", .value(.static, .text), "Between the fields of csv; a comma if absent."),
            FieldSpec("header", .value(.static, .bool), "Whether the first row of csv holds names; true if absent."),
            FieldSpec(
                "guard_formulas", .value(.static, .bool),
                "Whether fields of csv that a spreadsheet would run are quoted."),
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
}
