import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import Synchronization
import Testing

/// Every write and every sync of a run fails once, in every way a disk fails.
@Suite("A run whose disk fails") struct EngineFaultTests {
    /// Three steps in a row, one with a value in the blob store and one with a file change, beside one that fails once.
    static let document =
        "steps:\n" + step("a") + step("b") + step("c") + step("d", "needs: [a], retry: {max_attempts: 2, delay: 0s}")

    /// What one life of an engine saw.
    struct Life: Sendable {
        /// Events that were reported as kept, by number.
        var kept: [Int64: RunEvent.Kind] = [:]
        /// Steps whose success was reported as kept.
        var succeeded: Set<String> = []
        /// Steps whose attempts ran.
        var executed: [String] = []
        var error: StoreError?
        var run: ID<Run>?
    }

    @Test(
        "loses nothing that was kept, runs nothing twice, says what failed, and ends when the disk works again",
        arguments: FaultyDisk.Fault.allCases)
    func sweep(_ fault: FaultyDisk.Fault) async throws {
        let operations = try await operationsOfGoodRun()
        #expect(operations > 15, "the scenario writes too little to prove anything")
        var (hit, failed) = (0, 0)
        // Where a write fails, half a write and a full disk differ little from an error: every third will do for them.
        let places = Array(stride(from: 1, through: operations, by: fault == .error || fault == .power ? 1 : 3))
        for place in places {
            let bench = Bench()
            let disk = FaultyDisk(bench.folder)
            // The store is made while the disk is well.
            try await bench.withEngine([ScriptedExecutor()]) { _, _ in }
            disk.fail(fault, at: place, seed: UInt64(place))
            let first = await live(bench, resuming: nil)
            hit += disk.failures > 0 ? 1 : 0
            disk.mend()
            if let error = first.error {
                failed += 1
                #expect(Self.tells(fault, error), "\(fault) at \(place): \(error)")
            }
            try await check(bench, after: first, "\(fault) at \(place)")
        }
        // How many there are depends a little on what shares a transaction; syncs need no room.
        #expect(hit >= places.count * (fault == .full ? 8 : 9) / 10, "\(hit) of \(places.count)")
        #expect(failed > places.count / 3, "\(failed) of \(places.count)")
    }

    /// Reopens the store, compares it with what was reported, and brings the run to its end.
    private func check(_ bench: Bench, after first: Life, _ place: Comment) async throws {
        let (run, before) = try await bench.withEngine([ScriptedExecutor()]) { _, store in
            let run = try await store.runs(RunFilter()).runs.first
            guard let run else { return (RunRecord?.none, [RunEvent]()) }
            return (run, try await store.events(of: run.id, after: 0, limit: 1_000))
        }
        guard let run else {
            #expect(first.kept.isEmpty, place)
            return
        }
        let stored = Dictionary(uniqueKeysWithValues: before.map { ($0.sequence ?? 0, $0.kind) })
        for (sequence, kind) in first.kept { #expect(stored[sequence] == kind, place) }
        var again = Life()
        if run.status != .succeeded {
            again = await live(bench, resuming: run.id)
            #expect(again.error == nil, place)
        }
        #expect(first.succeeded.isDisjoint(with: again.executed), place)
        let (report, changes, events) = try await bench.withEngine([ScriptedExecutor()]) { _, store in
            (
                try await store.report(of: run.id), try await store.changes(of: run.id),
                try await store.events(of: run.id, after: 0, limit: 1_000)
            )
        }
        #expect(report.shape == "a:succeeded b:succeeded c:succeeded d:succeeded", place)
        #expect(report.run.status == .succeeded, place)
        #expect(changes.count == 1, place)
        for step in report.steps {
            let statuses = report.attempts.filter { $0.stepRun == step.id }.map(\.status)
            #expect(statuses.filter { $0 == .succeeded }.count == 1, place)
            #expect(statuses.last == .succeeded, place)
        }
        #expect(events.map(\.sequence) == (1...events.count).map { Int64($0) }, place)
    }

    private func operationsOfGoodRun() async throws -> Int {
        let bench = Bench()
        let disk = FaultyDisk(bench.folder)
        try await bench.withEngine([ScriptedExecutor()]) { _, _ in }
        let before = disk.operations
        let life = await live(bench, resuming: nil)
        #expect(life.error == nil)
        return disk.operations - before
    }

    /// Opens the store, starts or resumes the run, and drives it until it ends or the disk stops it.
    private func live(_ bench: Bench, resuming id: ID<Run>?) async -> Life {
        let life = Mutex(Life())
        let failedOnce = Mutex(id != nil)
        let executor = ScriptedExecutor([
            "b": { work throws(StepFailure) in
                .value(.string(String(repeating: work.run.rawValue, count: 1_500)))
            },
            "c": { _ throws(StepFailure) in
                let content = FileChange.Action.write(ContentHash(rawValue: "c"), size: 1)
                return .output(StepOutput(value: 1, changes: [FileChange(path: "x", action: content, base: nil)]))
            },
            "d": { _ throws(StepFailure) in
                let isFirst = failedOnce.withLock { failed in
                    defer { failed = true }
                    return !failed
                }
                if isFirst { throw StepFailure(code: "network", class: .network, message: "once") }
                return .value(1)
            },
        ])
        do {
            try await bench.withEngine([executor]) { engine, _ in
                let run =
                    if let id {
                        try await engine.resume(id, secrets: SecretVault(values: [:], nonce: "nonce"))
                    } else {
                        try await engine.start(try bench.request(Self.document))
                    }
                life.withLock { $0.run = run.id }
                for await event in run.events {
                    guard let sequence = event.sequence else { continue }
                    life.withLock { life in
                        life.kept[sequence] = event.kind
                        if event.kind == .stepSucceeded, let step = event.step { life.succeeded.insert(step) }
                    }
                }
                if let failure = engine.failure(of: run.id) { throw failure }
            }
        } catch let error as StoreError {
            life.withLock { $0.error = error }
        } catch EngineError.store(let error) {
            life.withLock { $0.error = error }
        } catch {
            Issue.record("not an error of the store: \(error)")
        }
        return life.withLock { life in
            life.executed = executor.executedSteps
            return life
        }
    }

    private static func tells(_ fault: FaultyDisk.Fault, _ error: StoreError) -> Bool {
        switch (fault, error) {
        case (.full, .diskFull): true
        case (.full, _): false
        case (_, .unavailable(let reason)): reason.contains("SQLite error")
        default: false
        }
    }
}
