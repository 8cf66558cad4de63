import FactoryDomain
import FactoryEngine
import FactoryExpressions
import FactoryJSON
import FactorySecrets
import FactoryStore
import FactoryTestKit
import Testing

@Suite("What a person does to a run", .timeLimit(.minutes(10))) struct EngineControlTests {
    let bench = Bench()
    let vault = SecretVault(values: [:], nonce: "nonce")
    let three = "steps:\n" + step("a") + step("b") + step("c")

    /// Holds the step `a` until `release` is given.
    static func held(_ started: Signal, _ release: Signal) -> ScriptedExecutor {
        ScriptedExecutor([
            "a": { _ in
                started.fire()
                await release.wait()
                return .value(1)
            }
        ])
    }

    @Test("pausing lets what runs end, starts nothing more, and resuming goes on from there")
    func pause() async throws {
        let (started, release) = (Signal(), Signal())
        try await bench.withEngine([Self.held(started, release)]) { engine, store in
            let run = try await engine.start(try bench.request(three))
            await started.wait()
            try await engine.pause(run.id)
            #expect(try await store.run(run.id).status == .running)
            release.fire()
            try await run.events.until(.runWaiting)
            let report = try await RunReader(store).report(of: run.id)
            #expect(report.run.status == .waiting)
            #expect(report.shape == "a:succeeded b:queued c:queued")
            #expect(report.waitingFor == [nil, "the run is paused; resume it", "the run is paused; resume it"])
            let resumed = try await engine.resume(run.id, secrets: vault)
            for await _ in resumed.events {}
            let ended = try await store.report(of: run.id)
            #expect(ended.shape == "a:succeeded b:succeeded c:succeeded")
            #expect(ended.run.pausedAt == nil)
            let kinds = try await store.events(of: run.id, after: 0, limit: 100).map(\.kind)
            #expect(kinds.filter { $0 == .runPaused || $0 == .runResumed } == [.runPaused, .runResumed])
        }
    }

    @Test("pausing survives a restart: the run is taken over as it is, and waits")
    func pauseAndRestart() async throws {
        let (started, release) = (Signal(), Signal())
        let id = try await bench.withEngine([Self.held(started, release)]) { engine, _ in
            let run = try await engine.start(try bench.request(three))
            await started.wait()
            try await engine.pause(run.id)
            release.fire()
            try await run.events.until(.runWaiting)
            return run.id
        }
        let executor = ScriptedExecutor()
        try await bench.withEngine([executor]) { engine, store in
            let recovered = try await engine.recover { _ in vault }
            #expect(recovered.map(\.id) == [id])
            #expect(try await store.report(of: id).shape == "a:succeeded b:queued c:queued")
            #expect(try await store.run(id).status == .waiting)
            #expect(executor.executedSteps.isEmpty)
            for await _ in try await engine.resume(id, secrets: vault).events {}
            #expect(try await store.report(of: id).shape == "a:succeeded b:succeeded c:succeeded")
        }
    }

    @Test("a run that nobody drives can be paused, and is then taken over paused")
    func pauseInterrupted() async throws {
        let started = Signal()
        let engine = try await bench.engine([Self.held(started, Signal())])
        let driving = Task { await engine.run() }
        let run = try await engine.start(try bench.request(three))
        await started.wait()
        driving.cancel()
        try await bench.withEngine([ScriptedExecutor()]) { engine, store in
            try await engine.pause(run.id)
            #expect(try await store.run(run.id).status == .waiting)
            _ = try await engine.recover { _ in vault }
            let report = try await RunReader(store).report(of: run.id)
            #expect(report.shape == "a:waiting b:queued c:queued")
            #expect(report.attempts.map(\.status) == [.lost])
            #expect(report.waitingFor == Array(repeating: "the run is paused; resume it", count: 3))
            for await _ in try await engine.resume(run.id, secrets: vault).events {}
            #expect(try await store.report(of: run.id).shape == "a:succeeded b:succeeded c:succeeded")
        }
    }

    @Test("a paused run is cancelled at once")
    func cancelPaused() async throws {
        let (started, release) = (Signal(), Signal())
        try await bench.withEngine([Self.held(started, release)]) { engine, store in
            let run = try await engine.start(try bench.request(three))
            await started.wait()
            try await engine.pause(run.id)
            release.fire()
            try await engine.cancel(run.id)
            for await _ in run.events {}
            let ended = try await store.report(of: run.id)
            #expect(ended.run.status == .cancelled)
            #expect(ended.run.pausedAt == nil)
        }
    }

    @Test("what cannot be done is refused, and says why")
    func refused() async throws {
        let (started, release) = (Signal(), Signal())
        try await bench.withEngine([Self.held(started, release)]) { engine, _ in
            let run = try await engine.start(try bench.request(three))
            await started.wait()
            #expect(await refusal { try await engine.retry(run.id, from: nil, secrets: vault) } == .isRunning(run.id))
            #expect(await refusal { try await engine.resume(run.id, secrets: vault) } == .isRunning(run.id))
            try await engine.pause(run.id)
            #expect(await refusal { try await engine.pause(run.id) } == .isPaused(run.id))
            release.fire()
            for await _ in try await engine.resume(run.id, secrets: vault).events {}
            #expect(await refusal { try await engine.pause(run.id) } == .hasEnded(run.id, .succeeded))
            #expect(await refusal { try await engine.resume(run.id, secrets: vault) } == .hasEnded(run.id, .succeeded))
            #expect(
                await refusal { try await engine.retry(run.id, from: nil, secrets: vault) } == .nothingToRetry(run.id))
            #expect(
                await refusal { try await engine.retry(run.id, from: "z", secrets: vault) }
                    == .unknownStep("z", in: run.id))
            #expect(await refusal { try await engine.cancel(run.id) } == .hasEnded(run.id, .succeeded))
        }
    }

    @Test("a retry of a run that was interrupted is refused: it has not ended")
    func retryInterrupted() async throws {
        let started = Signal()
        let engine = try await bench.engine([Self.held(started, Signal())])
        let driving = Task { await engine.run() }
        let run = try await engine.start(try bench.request(three))
        await started.wait()
        driving.cancel()
        try await bench.withEngine([ScriptedExecutor()]) { engine, _ in
            #expect(await refusal { try await engine.retry(run.id, from: "a", secrets: vault) } == .hasNotEnded(run.id))
        }
    }

    @Test("an engine that shuts down leaves a paused run as it stands, to be resumed")
    func shutdownWhilePaused() async throws {
        let (started, release) = (Signal(), Signal())
        let id = try await bench.withEngine([Self.held(started, release)]) { engine, _ in
            let run = try await engine.start(try bench.request(three))
            await started.wait()
            try await engine.pause(run.id)
            engine.shutdown()
            release.fire()
            for await _ in run.events {}
            return run.id
        }
        try await bench.withEngine([ScriptedExecutor()]) { engine, store in
            #expect(try await store.report(of: id).shape == "a:succeeded b:queued c:queued")
            for await _ in try await engine.resume(id, secrets: vault).events {}
            #expect(try await store.run(id).status == .succeeded)
        }
    }

    @Test("a scope shows what a past run had, large values too, and no secret")
    func scope() async throws {
        let long = String(repeating: "x", count: 40_000)
        let executor = ScriptedExecutor(["a": { _ in .value(["text": .string(long)]) }])
        try await bench.withEngine([executor]) { engine, _ in
            let run = try await engine.start(
                try bench.request(
                    "inputs: {n: {type: integer}}\n" + three, inputs: ["n": 2], secrets: ["TOKEN": "hush"]))
            for await _ in run.events {}
            let scope = try await engine.scope(of: run.id)
            let expression = try Expression(
                parsing: "string(inputs.n) + ' ' + steps.b.status + ' ' + string(size(steps.a.output.text))")
            #expect(try expression.json(in: scope) == "2 succeeded 40000")
        }
    }
}

/// What `body` is refused with; nil where it is not.
func refusal<Value>(_ body: () async throws -> Value) async -> EngineError? {
    do { _ = try await body() } catch { return error as? EngineError }
    return nil
}

extension EngineError {
    /// Two refusals with the same words are the same.
    static func == (left: EngineError?, right: EngineError) -> Bool { left?.description == right.description }
}

extension AsyncStream<RunEvent> {
    /// Returns once an event of this kind came; throws when none does.
    func until(_ kind: RunEvent.Kind) async throws {
        for await event in self where event.kind == kind { return }
        throw EndOfEvents()
    }

    struct EndOfEvents: Error {}
}

extension RunReport {
    /// What each step waits for.
    var waitingFor: [String?] { json["steps"]?.arrayValue?.map { $0["waiting_for"]?.stringValue } ?? [] }
}
