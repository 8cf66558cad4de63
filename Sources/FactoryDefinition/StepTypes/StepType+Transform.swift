import FactoryExpressions
import FactoryJSON

extension StepType {
    static let transform = StepType(
        "transform", "Makes one value of another.",
        fields: [
            FieldSpec(
                "input", .value(.template, .any), default: .null, "The value to begin with.",
                "A template that is one `{{ … }}` keeps the value's type."),
            FieldSpec(
                "ops", .list(.oneKey(ops), max: 1_000), default: [], "Each applied to the value so far.",
                "A failure of one is the step's, with its place; nothing is passed over."),
        ],
        result: [
            ResultField("result", .transformed, "The value after the last op."),
            ResultField("input_type", .string, "The kind of `input`."),
            ResultField("result_type", .string, "The kind of the result."),
        ])

    private static let element = ["input", "item", "index", "key"]

    private static let ops: [FieldSpec] = [
        FieldSpec(
            "expression", .value(.expression, .any), names: ["input"], "A new value.",
            "Of anything, and of any kind: for what no other op does."),
        FieldSpec(
            "map", .value(.expression, .any), names: element, "Each element's new value.",
            "Of a list a list; of an object an object with the same keys."),
        FieldSpec(
            "filter", .value(.expression, .bool), names: element, "The elements it is true for.",
            "Of a list or an object, the same kind."),
        FieldSpec(
            "sort",
            .object(
                [
                    FieldSpec("by", .value(.expression, .any), required: true, names: element, "What to compare."),
                    FieldSpec("order", .value(.static, .choice(["asc", "desc"])), default: "asc", "Which way."),
                ], rules: []), "In order, stable.", "Of a list; keys are all numbers, all texts or all bools."),
        FieldSpec(
            "distinct", .value(.expression, .any), names: element, "The first element of each key.",
            "Of a list; `1` and `1.0` are one key. `item` alone leaves out repetitions."),
        FieldSpec(
            "take", .value(.template, .integer(counts)), "The first elements.", "Of a list; fewer where it ends."),
        FieldSpec(
            "skip", .value(.template, .integer(counts)), "All but the first elements.", "Of a list; none where it ends."
        ),
        FieldSpec(
            "group",
            .object(
                [FieldSpec("by", .value(.expression, .any), required: true, names: element, "The key.")], rules: []),
            "Elements by key, as a list of `key` and `items`.", "Of a list; in the order the keys first come."),
        FieldSpec(
            "aggregate", .map(.value(.expression, .any)), names: ["input"], "Figures over all elements, by name.",
            "Of a list, an object; `input` is the list, as in `input.map(o, o.price).sum()`, and there are `avg`, "
                + "`min`, `max`, `count`, `median` and `percentile`."),
        FieldSpec(
            "pick", .list(.value(.static, .text), max: 1_000), "Only these paths.",
            "Of an object or of each in a list; a path that is not there is an error."),
        FieldSpec(
            "omit", .list(.value(.static, .text), max: 1_000), "All but these paths.",
            "Of an object or of each in a list; a path that is not there is passed over."),
        FieldSpec(
            "rename", .map(.value(.static, .text)), "Other names for keys.",
            "Old name to new, in the same places; of an object or of each in a list."),
        FieldSpec(
            "set", .map(.value(.expression, .any)), names: ["input", "item", "index"], "Values at paths.",
            "Makes objects that are missing on the way. All see the value as it was before the op."),
        FieldSpec(
            "merge", .list(.value(.expression, .any), max: 1_000), names: ["input"],
            "Objects merged into the value, deeply.",
            "Of an object or null; the later wins, and lists are replaced, not joined."),
        FieldSpec(
            "flatten", .value(.static, .bool), "Lists in the list into one, one level.", "`false` leaves all as it is."
        ),
        FieldSpec("convert", convert, "From one format to another.", "A text has at most 16 MiB."),
        FieldSpec("extract", extract, "Parts of a text.", "For what a model wrote around the answer."),
        FieldSpec("split", split, "Text into pieces.", "The pieces together have at most 16 MiB."),
        FieldSpec(
            "join",
            .object(
                [FieldSpec("separator", .value(.template, .text), default: "\n", "What stands between.")], rules: []),
            "Elements into one text.", "Of a list; each as templates write it."),
        FieldSpec(
            "template", .value(.deferredTemplate, .text), names: ["input"], "Text from the value.",
            "As long as 1 MiB; one `{{ … }}` alone keeps the type of its value."),
        FieldSpec(
            "trim", .value(.static, .bool), "Text without white space around it.",
            "Of a text or of each in a list; `false` leaves all as it is."),
        FieldSpec(
            "replace",
            .object(
                [
                    FieldSpec(
                        "pattern", .value(.template, .text), required: true, "The regular expression.",
                        "In the syntax of RE2; it takes linear time."),
                    FieldSpec(
                        "with", .value(.template, .text), required: true, "What takes its place.",
                        #"`\1` is a group, `\0` the match."#),
                ], rules: []), "Text with every match of a pattern replaced.", "Of a text or of each in a list."),
        FieldSpec(
            "diagnostics", diagnostics, "Messages of compilers and test runners.",
            "Of a text, a list of `{file, line, column, severity, message}`; what a tool does not tell is null."),
        FieldSpec(
            "validate",
            .object([FieldSpec("schema", .value(.static, .schema), required: true, "What the value fits.")], rules: []),
            "The value unchanged, or an error.",
            "Fails with `invalid_output`, which `retry` knows, and the paths that do not fit."),
        FieldSpec(
            "diff",
            .object(
                [FieldSpec("with", .value(.expression, .any), required: true, names: ["input"], "The other text.")],
                rules: []), "What changed from the value to another text, as a unified diff.",
            "Of texts of at most 4 MiB; empty where they are equal."),
        FieldSpec(
            "hash", .value(.static, .choice(["sha256"])), "A digest of the text, in hex digits.",
            "Of its UTF-8 bytes; convert another value to `json` first."),
    ]

    private static let counts: ClosedRange<Int64> = 0...1_000_000_000

    private static let formats = ["value"] + textFormats

    private static let convert = FieldShape.object(
        [
            FieldSpec(
                "from", .value(.static, .choice(formats)), default: "value", "What the value is.",
                "`value` is the value itself; all others are text."),
            FieldSpec(
                "to", .value(.static, .choice(formats + ["markdown_table"])), default: "value", "What it becomes."),
            FieldSpec(
                "delimiter", .value(.static, .text), absent: "a comma", "Between the fields of csv.",
                "One ASCII character, such as `;`; tsv has its own."),
            FieldSpec(
                "header", .value(.static, .bool), absent: "`true`", "Whether the first row of csv or tsv holds names.",
                "Without, rows are lists, not objects."),
            FieldSpec(
                "guard_formulas", .value(.static, .bool), absent: "`false`",
                "Whether fields of csv or tsv that a spreadsheet would run are quoted.",
                "For tables of other people's text that someone opens in one."),
        ], rules: [])

    private static let extract = FieldShape.object(
        [
            FieldSpec(
                "what", .value(.static, .choice(["code_blocks", "json", "regex", "front_matter"])), required: true,
                "What to look for.",
                "Code blocks and matches are texts, `json` gives values, `front_matter` an object of `data` and `body`."
            ),
            FieldSpec(
                "language", .value(.template, .text), absent: "all", "Only code blocks of this language.",
                "Usual short names count too, such as `py`."),
            FieldSpec(
                "pattern", .value(.template, .text), "The regular expression.",
                "What it matches, or its group where it has one."),
            FieldSpec(
                "first", .value(.static, .bool), default: false, "Whether the first is wanted, not the list.",
                "It is then an error when there is none."),
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
                "size", .value(.template, .integer(1...1_000_000_000)), absent: "one line",
                "How many lines or estimated tokens a piece holds."),
            FieldSpec(
                "overlap", .value(.template, .integer(counts)), default: 0,
                "How many of them a piece repeats from the one before.",
                "Less than `size`; so that what is cut apart in one piece is whole in another."),
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
                "What wrote the text.", "`auto` goes by how it begins."),
            FieldSpec(
                "limit", .value(.template, .integer(1...100_000)), default: 100, "Most messages.",
                "The first of them, so that a prompt stays short."),
        ], rules: [])
}
