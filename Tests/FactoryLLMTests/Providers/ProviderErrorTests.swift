import FactoryLLM
import FactoryNetwork
import FactoryTestKit
import Testing

@Suite("An error of a provider") struct ProviderErrorTests {
    @Test(
        "has the meaning that status and code give it",
        arguments: [
            (
                401, #"{"error":{"message":"Invalid API Key","type":"authentication_error","code":401}}"#,
                "authentication"
            ),
            (403, #"{"error":{"message":"no","code":null}}"#, "authentication"),
            (404, #"{"error":{"message":"no such thing","code":"model_not_found"}}"#, "modelNotFound"),
            (404, #"{"error":"model 'x' not found"}"#, "modelNotFound"),
            (404, #"{"error":{"message":"File Not Found","type":"not_found_error","code":404}}"#, "badRequest"),
            (429, #"{"error":{"message":"slow down","type":"tokens","code":"rate_limit_exceeded"}}"#, "rateLimit"),
            (
                429, #"{"error":{"message":"pay","type":"insufficient_quota","code":"insufficient_quota"}}"#,
                "quotaExhausted"
            ),
            (400, #"{"error":{"message":"too long","code":"context_length_exceeded"}}"#, "contextLength"),
            (
                400, #"{"error":{"code":400,"message":"too long","type":"exceed_context_size_error","n_ctx":4096}}"#,
                "contextLength"
            ),
            (400, #"{"error":{"message":"bad schema","type":"invalid_request_error","param":"x"}}"#, "badRequest"),
            (422, "", "badRequest"), (500, "oops", "serverError"), (503, "<html>busy</html>", "serverError"),
            (529, "{}", "serverError"), (504, "", "timeout"), (408, "", "timeout"),
            (500, #"[{"error":{"message":"wrapped","status":"INTERNAL"}}]"#, "serverError"),
            (
                400,
                #"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 9 > 8"}}"#,
                "contextLength"
            ),
            (
                400, #"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is"}}"#,
                "quotaExhausted"
            ),
            (401, #"{"type":"error","error":{"type":"authentication_error","message":"x"}}"#, "authentication"),
            (403, #"{"type":"error","error":{"type":"permission_error","message":"x"}}"#, "authentication"),
            (402, #"{"type":"error","error":{"type":"billing_error","message":"x"}}"#, "quotaExhausted"),
            (404, #"{"type":"error","error":{"type":"not_found_error","message":"model: x"}}"#, "modelNotFound"),
            (413, #"{"type":"error","error":{"type":"request_too_large","message":"x"}}"#, "badRequest"),
            (429, #"{"type":"error","error":{"type":"rate_limit_error","message":"x"}}"#, "rateLimit"),
            (500, #"{"type":"error","error":{"type":"api_error","message":"x"}}"#, "serverError"),
            (504, #"{"type":"error","error":{"type":"timeout_error","message":"x"}}"#, "timeout"),
            (529, #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#, "serverError"),
            (400, #"{"error":"model is required"}"#, "badRequest"),
            (400, #"{"error":"the input length exceeds the context length"}"#, "contextLength"),
        ], ProviderKind.allCases)
    func mapping(_ answer: (status: Int, body: String, expected: String), kind: ProviderKind) async throws {
        try await ChatFixture.run(
            kind, answer: { _ in [.json(answer.body, status: answer.status)] }
        ) { fixture in
            let error = try #require(await fixture.error())
            #expect("\(error.code)" == answer.expected)
            #expect(error.message.hasPrefix("test "))
            #expect(!error.message.contains("sk-test"))
        }
    }

    @Test(
        "brings the wait the provider asks for",
        arguments: [
            ("retry-after", "2", 2_000), ("Retry-After", "0.5", 500), ("retry-after-ms", "750", 750),
            ("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT", nil), ("retry-after", "-1", nil),
            ("retry-after", "86400", nil), ("x-other", "1", nil),
        ] as [(String, String, Int?)], ProviderKind.allCases)
    func retryAfter(_ field: (name: String, value: String, milliseconds: Int?), kind: ProviderKind) async throws {
        try await ChatFixture.run(
            kind, answer: { _ in [.json("{}", status: 429, headers: [(field.name, field.value)])] }
        ) { fixture in
            let error = await fixture.error()
            #expect(error?.code == .rateLimit)
            #expect(error?.retryAfter == field.milliseconds.map { .milliseconds($0) })
        }
    }

    @Test("brings the wait until a date, by the provider's own clock", arguments: ProviderKind.allCases)
    func retryAfterDate(kind: ProviderKind) async throws {
        let headers = [
            ("Date", "Wed, 21 Oct 2026 07:27:30 GMT"), ("Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT"),
        ]
        try await ChatFixture.run(kind, answer: { _ in [.json("{}", status: 503, headers: headers)] }) { fixture in
            let error = await fixture.error()
            #expect(error?.code == .serverError)
            #expect(error?.retryAfter == .seconds(30))
        }
    }

    @Test("on the way to the provider keeps its own kind", arguments: ProviderKind.allCases)
    func egress(kind: ProviderKind) async throws {
        let limits = EgressLimits(firstByte: .milliseconds(80))
        try await ChatFixture.run(kind, limits: limits, answer: { _ in [] }) { fixture in
            #expect(await fixture.error()?.code == .timeout)
        }
        try await ChatFixture.run(kind, answer: { _ in [.close] }) { fixture in
            #expect(await fixture.error()?.code == .network)
        }
    }
}
