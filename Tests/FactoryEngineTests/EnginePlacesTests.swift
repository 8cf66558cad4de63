import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryStore
import FactoryTestKit
import Synchronization
import Testing

/// One lane of width 1, so that a place that got lost stops everything.
@Suite("A place in a lane", .timeLimit(.minutes(1))) struct EnginePlacesTests {
    let bench = Bench()
    let narrow = LaneWidths(code: 1, other: 1)
    let two = "steps:\n" + step("a", "needs: []") + step("b", "needs: []")

    @Test("comes back from a run that is cancelled while one of its steps waits for one")
    func cancelled() async throws {
        let started = Signal()
        let executor = ScriptedExecutor(["a": Self.hanging(started)])
        try await bench.withEngine([executor], widths: narrow) { engine, store in
            let run = try await engine.start(try bench.request(two))
            await started.wait()
            try await engine.cancel(run.id)
            for await _ in run.events {}
            #expect(try await store.report(of: run.id).shape == "a:cancelled b:skipped(cancelled)")
            let next = try await engine.start(try bench.request("steps:\n" + step("c")))
            for await _ in next.events {}
            #expect(try await store.run(next.id).status == .succeeded)
        }
    }

    @Test("comes back from a run that the store no longer takes")
    func refused() async throws {
        let isRefusing = Mutex(true)
        let hooks = StoreHooks(willCommit: { _ throws(StoreError) in
            if isRefusing.withLock({ $0 }) { throw .diskFull }
        })
        try await bench.withEngine([ScriptedExecutor()], widths: narrow, hooks: hooks) { engine, store in
            let run = try await engine.start(try bench.request(two))
            for await _ in run.events {}
            guard case .diskFull? = engine.failure(of: run.id) else {
                Issue.record("the engine does not say that the disk is full")
                return
            }
            isRefusing.withLock { $0 = false }
            for await _ in try await engine.resume(run.id, secrets: SecretVault(values: [:], nonce: "n")).events {}
            #expect(try await store.report(of: run.id).shape == "a:succeeded b:succeeded")
        }
    }

    @Test("comes back from a run that could not be written at all")
    func notCreated() async throws {
        let isRefusing = Mutex(true)
        let hooks = StoreHooks(willCreate: { () throws(StoreError) in
            if isRefusing.withLock({ $0 }) { throw .diskFull }
        })
        try await bench.withEngine([ScriptedExecutor()], widths: narrow, hooks: hooks) { engine, store in
            await #expect(throws: EngineError.self) { try await engine.start(try bench.request(two)) }
            isRefusing.withLock { $0 = false }
            let run = try await engine.start(try bench.request(two))
            for await _ in run.events {}
            #expect(try await store.run(run.id).status == .succeeded)
        }
    }

    @Test("is handed on within one transaction to the run's own next step, when nobody else waits")
    func oneCommitPerStep() async throws {
        let commits = Mutex(0)
        let hooks = StoreHooks(willCommit: { _ in commits.withLock { $0 += 1 } })
        let steps = (0..<5).map { step("s\($0)", "needs: []") }.joined()
        try await bench.withEngine([ScriptedExecutor()], widths: narrow, hooks: hooks) { engine, store in
            let run = try await engine.start(try bench.request("steps:\n" + steps))
            for await _ in run.events {}
            #expect(try await store.run(run.id).status == .succeeded)
        }
        #expect(commits.withLock { $0 } == 5)
    }

    @Test("goes in turn to runs that wait for it")
    func turns() async throws {
        let (started, release) = (Signal(), Signal())
        let executor = ScriptedExecutor([
            "a": { _ throws(StepFailure) in
                started.fire()
                await release.wait()
                return .value(1)
            }
        ])
        try await bench.withEngine([executor], widths: narrow) { engine, _ in
            let first = try await engine.start(try bench.request(two))
            await started.wait()
            let second = try await engine.start(try bench.request("steps:\n" + step("x")))
            release.fire()
            for await _ in first.events {}
            for await _ in second.events {}
            #expect(executor.executedSteps == ["a", "b", "x"])
        }
    }

    static func hanging(_ started: Signal) -> ScriptedExecutor.Action {
        { _ throws(StepFailure) in
            started.fire()
            await Signal.cancellation()
            return .value(1)
        }
    }
}
