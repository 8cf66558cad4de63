import FactoryJSON
import FactoryLLM
import FactoryNetwork
import FactoryTestKit
import Testing

@Suite("Chat Completions") struct OpenAIChatTests {
    @Test("sends what was asked, under the names of the format")
    func request() async throws {
        try await OpenAIFixture.run(answer: { _ in [.text(whole, type: "application/json")] }) { fixture in
            _ = try await fixture.complete(
                ChatRequest(
                    model: "tiny", messages: [ChatMessage(.system, "Be brief."), ChatMessage(.user, "Hi")],
                    temperature: 0.5, topP: 0.9, maxTokens: 64, stop: ["END"], seed: 7, reasoning: "low",
                    schema: ["type": "object"], isStreamed: true))
            let request = try #require(fixture.server.requests.first)
            #expect(request.line == "POST /v1/chat/completions HTTP/1.1")
            #expect(request.header("Authorization") == "Bearer sk-test")
            let expected: JSON = [
                "model": "tiny",
                "messages": [["role": "system", "content": "Be brief."], ["role": "user", "content": "Hi"]],
                "temperature": 0.5, "top_p": 0.9, "max_tokens": 64, "stop": ["END"], "seed": 7,
                "reasoning_effort": "low",
                "response_format": [
                    "type": "json_schema", "json_schema": ["name": "answer", "schema": ["type": "object"]],
                ],
                "stream": true, "stream_options": ["include_usage": true],
            ]
            #expect(try JSON(parsing: request.body) == expected)
        }
    }

    @Test("leaves out what was not asked, and what the dialect does not take")
    func dialect() async throws {
        let dialect = OpenAIChat.Dialect(
            tokenLimitField: "max_completion_tokens",
            features: ProviderFeatures(takesSchema: false, takesSeed: false, takesReasoning: false))
        try await OpenAIFixture.run(
            key: nil, dialect: dialect, answer: { _ in [.text(whole, type: "application/json")] }
        ) { fixture in
            _ = try await fixture.complete(
                ChatRequest(
                    model: "m", messages: [ChatMessage(.user, "Hi")], maxTokens: 5, seed: 1, reasoning: "low",
                    schema: true, isStreamed: false))
            let request = try #require(fixture.server.requests.first)
            #expect(request.header("Authorization") == nil)
            #expect(
                request.body
                    == #"{"model":"m","messages":[{"role":"user","content":"Hi"}],"max_completion_tokens":5}"#)
        }
    }

    @Test("reads a whole answer")
    func wholeAnswer() async throws {
        try await OpenAIFixture.run(answer: { _ in [.text(whole, type: "application/json")] }) { fixture in
            let result = try await fixture.complete()
            #expect(result.text == "Paris.")
            #expect(result.model == "tiny-1")
            #expect(result.finishReason == .stop)
            #expect(result.usage == TokenUsage(input: 35, output: 58, cached: 14))
            #expect(result.firstToken == nil)
            #expect(fixture.texts.all == ["Paris."])
        }
    }

    @Test("reads a stream, text by text")
    func stream() async throws {
        try await OpenAIFixture.run(
            answer: { _ in
                [
                    .chunkedHead(), .event(#"{"choices":[{"delta":{"role":"assistant","content":null}}]}"#),
                    .delta("Par"), .chunk(": ping\n\n"), .delta("ís 😀"), .finish("stop"), .usage, .done, .end,
                ]
            }
        ) { fixture in
            let result = try await fixture.complete()
            #expect(result.text == "París 😀")
            #expect(fixture.texts.all.joined() == "París 😀")
            #expect(result.finishReason == .stop)
            #expect(result.usage == TokenUsage(input: 22, output: 8, cached: 14))
            #expect(result.firstToken != nil)
        }
    }

    @Test("reads a stream whose pieces end in the middle of a character")
    func splitCharacters() async throws {
        let bytes = Array("data: {\"choices\":[{\"delta\":{\"content\":\"ä😀\"}}]}\n\ndata: [DONE]\n\n".utf8)
        try await OpenAIFixture.run(
            answer: { _ in [.chunkedHead()] + bytes.map { .send(Array("1\r\n".utf8) + [$0] + [13, 10]) } + [.end] }
        ) { fixture in
            let result = try await fixture.complete()
            #expect(result.text == "ä😀")
        }
    }

    @Test("knows neither usage nor reason where the server gives none")
    func unknowns() async throws {
        try await OpenAIFixture.run(answer: { _ in [.chunkedHead(), .delta("x"), .done, .end] }) { fixture in
            let result = try await fixture.complete()
            #expect(result.usage == nil)
            #expect(result.finishReason == .other)
        }
    }

    @Test("takes a stream without its last event for a failure", arguments: [true, false])
    func cutStream(isClosedProperly: Bool) async throws {
        try await OpenAIFixture.run(
            answer: { _ in
                [.chunkedHead(), .delta("Par"), .finish("stop"), isClosedProperly ? .end : .close]
            }
        ) { fixture in
            let error = await fixture.error()
            #expect(error?.code == (isClosedProperly ? .serverError : .network))
            #expect(fixture.texts.all == ["Par"])
        }
    }

    @Test("takes an error within a stream for what it is")
    func midStreamError() async throws {
        try await OpenAIFixture.run(
            answer: { _ in
                [
                    .chunkedHead(), .delta("Par"),
                    .event(
                        #"{"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}}"#),
                ]
            }
        ) { fixture in
            let error = await fixture.error()
            #expect(error?.code == .rateLimit)
            #expect(error?.message.contains("Rate limit reached") == true)
        }
    }

    @Test("takes events that are not its format for a failure")
    func notTheFormat() async throws {
        try await OpenAIFixture.run(answer: { _ in [.chunkedHead(), .event("{oops")] }) { fixture in
            #expect(await fixture.error()?.code == .protocolError)
        }
        try await OpenAIFixture.run(answer: { _ in [.text("<html>", type: "text/html")] }) { fixture in
            #expect(await fixture.error()?.code == .protocolError)
        }
    }

    @Test("gives a refusal back as such")
    func refusal() async throws {
        try await OpenAIFixture.run(
            answer: { _ in
                [
                    .chunkedHead(), .event(#"{"choices":[{"delta":{"refusal":"I can't."}}]}"#), .finish("stop"), .done,
                    .end,
                ]
            }
        ) { fixture in
            let result = try await fixture.complete()
            #expect(result.finishReason == .contentFilter)
            #expect(result.text == "I can't.")
        }
    }

    @Test("lists models, with the context where the server says it")
    func models() async throws {
        let list = """
            {"object":"list","data":[{"id":"a"},{"id":"b","max_model_len":8192},{"id":"c","context_length":-1},
            {"id":"d","meta":{"n_ctx":4096,"n_ctx_train":8192}},{"x":1}]}
            """
        try await OpenAIFixture.run(answer: { _ in [.json(list)] }) { fixture in
            let models = try await fixture.provider.models()
            #expect(
                models == [
                    OfferedModel("a"), OfferedModel("b", context: 8_192), OfferedModel("c"),
                    OfferedModel("d", context: 4_096),
                ])
            #expect(fixture.server.requests.first?.line == "GET /v1/models HTTP/1.1")
        }
    }
}

private let whole = """
    {"choices":[{"finish_reason":"stop","index":0,"message":{"role":"assistant","content":"Paris."}}],"created":1,
    "model":"tiny-1","object":"chat.completion","usage":{"completion_tokens":58,"prompt_tokens":35,"total_tokens":93,
    "prompt_tokens_details":{"cached_tokens":14}},"id":"chatcmpl-1","timings":{"cache_n":14}}
    """
