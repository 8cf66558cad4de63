import FactoryJSON

extension StepType {
    static let prompt = StepType(
        "prompt", "Asks a model.",
        fields: [
            FieldSpec(
                "model", .value(.static, .model), default: "default", "`provider/name` or an alias.",
                "Written out, so that who reads the document sees who is asked; `defaults.model` sets it for all."),
            FieldSpec(
                "system", .value(.template, .text), absent: "none", "The system message.",
                "Goes before `prompt` or `messages`: who the model is and what always holds."),
            FieldSpec("prompt", .value(.template, .text), absent: "`messages`", "The user message."),
            FieldSpec(
                "messages", .list(message, max: 1_000), absent: "`prompt`", "The conversation, in place of `prompt`.",
                "For examples of good answers, or to go on with an earlier exchange."),
            .later("images", "Images to send along."),
            .later("files", "Files to send along."),
            FieldSpec(
                "temperature", .value(.template, .number(0...2)), absent: "the model's own",
                "Randomness of the answer.",
                "0 for answers that should be alike; where a provider takes less than 2, it is lowered with a warning."
            ),
            FieldSpec(
                "top_p", .value(.template, .number(0...1)), absent: "the model's own", "Nucleus sampling.",
                "Only the likeliest tokens that add up to this share are drawn from; change it or `temperature`, not "
                    + "both."),
            FieldSpec(
                "max_tokens", .value(.template, .integer(1...10_000_000)), absent: "the model's own",
                "The most tokens to generate.",
                "A longer answer is cut with `finish_reason: length`: a warning, and a failure with `schema`."),
            FieldSpec(
                "stop", .oneOrMany(.value(.template, .text), max: 16), absent: "none", "Texts that end the answer.",
                "They are not part of it; what a provider takes beyond its own number, often 4, is left out with a "
                    + "warning."),
            FieldSpec(
                "seed", .value(.template, .integer(.min ... .max)), absent: "none", "For repeatable sampling.",
                "Providers promise no more than their best; one that takes none gives a warning."),
            FieldSpec(
                "reasoning", .value(.static, .choice(["none", "minimal", "low", "medium", "high"])),
                absent: "the model's own", "How long the model may think before it answers.",
                "More costs time and tokens; a provider that has no such setting gives a warning."),
            FieldSpec(
                "schema", .value(.static, .schema), absent: "any text", "JSON Schema that the answer fits.",
                "The answer as a value is then `json`. Bound it (`maxLength`, `maxItems`), so that it is not cut."),
            .later("tools", "What the model may call."),
            .later("max_tool_rounds", "How often it may call."),
            .later("fallback", "Models to ask when this one fails."),
            FieldSpec(
                "stream", .value(.static, .bool), default: true, "Whether the answer is shown as it grows.",
                "`false` asks for it whole, for servers that cannot stream."),
        ],
        rules: [.exactlyOne(["prompt", "messages"])],
        result: [
            ResultField("text", .text, "The answer."),
            ResultField("json", .any, optional: true, "The answer as a value; only with `schema`."),
            ResultField("model", .text, "The model that answered, as it calls itself."),
            ResultField("provider", .text, "The provider that was asked."),
            ResultField(
                "finish_reason", .choice(["stop", "length", "tool_calls", "content_filter", "other"]),
                "Why the answer ended; `length` means that it was cut."),
            ResultField(
                "usage",
                .object([
                    ResultField(
                        "input_tokens", .orNull(.integer), "Tokens sent; null where the provider does not say."),
                    ResultField("output_tokens", .orNull(.integer), "Tokens generated."),
                    ResultField("cached_tokens", .orNull(.integer), "Those of the input that the provider had cached."),
                ]), "What all calls of the attempt used together."),
            ResultField("cost_usd", .orNull(.number), "The price in US dollars; null where it is not known."),
            ResultField("tool_calls", .list(.any), "What the model called; empty in this build."),
            ResultField(
                "latency",
                .object([
                    ResultField(
                        "first_token_ms", .orNull(.integer), "Until the first token; null where nothing was streamed."),
                    ResultField("total_ms", .integer, "Of all calls together."),
                ]), "How long it took, in milliseconds."),
        ],
        defaultTimeout: .seconds(600))

    private static let message = FieldShape.object(
        [
            FieldSpec(
                "role", .value(.static, .choice(["system", "user", "assistant"])), required: true, "Who speaks."),
            FieldSpec("content", .value(.template, .text), required: true, "What is said."),
        ], rules: [])
}
