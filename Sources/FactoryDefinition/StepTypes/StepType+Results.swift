extension StepType {
    /// The members of its result as the reference explains them, those inside them included; a test holds their names
    /// equal to ``result``.
    public var resultMembers: [ResultMember] {
        switch name {
        case "prompt": Self.promptResult
        case "code": Self.codeResult
        case "file": Self.fileResult
        case "api": Self.apiResult
        case "condition": Self.conditionResult
        case "transform": Self.transformResult
        default: []
        }
    }

    private static let promptResult: [ResultMember] = [
        ResultMember("text", .text, "The answer."),
        ResultMember("json", .any, optional: true, "The answer as a value; only with `schema`."),
        ResultMember("model", .text, "The model that answered, as it calls itself."),
        ResultMember("provider", .text, "The provider that was asked."),
        ResultMember(
            "finish_reason", .choice(["stop", "length", "tool_calls", "content_filter", "other"]),
            "Why the answer ended; `length` means that it was cut."),
        ResultMember(
            "usage",
            .object([
                ResultMember(
                    "input_tokens", .orNull(.integer), "Tokens sent; null where the provider does not say."),
                ResultMember("output_tokens", .orNull(.integer), "Tokens generated."),
                ResultMember("cached_tokens", .orNull(.integer), "Those of the input that the provider had cached."),
            ]), "What all calls of the attempt used together."),
        ResultMember("cost_usd", .orNull(.number), "The price in US dollars; null where it is not known."),
        ResultMember("tool_calls", .list(.any), "What the model called; empty in this build."),
        ResultMember(
            "latency",
            .object([
                ResultMember(
                    "first_token_ms", .orNull(.integer), "Until the first token; null where nothing was streamed."),
                ResultMember("total_ms", .integer, "Of all calls together."),
            ]), "How long it took, in milliseconds."),
    ]

    private static let codeResult: [ResultMember] = [
        ResultMember("result", .any, "What `main` returned or `result` holds; null where there is none."),
        ResultMember("stdout", .text, "What it printed."),
        ResultMember("stderr", .text, "What it printed as errors."),
        ResultMember("exit_code", .orNull(.integer), "0 when all went well; null when a signal ended it."),
        ResultMember(
            "files",
            .list(
                .object([
                    ResultMember("path", .text, "Relative to the workspace."),
                    ResultMember("action", .choice(["created", "changed", "deleted"]), "What became of it."),
                ])), "The files it changed; empty unless `files: write`."),
        ResultMember(
            "usage",
            .object([
                ResultMember("cpu_ms", .integer, "Processor time of all its processes, in milliseconds."),
                ResultMember("peak_memory_bytes", .integer, "The most memory they held at once."),
            ]), "What it used."),
        ResultMember("isolation", .text, "How it was shut in: `full`."),
    ]

    private static let fileResult: [ResultMember] = [
        ResultMember("path", .text, "The file; for `copy` and `move` where it is now, for `list` the folder."),
        ResultMember(
            "size", .orNull(.integer), optional: true, "Its bytes; null where there is no file. Not for `list`."),
        ResultMember("sha256", .orNull(.text), optional: true, "Their hash, in hex digits. Not for `list`."),
        ResultMember("content", .any, optional: true, "What was read, as `parse` says. Only for `read`."),
        ResultMember(
            "entries",
            .list(
                .object([
                    ResultMember("path", .text, "Relative to the workspace."),
                    ResultMember("type", .choice(["file", "folder"]), "What it is."),
                    ResultMember("size", .orNull(.integer), "Its bytes; null for a folder."),
                ])), optional: true, "What was found, by path. Only for `list`."),
        ResultMember(
            "type", .orNull(.choice(["file", "folder"])), optional: true,
            "What is there; null where nothing is. Only for `stat`."),
        ResultMember(
            "media_type", .orNull(.text), optional: true,
            "The kind of content, by the name's ending or else by the bytes. Not for `list`."),
    ]

    private static let apiResult: [ResultMember] = [
        ResultMember("status", .integer, "The HTTP status."),
        ResultMember(
            "headers", .map(.text), "The answer's headers by lower-case name; several of one name joined by `, `."),
        ResultMember("body", .any, optional: true, "The answer as a value, by `parse`; null where it was empty."),
        ResultMember(
            "text", .orNull(.text), optional: true,
            "The answer as text, in place of `body`; null, with a warning, where it is not text."),
        ResultMember("url", .text, "The address that answered, the last one after redirects."),
        ResultMember(
            "timing",
            .object([
                ResultMember("first_byte_ms", .integer, "Until the head of the answer, connecting included."),
                ResultMember("total_ms", .integer, "Until its last byte."),
            ]), "How long it took, in milliseconds."),
    ]

    private static let conditionResult: [ResultMember] = [
        ResultMember(
            "result", .any, "With `if` true or false; with `cases` the place of the one taken, from 0, or null."),
        ResultMember(
            "branch", .orNull(.text), "The branch taken: `then`, `else`, `cases[0]`; null where there is none."),
        ResultMember(
            "explanation", .map(.any), "The operands with their values, by name; long ones are cut at 200 letters."
        ),
    ]

    private static let transformResult: [ResultMember] = [
        ResultMember("result", .any, "The value after the last op."),
        ResultMember("input_type", .choice(kinds), "The kind of `input`."),
        ResultMember("result_type", .choice(kinds), "The kind of the result."),
    ]

    private static let kinds = ["null", "bool", "integer", "number", "string", "list", "object"]
}
