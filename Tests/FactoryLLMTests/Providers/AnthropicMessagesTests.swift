import FactoryJSON
import FactoryLLM
import FactoryTestKit
import Testing

@Suite("Anthropic Messages") struct AnthropicMessagesTests {
    @Test("sends what was asked, under the names of the format", arguments: ["", "/v1", "/proxy/v1/"])
    func request(path: String) async throws {
        try await ChatFixture.run(.anthropic, path: path, answer: { _ in [.json(whole)] }) { fixture in
            _ = try await fixture.complete(
                ChatRequest(
                    model: "tiny",
                    messages: [
                        ChatMessage(.system, "Be brief."), ChatMessage(.user, "Hi"), ChatMessage(.assistant, "Yes?"),
                        ChatMessage(.system, "Be kind."), ChatMessage(.user, "Go on"),
                    ], temperature: 0.5, topP: 0.9, maxTokens: 64, stop: ["END"], seed: 7, reasoning: "low"))
            let request = try #require(fixture.server.requests.first)
            let start = path.isEmpty ? "" : String(path.dropLast(path.hasSuffix("/") ? 4 : 3))
            #expect(request.line == "POST \(start)/v1/messages HTTP/1.1")
            #expect(request.header("x-api-key") == "sk-test")
            #expect(request.header("anthropic-version") == "2023-06-01")
            #expect(request.header("Authorization") == nil)
            let expected: JSON = [
                "model": "tiny", "max_tokens": 64, "system": "Be brief.\n\nBe kind.",
                "messages": [
                    ["role": "user", "content": "Hi"], ["role": "assistant", "content": "Yes?"],
                    ["role": "user", "content": "Go on"],
                ], "temperature": 0.5, "top_p": 0.9, "stop_sequences": ["END"], "stream": true,
            ]
            #expect(try JSON(parsing: request.body) == expected)
        }
    }

    @Test("sends a limit on tokens where none was asked for, since the format wants one")
    func tokenLimit() async throws {
        try await ChatFixture.run(.anthropic, key: nil, answer: { _ in [.json(whole)] }) { fixture in
            _ = try await fixture.complete(
                ChatRequest(model: "m", messages: [ChatMessage(.user, "Hi")], isStreamed: false))
            let request = try #require(fixture.server.requests.first)
            #expect(request.header("x-api-key") == nil)
            #expect(
                request.body
                    == #"{"model":"m","max_tokens":4096,"messages":[{"role":"user","content":"Hi"}]}"#)
        }
    }

    @Test("reads a whole answer, its input counted with what came from the cache and went there")
    func wholeAnswer() async throws {
        try await ChatFixture.run(.anthropic, answer: { _ in [.json(whole)] }) { fixture in
            let result = try await fixture.complete()
            #expect(result.text == "Paris.")
            #expect(result.model == "tiny-1")
            #expect(result.finishReason == .stop)
            #expect(result.usage == TokenUsage(input: 22, output: 8, cached: 14))
            #expect(fixture.texts.all == ["Paris."])
        }
    }

