import FactoryExpressions
import FactoryJSON

extension StepType {
    static let file = StepType(
        "file", "Reads or changes files of the workspace.",
        fields: [
            FieldSpec(
                "operation",
                .value(
                    .static,
                    .choice(["read", "write", "append", "edit", "delete", "list", "copy", "move", "stat"])),
                required: true, "What to do."),
            FieldSpec("path", .value(.template, .path), "The file, relative to the workspace."),
            FieldSpec("to", .value(.template, .path), "Where to copy or move it."),
            FieldSpec("content", .value(.template, .any), "What to write; for `edit`, a model's text."),
            FieldSpec("pattern", .value(.template, .text), "Which files to list, such as `src/**/*.py`."),
            FieldSpec(
                "encoding", .value(.static, .choice(["utf-8", "base64"])), default: "utf-8",
                "How `content` stands for bytes."),
            .later("range", "Which part to read."),
            FieldSpec(
                "parse", .value(.static, .choice(["text", "json", "yaml", "csv", "lines", "base64"])),
                default: "text", "What to make of the file's text."),
            FieldSpec(
                "if_exists", .value(.static, .choice(["replace", "skip", "fail"])), default: "replace",
                "What to do when the file is there."),
            FieldSpec(
                "missing_ok", .value(.static, .bool), default: false, "Whether a file that is not there is no error."),
            FieldSpec("edits", .list(edit, max: 1_000), "Replacements, each of text that stands there exactly once."),
            FieldSpec(
                "format",
                .value(
                    .static,
                    .choice(["whole", "search_replace", "unified", "text", "json", "yaml", "csv", "lines"])),
                "How `content` is written down or, for `edit`, read."),
        ],
        rules: [
            .requires(["path"], when: "operation", in: ["read", "write", "append", "edit", "delete", "stat"]),
            .requires(["path", "to"], when: "operation", in: ["copy", "move"]),
            .requires(["content"], when: "operation", in: ["write", "append"]),
            .only("to", when: "operation", in: ["copy", "move"]),
            .only("content", when: "operation", in: ["write", "append", "edit"]),
            .only("pattern", when: "operation", in: ["list"]),
            .only("encoding", when: "operation", in: ["write", "append"]),
            .only("range", when: "operation", in: ["read"]),
            .only("parse", when: "operation", in: ["read"]),
            .only("if_exists", when: "operation", in: ["write", "copy", "move"]),
            .only("missing_ok", when: "operation", in: ["read", "delete", "list", "stat", "edit", "copy", "move"]),
            .only("edits", when: "operation", in: ["edit"]),
            .only("format", when: "operation", in: ["write", "append", "edit"]),
            .atMostOne(["edits", "content"]), .atMostOne(["edits", "format"]),
        ],
        result: [
            ResultField("path", .string, "The file."),
            ResultField("size", .union([.int, .null]), if: .word(field: "operation", in: onFile), "Its bytes."),
            ResultField("sha256", .union([.string, .null]), if: .word(field: "operation", in: onFile), "Their hash."),
            ResultField(
                "content", .word(field: "parse", contents), if: .word(field: "operation", in: ["read"]),
                "What was read."),
            ResultField(
                "entries", .list(of: entry), if: .word(field: "operation", in: ["list"]), "What was listed."),
            ResultField(
                "type", .union([.string, .null]), if: .word(field: "operation", in: ["stat"]),
                "`file` or `folder`; null where nothing is."),
            ResultField(
                "media_type", .union([.string, .null]), if: .word(field: "operation", in: onFile),
                "The kind of content."),
        ])

    private static let onFile = ["read", "write", "append", "edit", "delete", "copy", "move", "stat"]

    /// What is read, by `parse`; null where there is no file and `missing_ok` says so.
    private static let contents: [String: ExpressionType] = [
        "text": .union([.string, .null]), "base64": .union([.string, .null]), "json": .dyn, "yaml": .dyn,
        "csv": .union([.list(of: .map(of: .string)), .null]), "lines": .union([.list(of: .string), .null]),
    ]

    private static let entry = ExpressionType.fields([
        ("path", .string), ("type", .string), ("size", .union([.int, .null])),
    ])

    private static let edit = FieldShape.object(
        [
            FieldSpec("search", .value(.template, .text), required: true, "Text that stands there exactly once."),
            FieldSpec("replace", .value(.template, .text), required: true, "What takes its place."),
        ], rules: [])
}
