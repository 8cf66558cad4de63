import FactoryExpressions
import FactoryJSON

extension StepType {
    static let prompt = StepType(
        "prompt", "Asks a model.",
        fields: [
            FieldSpec("model", .value(.static, .model), default: "default", "`provider/name` or an alias."),
            FieldSpec("system", .value(.template, .text), "The system message."),
            FieldSpec("prompt", .value(.template, .text), "The user message."),
            FieldSpec("messages", .list(message, max: 1_000), "The conversation, in place of `prompt`."),
            .later("images", "Images to send along."),
            .later("files", "Files to send along."),
            FieldSpec("temperature", .value(.template, .number(0...2)), "Randomness; the model's default if absent."),
            FieldSpec("top_p", .value(.template, .number(0...1)), "Nucleus sampling; the model's default if absent."),
            FieldSpec("max_tokens", .value(.template, .integer(1...10_000_000)), "The most tokens to generate."),
            FieldSpec("stop", .oneOrMany(.value(.template, .text), max: 16), "Texts that end the answer."),
            FieldSpec("seed", .value(.template, .integer(.min ... .max)), "For repeatable sampling."),
            FieldSpec(
                "reasoning", .value(.static, .choice(["none", "minimal", "low", "medium", "high"])),
                "How long the model may think."),
            FieldSpec("schema", .value(.static, .schema), "JSON Schema that the answer fits."),
            .later("tools", "What the model may call."),
            .later("max_tool_rounds", "How often it may call."),
            .later("fallback", "Models to ask when this one fails."),
            FieldSpec("stream", .value(.static, .bool), default: true, "Whether the answer is shown as it grows."),
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
