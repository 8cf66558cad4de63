import FactoryLLM
import FactoryNetwork
import FactoryTestKit
import Testing

@Suite("An error of Chat Completions") struct OpenAIErrorTests {
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
        ])
    func mapping(status: Int, body: String, expected: String) async throws {
        try await OpenAIFixture.run(
            answer: { _ in [.text(body, status: status, type: "application/json")] }
        ) { fixture in
            let error = try #require(await fixture.error())
            #expect("\(error.code)" == expected)
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
        ] as [(String, String, Int?)])
    func retryAfter(name: String, value: String, milliseconds: Int?) async throws {
        try await OpenAIFixture.run(
            answer: { _ in [.text("{}", status: 429, type: "application/json", headers: [(name, value)])] }
        ) { fixture in
            let error = await fixture.error()
            #expect(error?.code == .rateLimit)
            #expect(error?.retryAfter == milliseconds.map { .milliseconds($0) })
        }
    }

    @Test("on the way to the provider keeps its own kind")
    func egress() async throws {
        let limits = EgressLimits(firstByte: .milliseconds(80))
        try await OpenAIFixture.run(limits: limits, answer: { _ in [] }) { fixture in
            #expect(await fixture.error()?.code == .timeout)
        }
        try await OpenAIFixture.run(answer: { _ in [.close] }) { fixture in
            #expect(await fixture.error()?.code == .network)
        }
    }
}
