import FactoryBlobs
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import Synchronization
import Testing

@Suite("Retention") struct EngineRetentionTests {
    let bench = Bench()
    /// Every run leaves a value of 40 KB, of its own, in the blob store.
    let executor = ScriptedExecutor([
        "a": { work throws(StepFailure) in
            .value(.string(String(repeating: work.run.rawValue + " ", count: 1_300)))
        }
    ])

    /// Runs `count` documents one after the other.
    func run(_ count: Int, _ engine: Engine, _ document: String? = nil) async throws -> [ID<Run>] {
        var ids: [ID<Run>] = []
        for _ in 0..<count {
            let run = try await engine.start(try bench.request(document ?? "steps:\n" + step("a")))
            for await _ in run.events {}
            ids.append(run.id)
            bench.clock.advance(by: .seconds(60))
        }
        return ids
    }

    func kept(_ store: any RunStore) async throws -> [Int64] {
        try await store.runs(RunFilter(limit: 200)).runs.map(\.number).reversed()
    }

    func keptNow() async throws -> [Int64] {
        try await bench.withEngine([executor]) { _, store in try await kept(store) }
    }

    func sweep(_ policy: RetentionPolicy) async throws -> SweepReport {
        try await bench.withEngine([executor]) { _, _ in
            let store = try SQLiteStore(in: DataFolder(path: bench.folder.path))
            let sweep = Sweep(store: store, blobs: try bench.blobs(), policy: policy, now: bench.now)
            let preview = try await sweep.preview()
            let report = try await sweep.run(thorough: true)
            // How much a run takes up is an estimate.
            #expect(abs(preview.runs - report.runs) <= (policy.maxBytes == nil ? 0 : 3))
            return report
        }
    }

    @Test("by count keeps the newest runs, and the blobs that they name")
    func byCount() async throws {
        try await bench.withEngine([executor]) { engine, _ in _ = try await run(6, engine) }
        let report = try await sweep(RetentionPolicy(maxRuns: 2))
        #expect(report.runs == 4)
        #expect(report.blobs == 8)
        #expect(try #require(report.bytesAfter) < #require(report.bytesBefore))
        #expect(try await keptNow() == [5, 6])
        #expect(try bench.blobs().all().count == 4)
    }

    @Test("by age keeps what ended since")
    func byAge() async throws {
        try await bench.withEngine([executor]) { engine, _ in _ = try await run(5, engine) }
        // The last ended a minute ago, the one before two.
        let report = try await sweep(RetentionPolicy(maxAge: .seconds(150)))
        #expect(report.runs == 3)
        #expect(try await keptNow() == [4, 5])
    }

    @Test("by size removes the oldest until store and blobs fit")
    func bySize() async throws {
        try await bench.withEngine([executor]) { engine, _ in _ = try await run(20, engine) }
        let report = try await sweep(RetentionPolicy(maxBytes: 1_000_000))
        #expect(try #require(report.bytesBefore) > 1_000_000)
        #expect(try #require(report.bytesAfter) <= 1_000_000)
        #expect((1..<20).contains(report.runs))
        #expect(try await keptNow() == Array(Int64(report.runs) + 1...20))
    }

    @Test("removes no run that has not ended, and none whose changes wait for a decision")
    func spares() async throws {
        let (started, release) = (Signal(), Signal())
        let executor = ScriptedExecutor([
            "a": { _ throws(StepFailure) in
                started.fire()
                await release.wait()
                return .value(1)
            },
            "w": { _ throws(StepFailure) in
                .output(
                    StepOutput(
                        value: 1,
                        changes: [
                            FileChange(path: "x", action: .write(ContentHash(rawValue: "x"), size: 1), base: nil)
                        ]))
            },
        ])
        try await bench.withEngine([executor], changes: Undecided()) { engine, store in
            let hanging = try await engine.start(try bench.request("steps:\n" + step("a", "timeout: 1h")))
            await started.wait()
            let waiting = try await run(1, engine, "steps:\n" + step("w"))[0]
            let gone = try await run(1, engine, "steps:\n" + step("b"))[0]
            let sqlite = try SQLiteStore(in: DataFolder(path: bench.folder.path))
            let sweep = Sweep(
                store: sqlite, blobs: try bench.blobs(), policy: RetentionPolicy(maxAge: .zero, maxRuns: 0),
                now: bench.now)
            #expect(try await sweep.run(thorough: true).runs == 1)
            #expect(try await store.run(waiting).changes == .pending)
            #expect(try await store.run(hanging.id).status == .running)
            await #expect(throws: StoreError.self) { try await store.run(gone) }
            release.fire()
            for await _ in hanging.events {}
            #expect(try await store.run(hanging.id).status == .succeeded)
        }
    }

