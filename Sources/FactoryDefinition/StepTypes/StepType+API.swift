import FactoryExpressions
import FactoryJSON

extension StepType {
    static let api = StepType(
        "api", "Sends one HTTP request.",
        fields: [
            FieldSpec(
                "method",
                .value(.static, .choice(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])),
                default: "GET", "The method."),
            FieldSpec("url", .value(.template, .text), required: true, "The address, `http` or `https`."),
            FieldSpec(
                "query", .map(.oneOrMany(.value(.template, .scalar), max: 1_000)), secrets: true,
                "Added to the address, encoded."),
            FieldSpec("headers", .map(.value(.template, .scalar)), secrets: true, "Sent along."),
            FieldSpec("json", .value(.template, .any), secrets: true, "The body, as JSON."),
            FieldSpec("form", .map(.value(.template, .scalar)), secrets: true, "The body, as a form."),
            .later("multipart", "The body, in parts."),
            FieldSpec("text", .value(.template, .text), secrets: true, "The body, as text."),
            FieldSpec("file", .value(.template, .path), "The body, from a file of the workspace."),
            FieldSpec("auth", auth, secrets: true, "Who asks."),
            FieldSpec(
                "expect", .oneOrMany(.value(.static, .statusRange), max: 100), default: ["2xx"],
                "Statuses that are no failure."),
            FieldSpec(
                "parse", .value(.static, .choice(["auto", "json", "text"])), default: "auto",
                "Whether the answer becomes `body` or `text`; `auto` goes by its content type."),
            .later("save_to", "A file for the answer."),
            FieldSpec("max_bytes", .value(.static, .size), default: .int(10 << 20), "The most to receive."),
            FieldSpec("follow_redirects", .value(.static, .bool), default: false, "Whether up to 5 are followed."),
            .later("paginate", "How to ask for further pages."),
            FieldSpec(
                "idempotency_key", .value(.template, .text),
                "Sent as `Idempotency-Key`; the step run's id if absent, the same on every attempt."),
        ],
        rules: [.atMostOne(["json", "form", "multipart", "text", "file"])],
        result: [
            ResultField("status", .int, "The HTTP status."),
            ResultField("headers", .map(of: .string), "The answer's headers."),
            ResultField(
                "body", .dyn, if: .sometimes(field: "parse", surely: "json", perhaps: "auto"),
                "The answer as a value."),
            ResultField(
                "text", .union([.string, .null]), if: .sometimes(field: "parse", surely: "text", perhaps: "auto"),
                "The answer as text."),
            ResultField("url", .string, "The address that answered."),
            ResultField("timing", .fields([("first_byte_ms", .int), ("total_ms", .int)]), "How long it took."),
        ])

    private static let auth = FieldShape.oneKey([
        FieldSpec("bearer", .value(.template, .text), secrets: true, "A token, sent as `Authorization: Bearer`."),
        FieldSpec(
            "basic",
            .object(
                [
                    FieldSpec("username", .value(.template, .text), required: true, secrets: true, "The user."),
                    FieldSpec("password", .value(.template, .text), required: true, secrets: true, "The password."),
                ], rules: []),
            secrets: true, "User and password."),
        FieldSpec(
            "api_key",
            .object(
                [
                    FieldSpec("header", .value(.template, .text), "The header that carries it."),
                    FieldSpec("query", .value(.template, .text), "The query parameter that carries it."),
                    FieldSpec("value", .value(.template, .text), required: true, secrets: true, "The key."),
                ], rules: [.exactlyOne(["header", "query"])]),
            secrets: true, "A key in a header or in the query."),
        .later("oauth2_client_credentials", "A token fetched with a client's id and secret."),
        .later("hmac", "A signature over the request."),
    ])
}
