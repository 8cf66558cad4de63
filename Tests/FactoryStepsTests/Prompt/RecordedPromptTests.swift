import FactoryBlobs
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryLLM
import FactoryTestKit
import Testing

@testable import FactorySteps

@Suite("A prompt step on recorded answers") struct RecordedPromptTests {
    private static let fields = """
        prompt: "How many {{ inputs.things }}?"
        seed: 7
        schema: {type: object, required: [n], properties: {n: {type: integer}}}
        """
    private static let limited = ProviderFeatures(takesSchema: false, takesSeed: false)

    @Test("gives what was given then, warnings and the second question too, asks nobody, and has used nothing")
    func replays() async throws {
        try await ExecutorStage.run(answer: { request in
            let isRepair = request.body.contains("cannot be used")
            return answer(isRepair ? "{\"n\": 3}" : "three")
        }) { stage in
            let recorder = CassetteRecorder()
            let price = ModelPrice(input: 1, output: 1)
            let live = try await stage.output(
                try stage.prompt(prices: ["local/tiny": price], features: Self.limited, recorder: recorder),
                Self.fields,
                inputs: ["things": "pears"])
            #expect(live.value["json"] == ["n": 3])
            #expect(live.usage?.calls == 2 && live.usage?.costUSD != nil)
            #expect(live.warnings == ["seed is not supported by this provider and was not sent"])
            #expect(recorder.cassette.calls.count == 2)

            let asked = stage.server.requests.count
            let tape = try stage.blobs.put(Array(recorder.cassette.serialized().utf8))
            // The provider that is configured by now takes everything: the questions are those of then all the same.
            let replayed = try await stage.output(
                try stage.prompt(prices: ["local/tiny": price]), Self.fields, inputs: ["things": "pears"],
                cassette: tape)
            #expect(stage.server.requests.count == asked)
            #expect(replayed.usage == nil)
            #expect(replayed.warnings == live.warnings)
            for member in ["text", "json", "model", "provider", "finish_reason", "usage"] {
                #expect(replayed.value[member] == live.value[member], "\(member)")
            }
            #expect(replayed.value["cost_usd"] == JSON.null)

            let failure = try await stage.failure(
                try stage.prompt(), Self.fields, inputs: ["things": "plums"], cassette: tape)
            #expect(failure.code == "not_recorded")
            #expect(failure.message.contains("How many plums?"))
            #expect(failure.usage == nil)
            #expect(stage.server.requests.count == asked)
        }
    }

    @Test("records no secret that a question or an answer holds")
    func secrets() async throws {
        try await ExecutorStage.run(answer: { _ in answer("It is swordfish99.") }) { stage in
            let recorder = CassetteRecorder()
            _ = try await stage.output(
                try stage.prompt(recorder: recorder), "prompt: Is it swordfish99?", secrets: ["WORD": "swordfish99"])
            #expect(recorder.cassette.calls.count == 1)
            #expect(!recorder.cassette.serialized().contains("swordfish99"))
        }
    }

    @Test("fails where the run's recording cannot be read")
    func damaged() async throws {
        try await ExecutorStage.run(answer: { _ in answer("x") }) { stage in
            let broken = try stage.blobs.put(Array("{}".utf8))
            for tape in [broken, ContentHash(rawValue: String(repeating: "0", count: 64))] {
                let failure = try await stage.failure(try stage.prompt(), "prompt: Hi", cassette: tape)
                #expect(failure.code == "storage_error")
            }
            #expect(stage.server.requests.isEmpty)
        }
    }
}

private func answer(_ text: String) -> [LoopbackServer.Action] {
    let body: JSON = [
        "model": "tiny-1",
        "choices": [["finish_reason": "stop", "message": ["role": "assistant", "content": .string(text)]]],
        "usage": ["prompt_tokens": 10, "completion_tokens": 5],
    ]
    return [.text(body.serialized(), type: "application/json")]
}
