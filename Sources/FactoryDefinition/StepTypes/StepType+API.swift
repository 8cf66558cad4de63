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
            FieldSpec(
                "url", .value(.template, .text), required: true, "The address, `http` or `https`.",
                "No secret and no user name may stand in it: addresses are logged. Text put in with `{{ … }}` is "
                    + "not encoded; `url_encode(x)` does that, or `query`."),
            FieldSpec(
                "query", .map(.oneOrMany(.value(.template, .scalar), max: 1_000)), secrets: true,
                absent: "the address alone", "Added to the address, encoded.",
                "A list gives the name once for each element; null leaves it out."),
            FieldSpec(
                "headers", .map(.value(.template, .scalar)), secrets: true, absent: "none", "Sent along.",
                "`Host`, `Content-Length` and others that follow from the request cannot be set; null leaves one out."
            ),
            FieldSpec(
                "json", .value(.template, .any), secrets: true, absent: "no body", "The body, as JSON.",
                "An empty object is sent as `{}`."),
            FieldSpec(
                "form", .map(.value(.template, .scalar)), secrets: true, absent: "no body", "The body, as a form.",
                "Names and values are percent-encoded; null leaves a name out."),
            .later("multipart", "The body, in parts."),
            FieldSpec(
                "text", .value(.template, .text), secrets: true, absent: "no body", "The body, as text.",
                "As `text/plain`, unless `headers` says otherwise."),
            FieldSpec(
                "file", .value(.template, .path), absent: "no body", "The body, from a file of the workspace.",
                "As `application/octet-stream`, unless `headers` says otherwise. A body has at most 10 MiB."),
            FieldSpec(
                "auth", auth, secrets: true, absent: "none", "Who asks.",
                "Put in at the last moment and never passed on to another host by a redirect."),
            FieldSpec(
                "expect", .oneOrMany(.value(.static, .statusRange), max: 100), default: ["2xx"],
                "Statuses that are no failure.", "Name 404 here to decide on it in a condition."),
            FieldSpec(
                "parse", .value(.static, .choice(["auto", "text"] + textFormats + ["base64"])), default: "auto",
                "What to make of the answer: `text`, or the value `body`.",
                "`auto` goes by its content type: JSON is a value, other text is text. Said outright, an answer of "
                    + "another form fails the step with `invalid_output`; `base64` keeps what is not text."),
            .later("save_to", "A file for the answer."),
            FieldSpec(
                "max_bytes", .value(.static, .size(1...(100 << 20))), default: "10MiB", "The most to receive.",
                "Counted after decompression; more fails the step with `response_too_large`."),
            FieldSpec(
                "follow_redirects", .value(.static, .bool), default: false, "Whether up to 5 are followed.",
                "Each is checked like the first address; without, a redirect is a status of its own."),
            .later("paginate", "How to ask for further pages."),
            FieldSpec(
                "idempotency_key", .value(.template, .text), absent: "the step run's id, but for GET, HEAD and OPTIONS",
                "Sent as `Idempotency-Key`.", "The same on every attempt, so that a service does the work once."),
        ],
        rules: [.atMostOne(["json", "form", "multipart", "text", "file"])],
        result: [
            ResultField("status", .int, "The HTTP status."),
            ResultField("headers", .map(of: .string), "The answer's headers."),
            ResultField(
                "body", .dyn, if: .sometimes(field: "parse", surely: textFormats + ["base64"], perhaps: "auto"),
                "The answer as a value."),
            ResultField(
                "text", .union([.string, .null]), if: .sometimes(field: "parse", surely: ["text"], perhaps: "auto"),
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
                    FieldSpec(
                        "username", .value(.template, .text), required: true, secrets: true, "The user.",
                        "Without a colon."),
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
