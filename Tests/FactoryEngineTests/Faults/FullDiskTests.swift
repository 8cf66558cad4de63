import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import Synchronization
import Testing

@Suite("A full disk") struct FullDiskTests {
    let bench = Bench()
    let disk: FaultyDisk

    init() { disk = FaultyDisk(bench.folder) }

    /// A step whose output fills pages of the store.
    static let large = JSON.string(String(repeating: "x", count: 30_000))

    /// `a` runs until `release`; then the disk is full.
    func filling(_ release: Signal, _ started: Signal) -> ScriptedExecutor {
        let hasFilled = Mutex(false)
        return ScriptedExecutor([
            "a": { [disk] _ throws(StepFailure) in
                started.fire()
                await release.wait()
                let isFirst = hasFilled.withLock { filled in
                    defer { filled = true }
                    return !filled
                }
                if isFirst { disk.fail(.full, at: 1, lasting: true) }
                return .value(Self.large)
            }
        ])
    }

    @Test("holds the runs of a server, says since when, and lets them go on when there is room: nothing runs twice")
    func waits() async throws {
        let (started, release) = (Signal(), Signal())
        let executor = filling(release, started)
        try await bench.withEngine([executor], whenDiskFull: .wait) { engine, store in
            #expect(engine.health == .ready)
            let run = try await engine.start(
                try bench.request("steps:\n" + step("a", "timeout: 1h") + step("b", "needs: [a]")))
            await started.wait()
            release.fire()
            await bench.clock.untilSleeping(for: .seconds(1))
            #expect(engine.health == .diskFull(since: bench.now()))
            let since = bench.now()
            #expect(try await store.run(run.id).status == .running)
            // Still full: the next try comes after twice the time.
            bench.clock.advance(by: .seconds(1))
            await bench.clock.untilSleeping(for: .seconds(2))
            #expect(engine.health == .diskFull(since: since))
            disk.mend()
            bench.clock.advance(by: .seconds(2))
            for await _ in run.events {}
            let report = try await store.report(of: run.id)
            #expect(report.shape == "a:succeeded b:succeeded")
            #expect(report.attempts.map(\.status) == [.succeeded, .succeeded])
            #expect(executor.executedSteps == ["a", "b"])
            #expect(engine.health == .ready)
            #expect(engine.failure(of: run.id) == nil)
        }
    }

    @Test("holds many runs with one timer, and lets all of them go on")
    func waitsTogether() async throws {
        let (started, release) = (Signal(), Signal())
        let executor = filling(release, started)
        try await bench.withEngine([executor], whenDiskFull: .wait) { engine, store in
            var runs: [DrivenRun] = []
            for _ in 0..<10 {
                runs.append(try await engine.start(try bench.request("steps:\n" + step("a", "timeout: 1h"))))
            }
            release.fire()
            await bench.clock.untilSleeping(for: .seconds(1))
            disk.mend()
            bench.clock.advance(by: .seconds(1))
            for run in runs { for await _ in run.events {} }
            for run in runs { #expect(try await store.run(run.id).status == .succeeded) }
            #expect(engine.health == .ready)
        }
    }

    @Test("repeats an attempt that found no room for its files, without counting it, when there is room")
    func blobs() async throws {
        let tries = Mutex(0)
        let executor = ScriptedExecutor([
            "a": { work throws(StepFailure) in
                let number = tries.withLock { tries in
                    tries += 1
                    return tries
                }
                guard number > 2 else { throw StepFailure(code: "disk_full", message: "no room for a file") }
                return .value(.int(Int64(work.attemptNumber)))
            }
        ])
        try await bench.withEngine([executor], whenDiskFull: .wait) { engine, store in
            let run = try await engine.start(try bench.request("steps:\n" + step("a")))
            await bench.clock.untilSleeping(for: .seconds(1))
            #expect(engine.health != .ready)
            bench.clock.advance(by: .seconds(1))
            await bench.clock.untilSleeping(for: .seconds(2))
            bench.clock.advance(by: .seconds(2))
            for await _ in run.events {}
            let report = try await store.report(of: run.id)
            #expect(try report.step("a").output?.json == 1)
            #expect(report.attempts.map(\.status) == [.succeeded])
            #expect(engine.health == .ready)
        }
    }

    @Test("ends the drive of a run for a command, which resumes it later", arguments: [true, false])
    func givesUp(_ isStore: Bool) async throws {
        let (started, release) = (Signal(), Signal())
        let executor =
            isStore
            ? filling(release, started)
            : ScriptedExecutor([
                "a": { _ throws(StepFailure) in throw StepFailure(code: "disk_full", message: "no room") }
            ])
        release.fire()
        let id = try await bench.withEngine([executor]) { engine, store in
            let run = try await engine.start(try bench.request("steps:\n" + step("a") + step("b", "needs: [a]")))
            for await _ in run.events {}
            guard case .diskFull = engine.failure(of: run.id) else {
                Issue.record("not told of the full disk")
                return run.id
            }
            #expect(engine.health == .diskFull(since: bench.now()))
            #expect(try await store.run(run.id).status == .running)
            return run.id
        }
        disk.mend()
        try await bench.withEngine([ScriptedExecutor()]) { engine, store in
            for await _ in try await engine.resume(id, secrets: SecretVault(values: [:], nonce: "n")).events {}
            #expect(try await store.report(of: id).shape == "a:succeeded b:succeeded")
        }
    }

    @Test("does not keep an engine from stopping")
    func stops() async throws {
        let (started, release) = (Signal(), Signal())
        let store = try SQLiteStore(in: DataFolder(path: bench.folder.path))
        let engine = try await bench.engine([filling(release, started)], on: store, whenDiskFull: .wait)
        let driving = Task { await engine.run() }
        let run = try await engine.start(try bench.request("steps:\n" + step("a", "timeout: 1h")))
        release.fire()
        await bench.clock.untilSleeping(for: .seconds(1))
        driving.cancel()
        await driving.value
        for await _ in run.events {}
        #expect(try await store.run(run.id).status == .running)
        disk.mend()
        try store.close()
    }

    @Test("is told from a store that fails otherwise")
    func failing() async throws {
        let executor = ScriptedExecutor([
            "a": { [disk] work throws(StepFailure) in
                if work.attemptNumber == 1 { disk.fail(.error, at: 1) }
                return .value(1)
            }
        ])
        try await bench.withEngine([executor], whenDiskFull: .wait) { engine, store in
            let run = try await engine.start(try bench.request("steps:\n" + step("a")))
            for await _ in run.events {}
            guard case .storeFailing(bench.now(), let reason) = engine.health else {
                Issue.record("\(engine.health)")
                return
            }
            #expect(reason.contains("SQLite error"))
            let again = try await engine.resume(run.id, secrets: SecretVault(values: [:], nonce: "n"))
            for await _ in again.events {}
            #expect(engine.health == .ready)
        }
    }
}
