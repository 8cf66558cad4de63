import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import Testing

@Suite("A retry of a run", .timeLimit(.minutes(10))) struct EngineRetryTests {
    let bench = Bench()
    let vault = SecretVault(values: [:], nonce: "nonce")
    let two = "steps:\n" + step("a") + step("b")

    @Test("drops the file changes of the steps that run anew, and plans the rest again")
    func changes() async throws {
        let executor = ScriptedExecutor(["a": EngineChangesTests.writing("x"), "b": EngineChangesTests.writing("y")])
        let pending = ScriptedChanges(planned: .pending)
        try await bench.withEngine([executor], changes: pending) { engine, store in
            let run = try await engine.start(try bench.request(two))
            for await _ in run.events {}
            #expect(try await store.plan(of: run.id).map(\.path) == ["x", "y"])
            for await _ in try await engine.retry(run.id, from: "b", secrets: vault).events {}
            #expect(try await store.changes(of: run.id).map(\.change.path) == ["x", "y"])
            let report = try await store.report(of: run.id)
            #expect(report.run.changes == .pending)
            #expect(report.plan.map(\.state) == [.pending, .pending])
            // What was spent stays counted.
            #expect(report.usage?.calls == 3)
        }
    }

    @Test("is refused where a step that would be kept has changed the workspace already")
    func carriedOut() async throws {
        let executor = ScriptedExecutor(["a": EngineChangesTests.writing("x"), "b": EngineChangesTests.writing("y")])
        try await bench.withEngine([executor]) { engine, store in
            let run = try await engine.start(try bench.request(two))
            for await _ in run.events {}
            #expect(try await store.run(run.id).changes == .applied)
            #expect(
                await refusal { try await engine.retry(run.id, from: "b", secrets: vault) }
                    == .changesCarriedOut(run.id))
            // Nothing was kept of the refused retry, and from the start it may run again.
            #expect(try await store.run(run.id).status == .succeeded)
            for await _ in try await engine.retry(run.id, from: "a", secrets: vault).events {}
            #expect(try await store.report(of: run.id).shape == "a:succeeded b:succeeded")
        }
    }

    @Test("tells from which step it goes, and drops outputs, error and end of the run until it has ended again")
    func told() async throws {
        let (started, release) = (Signal(), Signal())
        let executor = ScriptedExecutor([
            "b": { work throws(StepFailure) in
                guard work.attemptNumber > 1 else { throw StepFailure(code: "no", message: "no") }
                started.fire()
                await release.wait()
                return .value(2)
            }
        ])
        try await bench.withEngine([executor]) { engine, store in
            let run = try await engine.start(try bench.request(two))
            for await _ in run.events {}
            let retried = try await engine.retry(run.id, from: "b", secrets: vault)
            await started.wait()
            let during = try await store.report(of: run.id)
            #expect(during.run.status == .running)
            #expect(during.run.error == nil)
            #expect(during.run.finishedAt == nil)
            #expect(try during.step("b").error == nil)
            release.fire()
            for await _ in retried.events {}
            let told = try await store.events(of: run.id, after: 0, limit: 100).filter { $0.kind == .runRetried }
            #expect(told.map(\.data) == [["from": "b"]])
            #expect(try await store.run(run.id).outputs?.json == ["b": 2])
        }
    }
}