    @Test("is kept up by the runs that end: without end neither runs nor blobs nor the store's files grow")
    func endless() async throws {
        let sizes = Mutex<[Int]>([])
        try await bench.withEngine([executor], retention: RetentionPolicy(maxRuns: 10)) { engine, store in
            for _ in 0..<3 {
                _ = try await run(100, engine)
                sizes.withLock { $0.append(files()) }
            }
            // A pass follows the end of a run and may still be at work: on a busy machine it takes a few more to see it.
            var more: Int64 = 0
            while try await kept(store).count > 12, more < 100 {
                _ = try await run(1, engine)
                more += 1
            }
            #expect(try await kept(store).count <= 12)
            #expect(try await kept(store).last == 300 + more)
        }
        #expect(try bench.blobs().all().count <= 24)
        let seen = sizes.withLock { $0 }
        #expect(seen[2] <= seen[0] + 512 * 1_024, "\(seen)")
        #expect(seen[2] < 8 * 1_024 * 1_024, "\(seen)")
    }

    @Test("spares the blobs of attempts that run meanwhile")
    func liveBlobs() async throws {
        let (put, release) = (Signal(), Signal())
        let blobs = Mutex<BlobStore?>(nil)
        let slow = ScriptedExecutor([
            "slow": { work throws(StepFailure) in
                let store = blobs.withLock { $0 }
                let hash = try? store?.put(Array("kept by nothing but this attempt".utf8))
                put.fire()
                await release.wait()
                guard let hash else { throw StepFailure(code: "x", message: "x") }
                return .output(
                    StepOutput(value: 1, changes: [FileChange(path: "x", action: .write(hash, size: 1), base: nil)]))
            }
        ])
        let sqlite = try SQLiteStore(in: DataFolder(path: bench.folder.path))
        let shared = try bench.blobs()
        blobs.withLock { $0 = shared }
        let engine = try await bench.engine(
            [slow], on: sqlite, blobs: shared, retention: Retention(policy: RetentionPolicy(maxRuns: 1), store: sqlite))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await engine.run() }
            defer { engine.shutdown() }
            let hanging = try await engine.start(try bench.request("steps:\n" + step("slow", "timeout: 1h")))
            await put.wait()
            _ = try await run(8, engine)
            let orphan = try shared.put(Array("nobody's".utf8))
            let sweep = Sweep(store: sqlite, blobs: shared, policy: RetentionPolicy(), now: bench.now)
            _ = try await sweep.run(thorough: true)
            release.fire()
            for await _ in hanging.events {}
            let hash = BlobStore.hash(of: Array("kept by nothing but this attempt".utf8))
            #expect(try shared.read(hash).count == 32)
            _ = try await sweep.run(thorough: true)
            #expect(try shared.read(hash).count == 32)
            #expect(!shared.all().contains(orphan))
        }
    }

    func files() -> Int {
        ["factory.sqlite", "factory.sqlite-wal"].reduce(0) { $0 + bench.folder.size($1) }
    }
}

/// Leaves every change to a person.
private struct Undecided: ChangeApplying {
    func plan(_ changes: [FileChange], policy: ChangePolicy, workspace: String) -> [PlannedChange] {
        changes.map { PlannedChange(path: $0.path, before: nil, after: nil, sizeBytes: nil, state: .pending) }
    }

    func carryOut(
        _ plan: [PlannedChange], of run: ID<Run>, policy: ChangePolicy, workspace: String
    ) -> [PlannedChange] { plan }

    func undo(_ plan: [PlannedChange], of run: ID<Run>, workspace: String) -> [PlannedChange] { plan }
}
