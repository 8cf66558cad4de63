import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryLLM
import FactoryNetwork
import FactoryTestKit
import Testing

@testable import FactorySteps

@Suite("A prompt step") struct PromptExecutorTests {
    @Test("gives text, counts and price, and announces the text as it comes")
    func announces() async throws {
        try await ExecutorStage.run(answer: { _ in streamed(["Hel", "lo"]) }) { stage in
            let output = try await stage.output(
                try stage.prompt(prices: ["local/tiny": .init(input: 1, output: 2)]),
                "system: Be brief.\nprompt: Say {{ inputs.word }}\ntemperature: 0.2\nmax_tokens: 9", inputs: ["word": 5]
            )
            #expect(output.value["text"] == "Hello")
            #expect(output.value["json"] == nil)
            #expect(output.value["model"] == "tiny-1")
            #expect(output.value["provider"] == "local")
            #expect(output.value["finish_reason"] == "stop")
            #expect(output.value["usage"] == ["input_tokens": 10, "output_tokens": 5, "cached_tokens": nil])
            let cost = try #require(output.value["cost_usd"]?.doubleValue)
            #expect(abs(cost - 20e-6) < 1e-12)
            #expect(output.value["latency"]?["first_token_ms"]?.intValue != nil)
            #expect(
                output.usage
                    == Usage(calls: 1, inputTokens: 10, outputTokens: 5, costUSD: cost, model: "local/tiny"))
            #expect(stage.announcements == [.text("Hel"), .text("lo")])
            let body = try JSON(parsing: try #require(stage.server.requests.first).body)
            #expect(
                body["messages"] == [
                    ["role": "system", "content": "Be brief."], ["role": "user", "content": "Say 5"],
                ])
            #expect(body["max_tokens"] == 9)
        }
    }

    @Test("knows no price where none is listed")
    func unpriced() async throws {
        try await ExecutorStage.run(answer: { _ in whole("x") }) { stage in
            let output = try await stage.output(try stage.prompt(), "prompt: Hi\nstream: false")
            #expect(output.value["cost_usd"] == JSON.null)
            #expect(output.usage?.costUSD == nil)
            #expect(stage.announcements.isEmpty)
        }
    }

    @Test("takes a whole conversation")
    func messages() async throws {
        try await ExecutorStage.run(answer: { _ in whole("x") }) { stage in
            _ = try await stage.output(
                try stage.prompt(),
                """
                system: S
                messages:
                  - {role: user, content: "{{ inputs.q }}"}
                  - {role: assistant, content: A}
                  - {role: user, content: B}
                """, inputs: ["q": ["a": 1]])
            let body = try JSON(parsing: try #require(stage.server.requests.first).body)
            #expect(
                body["messages"]?.arrayValue?.compactMap { $0["content"]?.stringValue } == ["S", #"{"a":1}"#, "A", "B"])
        }
    }

    @Test("gives the value that fits its schema, out of a chatty answer")
    func schema() async throws {
        try await ExecutorStage.run(answer: { _ in whole("Sure:\n```json\n{\"n\": 3}\n```") }) { stage in
            let output = try await stage.output(try stage.prompt(), "prompt: Hi\n\(schemaField)")
            #expect(output.value["json"] == ["n": 3])
            #expect(output.usage?.calls == 1)
            let body = try JSON(parsing: try #require(stage.server.requests.first).body)
            #expect(body["response_format"]?["type"] == "json_schema")
        }
    }

    @Test("asks once more, with what is wrong, and counts both calls")
    func repair() async throws {
        try await ExecutorStage.run(
            answer: { request in whole(request.number == 0 ? "{\"n\": \"three\"}" : "{\"n\": 3}") }
        ) { stage in
            let output = try await stage.output(
                try stage.prompt(prices: ["tiny": .init(input: 1, output: 1)]), "prompt: Hi\n\(schemaField)")
            #expect(output.value["json"] == ["n": 3])
            #expect(output.value["usage"]?["input_tokens"] == 20)
            #expect(output.usage?.calls == 2)
            let body = try JSON(parsing: try #require(stage.server.requests.last).body)
            let messages = try #require(body["messages"]?.arrayValue)
            #expect(messages.count == 3)
            #expect(messages[1]["content"] == "{\"n\": \"three\"}")
            #expect(messages[2]["content"]?.stringValue?.contains("n ") == true)
        }
    }

    @Test("fails after the second answer that does not fit")
    func invalidOutput() async throws {
        try await ExecutorStage.run(answer: { _ in whole("no JSON") }) { stage in
            let failure = try await stage.failure(try stage.prompt(), "prompt: Hi\n\(schemaField)")
            #expect(failure.code == "invalid_output")
            #expect(failure.class == .invalidOutput)
            #expect(failure.output?["text"] == "no JSON")
            #expect(stage.server.requests.count == 2)
        }
    }

    @Test("says that an answer was cut, and does not ask again")
    func cut() async throws {
        try await ExecutorStage.run(answer: { _ in whole("{\"n\":", reason: "length") }) { stage in
            let failure = try await stage.failure(try stage.prompt(), "prompt: Hi\n\(schemaField)")
            #expect(failure.code == "invalid_output")
            #expect(failure.message.contains("length"))
            #expect(failure.hint?.contains("max_tokens") == true)
            #expect(stage.server.requests.count == 1)
            let output = try await stage.output(try stage.prompt(), "prompt: Hi")
            #expect(output.warnings.count == 1)
        }
    }

    @Test("asks in words where the provider takes no schema, and warns of options that are not sent")
    func plainProvider() async throws {
        try await ExecutorStage.run(answer: { _ in whole("{\"n\": 1}") }) { stage in
            let features = ProviderFeatures(takesSchema: false, takesSeed: false, takesReasoning: false, maxStops: 1)
            let output = try await stage.output(
                try stage.prompt(features: features),
                "prompt: Hi\nseed: 1\nreasoning: low\nstop: [a, b]\n\(schemaField)")
            #expect(output.value["json"] == ["n": 1])
            #expect(output.warnings.count == 3)
            let body = try JSON(parsing: try #require(stage.server.requests.first).body)
            #expect(body["response_format"] == nil)
            #expect(body["seed"] == nil)
            #expect(body["stop"] == ["a"])
            #expect(body["messages"]?[0]?["content"]?.stringValue?.contains("\"required\":[\"n\"]") == true)
        }
    }

    @Test(
        "fails with the provider's reason and class",
        arguments: [(429, "rate_limit"), (500, "server_error"), (401, "other")])
    func providerErrors(status: Int, failureClass: String) async throws {
        try await ExecutorStage.run(
            answer: { _ in [.text(#"{"error":{"message":"because"}}"#, status: status, headers: [("Retry-After", "2")])]
            }
        ) { stage in
            let failure = try await stage.failure(try stage.prompt(), "prompt: Hi")
            #expect(failure.class.rawValue == failureClass)
            #expect(failure.message.contains("because"))
            #expect(failure.retryAfter == (status == 401 ? nil : .seconds(2)))
        }
    }

    @Test("names what is configured when its model is not")
    func unknownModel() async throws {
        try await ExecutorStage.run(answer: { _ in [] }) { stage in
            let failure = try await stage.failure(try stage.prompt(), "model: nowhere/x\nprompt: Hi")
            #expect(failure.code == "model_not_found")
            #expect(failure.message.contains("default, local/…"))
        }
    }

    @Test("refuses what a template made of a number", arguments: ["temperature", "top_p", "max_tokens", "seed"])
    func invalidFields(name: String) async throws {
        try await ExecutorStage.run(answer: { _ in [] }) { stage in
            let failure = try await stage.failure(
                try stage.prompt(), "prompt: Hi\n\(name): \"{{ inputs.x }}\"", inputs: ["x": "many"])
            #expect(failure.code == "invalid_field")
            #expect(failure.message.contains(name))
            #expect(stage.server.connectionCount == 0)
        }
    }
}

private let schemaField = "schema: {type: object, required: [n], properties: {n: {type: integer}}}"

private func whole(_ text: String, reason: String = "stop") -> [LoopbackServer.Action] {
    let body: JSON = [
        "model": "tiny-1",
        "choices": [["finish_reason": .string(reason), "message": ["role": "assistant", "content": .string(text)]]],
        "usage": ["prompt_tokens": 10, "completion_tokens": 5],
    ]
    return [.text(body.serialized(), type: "application/json")]
}

private func streamed(_ pieces: [String]) -> [LoopbackServer.Action] {
    let deltas = pieces.map { piece in
        LoopbackServer.Action.chunk(
            "data: {\"model\":\"tiny-1\",\"choices\":[{\"delta\":{\"content\":\"\(piece)\"},\"finish_reason\":null}]}\n\n"
        )
    }
    return [.chunkedHead()] + deltas + [
        .chunk("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"),
        .chunk("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}\n\n"),
        .chunk("data: [DONE]\n\n"), .chunk(""),
    ]
}

extension ExecutorStage {
    /// An executor whose models all answer from this stage's server.
    func prompt(
        prices: [String: PriceTable.Price] = [:], features: ProviderFeatures = ProviderFeatures()
    ) throws -> PromptExecutor {
        let provider = OpenAIChat(
            ProviderConnection(name: "local", baseURL: try OutboundURL(parsing: "\(base)/v1"), egress: egress),
            key: nil,
            dialect: OpenAIChat.Dialect(tokenLimitField: "max_tokens", features: features))
        let router = ModelRouter(providers: [provider], aliases: ["default": "local/tiny"])
        return PromptExecutor(router: { router }, prices: { PriceTable(prices) })
    }
}
