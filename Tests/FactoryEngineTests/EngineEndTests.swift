import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryStore
import FactoryTestKit
import Synchronization
import Testing

@Suite("The end of a run", .timeLimit(.minutes(1))) struct RunEndTests {
    let bench = Bench()

    @Test("is waited for without its events, by any number, and is there at once for a run that nobody drives")
    func waitedFor() async throws {
        let (started, mayEnd) = (Signal(), Signal())
        let executor = ScriptedExecutor([
            "a": { _ throws(StepFailure) in
                started.fire()
                await mayEnd.wait()
                return .value(1)
            }
        ])
        try await bench.withEngine([executor]) { engine, store in
            let id = try await engine.launch(try bench.request("steps:\n" + step("a")))
            await started.wait()
            let waiting = (0..<3).map { _ in Task { await engine.end(of: id) } }
            mayEnd.fire()
            for waiter in waiting { await waiter.value }
            #expect(try await store.run(id).status == .succeeded)
            await engine.end(of: id)
        }
    }

    @Test("is no longer waited for by a task that is cancelled")
    func waiterCancelled() async throws {
        let (started, mayEnd) = (Signal(), Signal())
        let executor = ScriptedExecutor([
            "a": { _ throws(StepFailure) in
                started.fire()
                await mayEnd.wait()
                return .value(1)
            }
        ])
        try await bench.withEngine([executor]) { engine, store in
            let id = try await engine.launch(try bench.request("steps:\n" + step("a")))
            await started.wait()
            let waiter = Task { await engine.end(of: id) }
            waiter.cancel()
            await waiter.value
            #expect(try await store.run(id).status == .running)
            mayEnd.fire()
            await engine.end(of: id)
        }
    }

    @Test("comes for steps in a row in one task: the next begins where the last one ended")
    func sameTask() async throws {
        let tasks = Mutex<[Int]>([])
        let names = (0..<40).map { "s\($0)" }
        let noteTask: ScriptedExecutor.Action = { (_: StepWork) async throws(StepFailure) -> StepOutcome in
            let task = withUnsafeCurrentTask { $0?.hashValue } ?? 0
            tasks.withLock { $0.append(task) }
            return .value(1)
        }
        let executor = ScriptedExecutor(Dictionary(uniqueKeysWithValues: names.map { ($0, noteTask) }))
        let report = try await bench.run("steps:\n" + names.map { step($0) }.joined(), [executor])
        #expect(report.run.status == .succeeded)
        // The first may end before the run waits for it.
        let found = tasks.withLock { $0 }
        #expect(found.count == 40)
        #expect(Set(found).count < 20)
    }
}

@Suite("An engine that stops", .timeLimit(.minutes(1))) struct EngineEndTests {
    let bench = Bench()

    @Test("leaves the runs it drives as they are: nothing is taken for cancelled, and nothing for succeeded")
    func interrupted() async throws {
        let started = Signal()
        let executor = ScriptedExecutor([
            "a": { _ throws(StepFailure) in
                started.fire()
                await Signal.cancellation()
                return .value(1)
            }
        ])
        let document = "steps:\n" + step("a") + step("b")
        let id = try await bench.interrupting([executor], document, once: started)
        try await bench.withEngine([ScriptedExecutor()]) { engine, store in
            let left = try await store.report(of: id)
            #expect(left.run.status == .running)
            #expect(left.shape == "a:running b:queued")
            for await _ in try await engine.resume(id, secrets: SecretVault(values: [:], nonce: "n")).events {}
            #expect(try await store.report(of: id).shape == "a:succeeded b:succeeded")
        }
    }

    @Test("stops too while all a run does is wait for a retry")
    func interruptedWaiting() async throws {
        let executor = ScriptedExecutor([
            "a": { _ throws(StepFailure) in throw StepFailure(code: "network_error", class: .network, message: "cut") }
        ])
        let waiting = Signal()
        let document = "steps:\n" + step("a", "retry: {max_attempts: 2, delay: 1h, jitter: false}")
        let id = try await bench.interrupting([executor], document, once: waiting) {
            if $0.kind == .stepWaiting { waiting.fire() }
        }
        try await bench.withEngine([ScriptedExecutor()]) { _, store in
            let left = try await store.report(of: id)
            #expect(left.shape == "a:waiting")
        }
    }

    @Test("refuses a run that it could no longer drive, and ends the stream of its events")
    func startDuringShutdown() async throws {
        let engines = Mutex<Engine?>(nil)
        let hooks = StoreHooks(willCreate: { engines.withLock { $0 }?.shutdown() })
        try await bench.withEngine([ScriptedExecutor()], hooks: hooks) { engine, store in
            engines.withLock { $0 = engine }
            await #expect(throws: EngineError.self) {
                let run = try await engine.start(try bench.request("steps:\n" + step("a")))
                for await _ in run.events {}
            }
            // What was written is there to be resumed.
            let left = try await store.runs(RunFilter()).runs
            #expect(left.map(\.status) == [.running])
        }
    }
}

extension Bench {
    /// Starts the document and ends the task that drives it when `signal` is given; gives the run that is left.
    fileprivate func interrupting(
        _ executors: [any StepExecutor], _ document: String, once signal: Signal,
        _ look: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) async throws -> ID<Run> {
        let engine = try await engine(executors)
        let driving = Task { await engine.run() }
        let run = try await engine.start(try request(document))
        let watching = Task { for await event in run.events { look(event) } }
        await signal.wait()
        driving.cancel()
        await driving.value
        await watching.value
        return run.id
    }
}
