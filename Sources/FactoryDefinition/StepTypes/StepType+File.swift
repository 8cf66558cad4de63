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
                "parse", .value(.static, .choice(["text", "json", "yaml", "csv", "lines", "base64"])),
                default: "text", "What to make of the file's text.",
                "`csv` gives objects by header, all values text; `base64` reads files that are not text."),
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
                .value(
                    .static,
                    .choice(["whole", "search_replace", "unified", "text", "json", "yaml", "csv", "lines"])),
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
            .words("format", ["whole", "search_replace", "unified"], when: "operation", in: ["edit"]),
            .words("format", ["text", "json", "yaml", "csv", "lines"], when: "operation", in: ["write", "append"]),
            .atMostOne(["edits", "content"]), .atMostOne(["edits", "format"]),
        ],
        result: [
            ResultField("path", .text, "The file; for `copy` and `move` where it is now, for `list` the folder."),
            ResultField(
                "size", .orNull(.integer), optional: true, "Its bytes; null where there is no file. Not for `list`."),
            ResultField("sha256", .orNull(.text), optional: true, "Their hash, in hex digits. Not for `list`."),
            ResultField("content", .any, optional: true, "What was read, as `parse` says. Only for `read`."),
            ResultField(
                "entries",
                .list(
                    .object([
                        ResultField("path", .text, "Relative to the workspace."),
                        ResultField("type", .choice(["file", "folder"]), "What it is."),
                        ResultField("size", .orNull(.integer), "Its bytes; null for a folder."),
                    ])), optional: true, "What was found, by path. Only for `list`."),
            ResultField(
                "type", .orNull(.choice(["file", "folder"])), optional: true,
                "What is there; null where nothing is. Only for `stat`."),
            ResultField(
                "media_type", .orNull(.text), optional: true,
                "The kind of content, by the name's ending or else by the bytes. Not for `list`."),
        ])

    private static let edit = FieldShape.object(
        [
            FieldSpec("search", .value(.template, .text), required: true, "Text that stands there exactly once."),
            FieldSpec("replace", .value(.template, .text), required: true, "What takes its place."),
        ], rules: [])
}
