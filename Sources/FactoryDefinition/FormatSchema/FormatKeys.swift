import FactoryDomain
import FactoryJSON

/// The keys outside `with`; a test holds them equal to those that the reader takes.
enum FormatKeys {
    private static let text: JSONObject = ["type": "string"]
    private static let duration = FieldSchema.duration(.milliseconds(1)...(.longest))
    private static let expression: JSONObject = ["type": ["string", "boolean", "integer", "number"]]

    private static let expressions: JSONObject = [
        "type": "object", "propertyNames": ["pattern": "^[A-Za-z][A-Za-z0-9_-]*$"],
        "additionalProperties": ["type": ["string", "boolean", "integer", "number"], "x-kind": "expression"],
    ]

    static let top: [FormatKey] = [
        FormatKey("version", ["const": 1], "The format's version."),
        FormatKey(
            "name",
            ["type": "string", "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", "maxLength": 64],
            "The identity within its owner: lower-case letters, digits and `-`."),
        FormatKey("title", text, "For people; the name if absent."),
        FormatKey("description", text, "What it does."),
        FormatKey("tags", ["type": "array", "items": ["type": "string"]], "Words to find it by."),
        FormatKey(
            "inputs",
            [
                "type": ["object", "null"], "propertyNames": ["pattern": "^[A-Za-z][A-Za-z0-9_-]*$"],
                "additionalProperties": [
                    "type": "object",
                    "properties": ["optional": ["type": "boolean", "default": false]],
                    "propertyNames": [
                        "anyOf": [
                            ["enum": .array(InputsReader.keywords.sorted().map(JSON.string))],
                            ["pattern": "^x-"],
                        ]
                    ],
                ],
            ], "What a run is given: a JSON Schema for each name."),
        FormatKey(
            "defaults",
            FormatSchema.closed(
                [
                    FormatKey("model", FieldSchema.value(.model), "The model of prompt steps."),
                    FormatKey("timeout", duration, "The time of an attempt, where a step names none."),
                    FormatKey("retry", ["$ref": "#/$defs/retry"], "When a failed attempt is repeated."),
                ], known: StepDefaults.keys, required: []), "What steps have that say nothing else."),
        FormatKey(
            "changes",
            ["enum": .array(ChangePolicy.allCases.map { .string($0.rawValue) }), "default": "auto"],
            "What becomes of written files when the run succeeded."),
        FormatKey(
            "steps", ["type": "array", "minItems": 1, "maxItems": 10_000, "items": ["$ref": "#/$defs/step"]],
            "What is done, in document order."),
        FormatKey(
            "outputs", expressions, kind: .expression,
            "The run's outputs; those of the steps that no other needs if absent."),
    ]

    static func step(_ types: [StepType]) -> [FormatKey] {
        [
            FormatKey(
                "id",
                [
                    "type": "string", "pattern": "^[a-z][a-z0-9_-]*$", "maxLength": 64,
                    "not": ["enum": ["end", "fail"]],
                ],
                "The step's name in the document."),
            FormatKey("type", ["enum": .array(types.map { .string($0.name) })], "What kind of step it is."),
            FormatKey("title", text, "For people."),
            FormatKey("description", text, "What it does."),
            FormatKey(
                "enabled", ["type": "boolean", "default": true], "False for a step that is recorded as skipped."),
            FormatKey(
                "needs", ["type": "array", "items": ["type": "string"], "uniqueItems": true],
                "The steps that settle before it; every open end above if absent."),
            FormatKey(
                "if", expression, kind: .expression,
                "Whether it runs: a bool, looked at once all its needs are settled."),
            FormatKey("with", ["type": ["object", "null"]], kind: nil, "The type's own fields."),
            FormatKey(
                "outputs", expressions, kind: .expression, "The output, over `result`; the result as it is if absent."),
            FormatKey(
                "timeout", duration,
                "The time of one attempt; waiting for its turn and between attempts does not count."),
            FormatKey("retry", ["$ref": "#/$defs/retry"], "When a failed attempt is repeated."),
            FormatKey(
                "on_error",
                [
                    "anyOf": [
                        ["enum": ["fail", "continue"]],
                        [
                            "type": "object", "properties": ["value": true], "required": ["value"],
                            "additionalProperties": false,
                        ],
                    ], "default": "fail",
                ],
                "What a failure that no retry mended does: fail the step; leave its output absent; or put a value in its place."
            ),
        ]
    }

    static let retry: [FormatKey] = {
        let words = StepFailure.Class.allCases.filter { $0 != .other }.map(\.rawValue) + ["any"]
        let policy = RetryPolicy.standard
        let usual = StepFailure.Class.allCases.filter(policy.on.contains)
        return [
            FormatKey(
                "max_attempts",
                ["type": "integer", "minimum": 1, "maximum": 100, "default": .int(Int64(policy.maxAttempts))],
                "Attempts in all, the first included."),
            FormatKey(
                "delay", waiting(from: .zero, usual: policy.delay),
                "The wait before the second attempt; longer where the other side asks for it."),
            FormatKey(
                "backoff", ["enum": ["exponential", "fixed"], "default": .string(policy.backoff.rawValue)],
                "How the wait grows: it doubles with every attempt, or stays."),
            FormatKey(
                "max_delay", waiting(from: .milliseconds(1), usual: policy.maxDelay),
                "The longest wait of its own; what `backoff` makes of `delay` ends there."),
            FormatKey(
                "jitter", ["type": "boolean", "default": .bool(policy.jitter)],
                "Whether a wait is drawn from zero to its length, so that many steps do not return at once."),
            FormatKey(
                "on",
                [
                    "type": "array", "minItems": 1, "items": ["enum": .array(words.map(JSON.string))],
                    "default": .array(usual.map { .string($0.rawValue) }),
                ],
                "Which failures are tried again, by their class."),
        ]
    }()

    private static func waiting(from least: Duration, usual: Duration) -> JSONObject {
        var schema = FieldSchema.duration(least...(.longest))
        schema["default"] = .string(usual.documentText)
        return schema
    }
}
