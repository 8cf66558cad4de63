import FactoryExpressions
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
            ResultField("text", .string, "The answer."),
            ResultField(
                "json", .schema(field: "schema"), if: .written(field: "schema"), "The answer as a value, with `schema`."
            ),
            ResultField("model", .string, "The model that answered."),
            ResultField("provider", .string, "The provider that was asked."),
            ResultField("finish_reason", .string, "Why the answer ended."),
            ResultField(
                "usage", .fields([("input_tokens", count), ("output_tokens", count), ("cached_tokens", count)]),
                "`input_tokens`, `output_tokens`, `cached_tokens`."),
            ResultField("cost_usd", .union([.double, .null]), "The price; null when it is not known."),
            ResultField("tool_calls", .list(of: .dyn), "What the model called."),
            ResultField(
                "latency", .fields([("first_token_ms", count), ("total_ms", .int)]), "`first_token_ms`, `total_ms`."),
        ],
        defaultTimeout: .seconds(600))

    /// A number that the provider may not tell.
    private static let count = ExpressionType.union([.int, .null])

    private static let message = FieldShape.object(
        [
            FieldSpec(
                "role", .value(.static, .choice(["system", "user", "assistant"])), required: true, "Who speaks."),
            FieldSpec("content", .value(.template, .text), required: true, "What is said."),
        ], rules: [])
}