@Suite("At the start of a server", .timeLimit(.minutes(10))) struct EngineRecoveryTests {
    let bench = Bench()
    let vault = SecretVault(values: [:], nonce: "nonce")

    @Test("every run that had not ended is taken over, however many there are, and ended ones are left alone")
    func recovers() async throws {
        let engine = try await bench.engine([ScriptedExecutor()])
        var left: [ID<Run>] = []
        // More than are looked up at once; nobody drives them.
        for _ in 0..<120 { left.append(try await engine.start(bench.request("steps:\n" + step("a"))).id) }
        let executor = ScriptedExecutor()
        try await bench.withEngine([executor]) { engine, store in
            let done = try await engine.start(try bench.request("steps:\n" + step("z")))
            for await _ in done.events {}
            let recovered = try await engine.recover { _ in vault }
            #expect(recovered.map(\.id) == left)
            for run in recovered { for await _ in run.events {} }
            #expect(try await store.unfinished(after: nil, limit: 10).isEmpty)
            #expect(executor.executedSteps.count { $0 == "a" } == 120)
            #expect(executor.executedSteps.count { $0 == "z" } == 1)
        }
    }

    @Test("a run whose document this program cannot read ends failed and says why")
    func unreadable() async throws {
        let store = try bench.store()
        let id: ID<Run> = ID(rawValue: "run_1")
        let now = Timestamp(milliseconds: 0)
        let steps = ["a", "b"].enumerated().map { place, name in
            StepRunRecord(id: ID(rawValue: "sr_\(name)"), path: name, stepID: name, type: "transform", position: place)
        }
        var first = RunCommit(run: id, number: 0, lease: try await store.takeOver())
        var started = steps[0]
        (started.status, started.startedAt) = (.running, now)
        first.steps = [started]
        first.started = [
            AttemptRecord(
                id: ID(rawValue: "att_1"), stepRun: started.id, number: 1, startEvent: 1, status: .running,
                startedAt: now)
        ]
        let record = RunRecord(
            id: id, number: 0, pipeline: "newer", document: ["version": 99], status: .running, trigger: "manual",
            inputs: .inline([:]), workspace: bench.folder.path, createdAt: now)
        _ = try await store.create(record, steps: steps, first: first)
        try await bench.withEngine([ScriptedExecutor()]) { engine, store in
            #expect(try await engine.recover { _ in vault }.isEmpty)
            let report = try await store.report(of: id)
            #expect(report.run.status == .failed)
            #expect(report.run.error?.code == "invalid_document")
            #expect(report.shape == "a:cancelled b:skipped(cancelled)")
            #expect(report.attempts.map(\.status) == [.lost])
            #expect(try await store.events(of: id, after: 0, limit: 10).last?.kind == .runFinished)
        }
    }

    @Test("a run whose secrets cannot be had ends failed and can be resumed; a paused one stays paused")
    func withoutSecrets() async throws {
        let engine = try await bench.engine([ScriptedExecutor()])
        let interrupted = try await engine.start(try bench.request("steps:\n" + step("a"))).id
        let paused = try await engine.start(try bench.request("steps:\n" + step("b"))).id
        try await bench.withEngine([ScriptedExecutor()]) { engine, store in
            try await engine.pause(paused)
            let recovered = try await engine.recover { _ throws(StepFailure) in
                throw StepFailure(code: "secret_unavailable", message: "the key is not there")
            }
            #expect(recovered.map(\.id) == [paused])
            #expect(try await store.run(interrupted).error?.code == "secret_unavailable")
            #expect(try await store.run(paused).status == .waiting)
            for id in [interrupted, paused] {
                for await _ in try await engine.resume(id, secrets: vault).events {}
                #expect(try await store.run(id).status == .succeeded)
            }
        }
    }
}

@Suite("Lists of runs") struct RunListTests {
    let bench = Bench()

    @Test("are filtered by pipeline, status, trigger and time, newest first, page by page")
    func filters() async throws {
        let failing = ScriptedExecutor([
            "bad": { _ throws(StepFailure) in throw StepFailure(code: "no", message: "no") }
        ])
        try await bench.withEngine([failing]) { engine, store in
            let reader = RunReader(store)
            for number in 1...6 {
                var request = try bench.request("steps:\n" + step(number % 3 == 0 ? "bad" : "good"))
                request.trigger = number % 2 == 0 ? "schedule" : "manual"
                for await _ in try await engine.start(request).events {}
                bench.clock.advance(by: .seconds(1))
            }
            let zero = 1_700_000_000_000 as Int64
            let moment = { (second: Int64) in Timestamp(milliseconds: zero + second * 1_000) }
            func numbers(_ filter: RunFilter) async throws -> [Int64] {
                try await reader.reports(filter).reports.map(\.run.number)
            }
            #expect(try await numbers(RunFilter()) == [6, 5, 4, 3, 2, 1])
            #expect(try await numbers(RunFilter(statuses: [.failed])) == [6, 3])
            #expect(try await numbers(RunFilter(trigger: "manual")) == [5, 3, 1])
            #expect(try await numbers(RunFilter(since: moment(2))) == [6, 5, 4, 3])
            #expect(try await numbers(RunFilter(until: moment(2))) == [2, 1])
            #expect(try await numbers(RunFilter(since: moment(1), until: moment(4))) == [4, 3, 2])
            #expect(try await numbers(RunFilter(statuses: [.succeeded], trigger: "schedule")) == [4, 2])
            #expect(try await numbers(RunFilter(pipeline: "bench")).count == 6)
            #expect(try await numbers(RunFilter(pipeline: "other")).isEmpty)
            let first = try await reader.reports(RunFilter(statuses: [.succeeded], limit: 2))
            #expect(first.reports.map(\.run.number) == [5, 4])
            let second = try await reader.reports(RunFilter(statuses: [.succeeded], limit: 2, before: first.next))
            #expect(second.reports.map(\.run.number) == [2, 1])
            #expect(second.next == nil)
        }
    }

    @Test("say of each run what the run itself says, in the same words")
    func summaries() async throws {
        let executor = ScriptedExecutor([
            "a": { _ throws(StepFailure) in throw StepFailure(code: "no", message: "no") },
            "b": EngineChangesTests.writing("x"),
        ])
        try await bench.withEngine([executor]) { engine, store in
            let run = try await engine.start(
                try bench.request("steps:\n" + step("a", "on_error: continue") + step("b")))
            for await _ in run.events {}
            let listed = try await RunReader(store).reports(RunFilter()).reports
            let whole = try await RunReader(store).report(of: run.id)
            #expect(listed.map(\.summary) == [whole.summary])
            #expect(whole.summary["handled_errors"]?.arrayValue?.count == 1)
            #expect(whole.summary["usage"]?["calls"] == 1)
        }
    }
}
