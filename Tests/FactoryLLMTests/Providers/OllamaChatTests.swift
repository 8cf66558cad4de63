import FactoryJSON
import FactoryLLM
import FactoryTestKit
import Testing

@Suite("Ollama's chat") struct OllamaChatTests {
    @Test("sends what was asked, under the names of the format", arguments: ["", "/api"])
    func request(path: String) async throws {
        try await ChatFixture.run(.ollama, path: path, answer: { _ in [.json(whole)] }) { fixture in
            _ = try await fixture.complete(
                ChatRequest(
                    model: "tiny", messages: [ChatMessage(.system, "Be brief."), ChatMessage(.user, "Hi")],
                    temperature: 0.5, topP: 0.9, maxTokens: 64, stop: ["END"], seed: 7, reasoning: "minimal",
                    schema: ["type": "object"]))
            let request = try #require(fixture.server.requests.first)
            #expect(request.line == "POST /api/chat HTTP/1.1")
            #expect(request.header("Authorization") == "Bearer sk-test")
            let expected: JSON = [
                "model": "tiny",
                "messages": [["role": "system", "content": "Be brief."], ["role": "user", "content": "Hi"]],
                "stream": true, "truncate": false,
                "options": ["temperature": 0.5, "top_p": 0.9, "num_predict": 64, "stop": ["END"], "seed": 7],
                "think": "low", "format": ["type": "object"],
            ]
            #expect(try JSON(parsing: request.body) == expected)
        }
    }

    @Test(
        "asks for a context that a long conversation fits in",
        arguments: [(6_000, nil), (10_000, 8_192), (40_000, 32_768)] as [(Int, Int64?)])
    func context(bytes: Int, expected: Int64?) async throws {
        try await ChatFixture.run(.ollama, answer: { _ in [.json(whole)] }) { fixture in
            _ = try await fixture.complete(
                ChatRequest(
                    model: "m", messages: [ChatMessage(.user, String(repeating: "x", count: bytes))],
                    reasoning: "none"))
            let body = try JSON(parsing: try #require(fixture.server.requests.first).body)
            #expect(body["options"]?["num_ctx"]?.intValue == expected)
            #expect(body["think"] == false)
        }
    }

    @Test("reads a whole answer")
    func wholeAnswer() async throws {
        try await ChatFixture.run(.ollama, answer: { _ in [.json(whole)] }) { fixture in
            let result = try await fixture.complete()
            #expect(result.text == "Paris.")
            #expect(result.model == "tiny-1")
            #expect(result.finishReason == .length)
            #expect(result.usage == TokenUsage(input: 35, output: 0))
        }
    }

    @Test("reads a stream whose pieces end anywhere")
    func stream() async throws {
        let lines = """
            {"model":"tiny-1","message":{"role":"assistant","content":"Par"},"done":false}

            {"model":"tiny-1","message":{"role":"assistant","content":"ís 😀"},"done":false,"new":1}
            {"model":"tiny-1","message":{"content":""},"done":true,"done_reason":"stop","prompt_eval_count":22,"eval_count":8}

            """
        try await ChatFixture.run(
            .ollama,
            answer: { _ in
                [.chunkedHead(type: "application/x-ndjson")]
                    + lines.utf8.map { .send(Array("1\r\n".utf8) + [$0] + [13, 10]) } + [.end]
            }
        ) { fixture in
            let result = try await fixture.complete()
            #expect(result.text == "París 😀")
            #expect(fixture.texts.all == ["Par", "ís 😀"])
            #expect(result.finishReason == .stop)
            #expect(result.usage == TokenUsage(input: 22, output: 8))
        }
    }

    @Test("takes a stream that ends before `done` for a failure, and an error line for what it is")
    func failures() async throws {
        let piece = #"{"message":{"content":"Par"},"done":false}"# + "\n"
        for (last, code) in [
            ("", ModelError.Code.serverError), (#"{"error":"an error was encountered"}"# + "\n", .serverError),
            (#"{"error":{"message":"x","type":"rate_limit_error"}}"# + "\n", .rateLimit), ("oops\n", .protocolError),
        ] {
            try await ChatFixture.run(
                .ollama,
                answer: { _ in
                    [.chunkedHead(type: "application/x-ndjson"), .chunk(piece)] + (last.isEmpty ? [] : [.chunk(last)])
                        + [.end]
                }
            ) { fixture in
                #expect(await fixture.error()?.code == code)
                #expect(fixture.texts.all == ["Par"])
            }
        }
    }

    @Test("lists models with what can be shown of them")
    func models() async throws {
        try await ChatFixture.run(
            .ollama,
            answer: { request in
                if request.line.hasPrefix("GET /api/tags ") {
                    return [.json(#"{"models":[{"name":"a:latest"},{"model":"b"},{"x":1}]}"#)]
                }
                guard request.body.contains("a:latest") else { return [.json(#"{"error":"gone"}"#, status: 404)] }
                return [
                    .json(
                        """
                        {"model_info":{"general.architecture":"llama","llama.context_length":131072},
                        "capabilities":["completion","vision","tools","something"]}
                        """)
                ]
            }
        ) { fixture in
            let models = try await fixture.provider.models()
            #expect(
                models == [
                    OfferedModel("a:latest", context: 131_072, capabilities: [.schema, .tools, .vision]),
                    OfferedModel("b"),
                ])
        }
    }
}

private let whole = """
    {"model":"tiny-1","message":{"role":"assistant","content":"Paris."},"done":true,"done_reason":"length",
    "prompt_eval_count":35}
    """
