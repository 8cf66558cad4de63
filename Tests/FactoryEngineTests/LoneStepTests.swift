import FactoryBlobs
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import Testing

@Suite("A step that is run alone", .timeLimit(.minutes(10))) struct LoneStepTests {
    let bench = Bench()
    let vault = SecretVault(values: [:], nonce: "nonce")
    let pipeline = """
        steps:
          - {id: a, type: transform, with: {ops: []}}
          - {id: b, type: transform, with: {input: "{{ steps.a.output }}", ops: []}}
          - {id: c, type: transform, with: {input: "{{ steps.b.output }}", ops: []}}

        """
    let past = PastRuns(pipelineID: nil, pipeline: "bench", owner: Owner.local)

    @Test("gets what the past run had, large outputs too, and gives its own as the run's")
    func values() async throws {
        let large = JSON.string(String(repeating: "x", count: StoredValue.inlineLimit * 2))
        let executor = ScriptedExecutor([
            "a": { _ in .value(large) },
            "b": { work in .value(["got": work.with["input"] ?? .null, "attempt": .int(Int64(work.attemptNumber))]) },
        ])
        try await bench.withEngine([executor]) { engine, store in
            let first = try await engine.start(try bench.request(pipeline))
            for await _ in first.events {}
            var request = try bench.request(pipeline)
            request.only = try await RunReader(store).loneStep("b", of: request.pipeline, from: first.id, among: past)
                .get()
            let second = try await engine.start(request)
            for await _ in second.events {}
            let report = try await store.report(of: second.id)
            #expect(report.run.only == OnlyStep(step: "b", source: first.id))
            #expect(report.shape == "a:succeeded b:succeeded c:skipped(not_asked_for)")
            let (old, new) = (try await store.report(of: first.id), report)
            #expect(try new.step("a").output == old.step("a").output)
            #expect(try new.step("b").output == old.step("b").output)
            #expect(new.json["steps"]?.arrayValue?.map { $0["cached"] } == [true, false, false])
            #expect(new.run.outputs.map { if case .blob = $0 { true } else { false } } == true)
        }
    }

    @Test("keeps what it took over when the past run is let go")
    func kept() async throws {
        let large = JSON.string(String(repeating: "y", count: StoredValue.inlineLimit * 2))
        let executor = ScriptedExecutor(["a": { _ in .value(large) }])
        let (first, second) = try await bench.withEngine([executor]) { engine, store in
            let first = try await engine.start(try bench.request(pipeline))
            for await _ in first.events {}
            var request = try bench.request(pipeline)
            request.only = try await RunReader(store).loneStep("b", of: request.pipeline, from: nil, among: past).get()
            let second = try await engine.start(request)
            for await _ in second.events {}
            return (first.id, second.id)
        }
        let (store, blobs) = (try bench.store(), try bench.blobs())
        let output = try #require(try await store.report(of: second).step("a").output)
        guard case .blob(let hash, _, _) = output else {
            Issue.record("the output is not in a blob")
            return
        }
        #expect(try await store.report(of: first).step("a").output == output)
        _ = try await store.remove([first])
        _ = try await blobs.collect([hash]) { try await store.named(among: $0) }
        #expect(try !blobs.read(hash).isEmpty)
    }

    @Test("is refused where it cannot be run, and says why")
    func refusals() async throws {
        let executor = ScriptedExecutor(["b": { _ throws(StepFailure) in throw StepFailure(code: "no", message: "no") }]
        )
        try await bench.withEngine([executor]) { engine, store in
            let reader = RunReader(store)
            let request = try bench.request(pipeline)
            let none = try await reader.loneStep("b", of: request.pipeline, from: nil, among: past)
            #expect(none.problem == .missing(["a"], for: "b", in: nil))
            #expect(try await reader.loneStep("a", of: request.pipeline, from: nil, among: past).get().source == nil)
            let run = try await engine.start(request)
            for await _ in run.events {}
            for (step, problem) in [
                ("x", LoneStepProblem.unknownStep("x", known: ["a", "b", "c"])),
                ("c", .missing(["b"], for: "c", in: run.id)),
            ] {
                #expect(
                    try await reader.loneStep(step, of: request.pipeline, from: run.id, among: past).problem == problem)
                #expect(
                    try await reader.loneStep(step, of: request.pipeline, from: nil, among: past).problem == problem)
            }
            let other = PastRuns(pipelineID: nil, pipeline: "other", owner: Owner.local)
            #expect(
                try await reader.loneStep("b", of: request.pipeline, from: run.id, among: other).problem
                    == .otherPipeline(run.id))
            let disabled = try bench.request(pipeline.replacing("id: b,", with: "id: b, enabled: false,"))
            #expect(
                try await reader.loneStep("b", of: disabled.pipeline, from: run.id, among: past).problem
                    == .disabled("b"))
        }
    }

    @Test("is not retried from a step that it is not of")
    func otherStep() async throws {
        try await bench.withEngine([ScriptedExecutor([:])]) { engine, store in
            let first = try await engine.start(try bench.request(pipeline))
            for await _ in first.events {}
            var request = try bench.request(pipeline)
            request.only = try await RunReader(store).loneStep("b", of: request.pipeline, from: nil, among: past).get()
            let second = try await engine.start(request)
            for await _ in second.events {}
            #expect(
                await refusal { try await engine.retry(second.id, from: "a", secrets: vault) }
                    == .notAskedFor("a", in: second.id))
        }
    }

    @Test("does without an output that it looks for before it reads it")
    func presence() async throws {
        let optional = pipeline.replacing("{{ steps.a.output }}", with: "{{ default(steps.a.output, 1) }}")
        let request = try bench.request(optional)
        #expect(try LoneStep("b", of: request.pipeline, from: nil).source == nil)
    }
}

extension Result where Success == LoneStep, Failure == LoneStepProblem {
    fileprivate var problem: LoneStepProblem? { if case .failure(let problem) = self { problem } else { nil } }
}
