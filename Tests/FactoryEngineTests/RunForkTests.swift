import FactoryBlobs
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import Testing

@Suite("A run that goes on from another", .timeLimit(.minutes(10))) struct RunForkTests {
    let bench = Bench()
    let pipeline = """
        steps:
          - {id: a, type: transform, with: {ops: []}}
          - {id: side, type: transform, needs: [], with: {ops: []}}
          - {id: b, type: transform, needs: [a], with: {input: "{{ steps.a.output }}", ops: []}}
          - {id: c, type: transform, needs: [b, side], with: {input: "{{ steps.b.output }}", ops: []}}

        """

    /// The fork of `source` at `step`, of a document that says what `request` says.
    func fork(
        _ source: ID<Run>, at step: String, _ request: RunRequest, in store: any RunStore, values: [String: JSON] = [:]
    ) async throws -> RunFork {
        try RunFork(
            at: step, of: request.pipeline, from: try await store.report(of: source),
            changes: try await store.changes(of: source), into: request.workspace, values: values)
    }

    @Test("keeps what is not behind the step, large outputs too, and runs the rest")
    func kept() async throws {
        let large = JSON.string(String(repeating: "x", count: StoredValue.inlineLimit * 2))
        let executor = ScriptedExecutor([
            "a": { _ in .value(large) },
            "b": { work in .value(["got": work.with["input"] ?? .null, "of": .string(work.run.rawValue)]) },
        ])
        try await bench.withEngine([executor]) { engine, store in
            let first = try await engine.start(try bench.request(pipeline))
            for await _ in first.events {}
            var request = try bench.request(pipeline)
            request.fork = try await fork(first.id, at: "b", request, in: store)
            let second = try await engine.start(request)
            var told: [RunEvent] = []
            for await event in second.events { told.append(event) }
            let (old, new) = (try await store.report(of: first.id), try await store.report(of: second.id))
            #expect(new.shape == "a:succeeded side:succeeded b:succeeded c:succeeded")
            #expect(new.run.forkedFrom == first.id)
            #expect(new.json["forked_from"] == .string(first.id.rawValue))
            #expect(new.json["steps"]?.arrayValue?.map { $0["cached"] } == [true, true, false, false])
            #expect(try new.step("a").output == old.step("a").output)
            #expect(try new.step("b").output != old.step("b").output)
            #expect(told.first?.data["forked_from"] == .string(first.id.rawValue))
            #expect(told.filter { $0.kind == .attemptStarted }.map(\.step) == ["b", "c"])
        }
    }

    @Test("runs what failed, what the document says otherwise, and all that needs it")
    func changed() async throws {
        let executor = ScriptedExecutor([
            "side": { _ throws(StepFailure) in throw StepFailure(code: "no", message: "no") }
        ])
        try await bench.withEngine([executor]) { engine, store in
            let first = try await engine.start(try bench.request(pipeline))
            for await _ in first.events {}
            for (document, step, cached) in [
                (pipeline, "c", [true, false, true, false]),
                (
                    pipeline.replacing("id: a, type: transform", with: "id: a, title: A, type: transform"), "c",
                    [true, false, true, false]
                ),
                (
                    pipeline.replacing(
                        "id: a, type: transform, with: {ops: []}",
                        with: "id: a, type: transform, with: {input: 1, ops: []}"),
                    "c", [false, false, false, false]
                ),
            ] {
                var request = try bench.request(document)
                request.fork = try await fork(first.id, at: step, request, in: store)
                let second = try await engine.start(request)
                for await _ in second.events {}
                let report = try await store.report(of: second.id)
                #expect(report.json["steps"]?.arrayValue?.map { $0["cached"] } == cached.map(JSON.bool))
                #expect(report.run.status == .failed)
            }
        }
    }

    @Test("takes a given output in the place of what a step gave, or could not give")
    func values() async throws {
        let executor = ScriptedExecutor([
            "a": { _ throws(StepFailure) in throw StepFailure(code: "no", message: "no") },
            "b": { work in .value(["got": work.with["input"] ?? .null]) },
        ])
        try await bench.withEngine([executor]) { engine, store in
            let first = try await engine.start(try bench.request(pipeline))
            for await _ in first.events {}
            var request = try bench.request(pipeline)
            request.fork = try await fork(first.id, at: "b", request, in: store, values: ["a": "by hand"])
            let second = try await engine.start(request)
            for await _ in second.events {}
            let report = try await store.report(of: second.id)
            #expect(report.shape == "a:succeeded side:succeeded b:succeeded c:succeeded")
            #expect(try report.step("a").output == .inline("by hand"))
            #expect(try report.step("a").error == nil)
            #expect(try report.step("b").output == .inline(["got": "by hand"]))
        }
    }

    @Test("brings along the file changes of the steps it keeps, and no others")
    func changes() async throws {
        let hash = try bench.blobs().put(Array("x".utf8))
        func writing(_ path: String) -> ScriptedExecutor.Action {
            { _ in
                .output(
                    StepOutput(
                        value: [:], changes: [FileChange(path: path, action: .write(hash, size: 1), base: nil)]))
            }
        }
        let executor = ScriptedExecutor(["a": writing("a.txt"), "b": writing("b.txt")])
        try await bench.withEngine([executor], changes: ScriptedChanges(planned: .pending)) { engine, store in
            let first = try await engine.start(try bench.request(pipeline))
            for await _ in first.events {}
            var request = try bench.request(pipeline)
            request.fork = try await fork(first.id, at: "b", request, in: store)
            let second = try await engine.start(request)
            for await _ in second.events {}
            let changes = try await store.changes(of: second.id)
            #expect(changes.map(\.change.path).sorted() == ["a.txt", "b.txt"])
            let report = try await store.report(of: second.id)
            let own = Set(report.steps.map(\.id))
            #expect(changes.allSatisfy { own.contains($0.stepRun) })
            #expect(report.run.changes == .pending)
        }
    }

    @Test("is as good as any other run after a crash, and when its source is gone")
    func crash() async throws {
        let large = JSON.string(String(repeating: "y", count: StoredValue.inlineLimit * 2))
        let executor = ScriptedExecutor(["a": { _ in .value(large) }])
        let (first, second) = try await bench.withEngine([executor]) { engine, store in
            let first = try await engine.start(try bench.request(pipeline))
            for await _ in first.events {}
            var request = try bench.request(pipeline)
            request.fork = try await fork(first.id, at: "b", request, in: store)
            let second = try await engine.start(request)
            for await _ in second.events {}
            return (first.id, second.id)
        }
        let (store, blobs) = (try bench.store(), try bench.blobs())
        guard case .blob(let hash, _, _) = try await store.report(of: second).step("a").output else {
            Issue.record("the output is not in a blob")
            return
        }
        _ = try await store.remove([first])
        _ = try await blobs.collect([hash]) { try await store.named(among: $0) }
        #expect(try !blobs.read(hash).isEmpty)
        try await bench.withEngine([executor]) { engine, store in
            let again = try await engine.retry(second, from: "c", secrets: SecretVault(values: [:], nonce: "nonce"))
            for await _ in again.events {}
            let report = try await store.report(of: second)
            #expect(report.run.status == .succeeded)
            #expect(report.json["steps"]?.arrayValue?.map { $0["cached"] } == [true, true, false, false])
        }
    }

    @Test("is refused where there is nothing to go on from, and says why")
    func refusals() async throws {
        try await bench.withEngine([ScriptedExecutor([:])]) { engine, store in
            let request = try bench.request(pipeline)
            let first = try await engine.start(request)
            for await _ in first.events {}
            let known = ["a", "side", "b", "c"]
            for (step, values, problem) in [
                ("x", [:], RunForkProblem.unknownStep("x", known: known)),
                ("b", ["x": 1], .unknownStep("x", known: known)), ("b", ["b": 1], .runsAnew("b", from: "b")),
                ("b", ["c": 1], .runsAnew("c", from: "b")),
            ] as [(String, [String: JSON], RunForkProblem)] {
                let found = await #expect(throws: RunForkProblem.self) {
                    _ = try await fork(first.id, at: step, request, in: store, values: values)
                }
                #expect(found == problem)
                #expect(!problem.message.isEmpty && !problem.hint.isEmpty)
            }
            var alone = try bench.request(pipeline)
            let past = PastRuns(pipelineID: nil, pipeline: "bench", owner: Owner.local)
            alone.only = try await RunReader(store).loneStep("b", of: alone.pipeline, from: nil, among: past).get()
            let lone = try await engine.start(alone)
            for await _ in lone.events {}
            let found = await #expect(throws: RunForkProblem.self) {
                _ = try await fork(lone.id, at: "c", request, in: store)
            }
            #expect(found == .isAlone(lone.id, "b"))
        }
    }
}
