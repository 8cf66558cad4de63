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
            FieldSpec(
                "path", .value(.template, .path), absent: "for `list`, the workspace",
                "The file, relative to the workspace.",
                "For `list` a folder. At most 1,024 bytes and 32 folders deep, without `..`."),
            FieldSpec("to", .value(.template, .path), "Where to copy or move it."),
            FieldSpec(
                "content", .value(.template, .any), "What to write; for `edit`, a model's text.",
                "Text is written as it is, any other value as JSON or as `format` says."),
            FieldSpec(
                "pattern", .value(.template, .text), absent: "what lies directly in the folder",
                "Which files to list, such as `src/**/*.py`.", "`*` stays within a folder, `**` goes through any."),
            FieldSpec(
                "encoding", .value(.static, .choice(["utf-8", "base64"])), default: "utf-8",
                "How `content` stands for bytes.", "`base64` for what is not text, such as an image."),
            .later("range", "Which part to read."),
            FieldSpec(
                "parse", .value(.static, .choice(["text"] + textFormats + ["base64"])), default: "text",
                "What to make of the file's text.",
                "`csv` and `tsv` give objects by header, all values text; `base64` reads files that are not text."),
            FieldSpec(
                "if_exists", .value(.static, .choice(["replace", "skip", "fail"])), default: "replace",
                "What to do when the file is there.", "For `copy` and `move`, the file that `to` names."),
            FieldSpec(
                "missing_ok", .value(.static, .bool), default: false, "Whether a file that is not there is no error.",
                "What is told of it is then null, a list is empty, and `edit` begins with an empty file."),
            FieldSpec(
                "edits", .list(edit, max: 1_000), "Replacements, each of text that stands there exactly once.",
                "Done in order, each on what those before it left."),
            FieldSpec(
                "format",
                .value(.static, .choice(answerFormats + ["text"] + textFormats + ["markdown_table"])),
                absent: "`json`; for `edit`, `search_replace`", "How `content` is written down or, for `edit`, read.",
                "Content that is text already is written as it is, whatever the format."),
        ],
        rules: [
            .requires(["path"], when: "operation", in: ["read", "write", "append", "edit", "delete", "stat"]),
            .requires(["path", "to"], when: "operation", in: ["copy", "move"]),
            .requires(["content"], when: "operation", in: ["write", "append"]),
            .requiresOne(["edits", "content"], when: "operation", in: ["edit"]),
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
            .only("format", when: "encoding", in: ["utf-8"]),
            .words("format", answerFormats, when: "operation", in: ["edit"]),
            .words("format", ["text"] + textFormats + ["markdown_table"], when: "operation", in: ["write"]),
            .words("format", ["text"] + textFormats.filter { $0 != "xml" }, when: "operation", in: ["append"]),
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
        "tsv": .union([.list(of: .map(of: .string)), .null]), "jsonl": .union([.list(of: .dyn), .null]),
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