    @Test("reads a stream, text by text; later counts replace earlier ones")
    func stream() async throws {
        try await ChatFixture.run(
            .anthropic,
            answer: { _ in
                [
                    .chunkedHead(), start,
                    .event(#"{"type":"content_block_start","index":0,"content_block":{"type":"thinking"}}"#),
                    .event(
                        #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"?"}}"#),
                    .event(#"{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}"#),
                    .delta(1, "Par"), .event(#"{"type":"ping"}"#), .delta(1, "ís 😀"),
                    .event(#"{"type":"something_new","x":[1]}"#), .ending("end_turn", output: 8),
                    .event(#"{"type":"message_stop"}"#),
                ]
            }
        ) { fixture in
            let result = try await fixture.complete()
            #expect(result.text == "París 😀")
            #expect(fixture.texts.all == ["Par", "ís 😀"])
            #expect(result.finishReason == .stop)
            #expect(result.usage == TokenUsage(input: 22, output: 8, cached: 14))
            #expect(result.firstToken != nil)
        }
    }

    @Test("asks for an answer that fits a schema by a tool, and takes the tool's input for the answer")
    func schema() async throws {
        try await ChatFixture.run(
            .anthropic,
            answer: { _ in
                [
                    .chunkedHead(), start,
                    .event(
                        #"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"answer"}}"#
                    ), .input(#"{\"a\""#), .input(#": 1}"#), .ending("tool_use", output: 9),
                    .event(#"{"type":"message_stop"}"#),
                ]
            }
        ) { fixture in
            var asked = ChatRequest.hello
            asked.schema = ["type": "object", "properties": ["a": ["type": "integer"]]]
            let result = try await fixture.complete(asked)
            #expect(result.text == #"{"a":1}"#)
            #expect(result.finishReason == .stop)
            #expect(fixture.texts.all == [#"{"a""#, ": 1}"])
            let body = try JSON(parsing: try #require(fixture.server.requests.first).body)
            #expect(body["tools"]?[0]?["input_schema"] == asked.schema)
            #expect(body["tool_choice"]?["name"] == body["tools"]?[0]?["name"])
        }
    }

    @Test("wraps an answer that is no object, and unwraps it")
    func wrappedSchema() async throws {
        let answer =
            #"{"content":[{"type":"tool_use","name":"answer","input":{"the_answer":["a","b"]}}],"stop_reason":"tool_use"}"#
        try await ChatFixture.run(.anthropic, answer: { _ in [.json(answer)] }) { fixture in
            var asked = ChatRequest.hello
            asked.schema = ["type": "array"]
            let result = try await fixture.complete(asked)
            #expect(result.text == #"["a","b"]"#)
            let body = try JSON(parsing: try #require(fixture.server.requests.first).body)
            #expect(body["tools"]?[0]?["input_schema"]?["properties"]?["the_answer"] == ["type": "array"])
        }
    }

    @Test(
        "knows why an answer ended",
        arguments: [
            ("stop_sequence", FinishReason.stop), ("max_tokens", .length), ("model_context_window_exceeded", .length),
            ("refusal", .contentFilter), ("tool_use", .toolCalls), ("pause_turn", .other), ("new", .other),
        ])
    func reasons(reason: String, expected: FinishReason) async throws {
        let answer = #"{"content":[{"type":"text","text":"x"}],"stop_reason":"\#(reason)"}"#
        try await ChatFixture.run(.anthropic, answer: { _ in [.json(answer)] }) { fixture in
            let result = try await fixture.complete()
            #expect(result.finishReason == expected)
            #expect(result.usage == nil)
        }
    }

    @Test("takes a stream without its last event for a failure")
    func cutStream() async throws {
        try await ChatFixture.run(
            .anthropic,
            answer: { _ in [.chunkedHead(), start, .delta(0, "Par"), .ending("end_turn", output: 1), .end] }
        ) { fixture in
            let error = await fixture.error()
            #expect(error?.code == .serverError)
            #expect(error?.message.contains("after 3 characters") == true)
        }
    }

    @Test("takes an error within a stream for what it is")
    func midStreamError() async throws {
        let event = #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#
        try await ChatFixture.run(
            .anthropic, answer: { _ in [.chunkedHead(), start, .chunk("event: error\ndata: \(event)\n\n")] }
        ) { fixture in
            let error = await fixture.error()
            #expect(error?.code == .serverError)
            #expect(error?.message.contains("Overloaded") == true)
        }
    }

    @Test("lists models page by page")
    func models() async throws {
        try await ChatFixture.run(
            .anthropic,
            answer: { request in
                let isFirst = !request.line.contains("after_id=a")
                let models =
                    isFirst
                    ? #"{"type":"model","id":"a","max_input_tokens":200000,"max_tokens":64000}"# : #"{"id":"b"}"#
                return [.json(#"{"data":[\#(models)],"has_more":\#(isFirst),"last_id":"a"}"#)]
            }
        ) { fixture in
            let models = try await fixture.provider.models()
            #expect(models == [OfferedModel("a", context: 200_000, outputLimit: 64_000), OfferedModel("b")])
        }
    }
}

private let whole = """
    {"id":"msg_1","type":"message","role":"assistant","model":"tiny-1","content":[{"type":"text","text":"Paris."}],
    "stop_reason":"end_turn","stop_sequence":null,
    "usage":{"input_tokens":3,"cache_creation_input_tokens":5,"cache_read_input_tokens":14,"output_tokens":8}}
    """

private let start = LoopbackServer.Action.event(
    #"{"type":"message_start","message":{"model":"tiny-1","content":[],"usage":{"input_tokens":8,"#
        + #""cache_read_input_tokens":14,"output_tokens":1}}}"#)

extension LoopbackServer.Action {
    fileprivate static func delta(_ index: Int, _ text: String) -> Self {
        .event(
            #"{"type":"content_block_delta","index":\#(index),"delta":{"type":"text_delta","text":"\#(text)"}}"#)
    }

    fileprivate static func input(_ piece: String) -> Self {
        .event(
            #"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"\#(piece)"}}"#)
    }

    fileprivate static func ending(_ reason: String, output: Int) -> Self {
        .event(
            #"{"type":"message_delta","delta":{"stop_reason":"\#(reason)"},"usage":{"output_tokens":\#(output)}}"#)
    }
}
