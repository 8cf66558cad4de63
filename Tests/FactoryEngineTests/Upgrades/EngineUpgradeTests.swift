import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import Testing

@Suite("Runs of an earlier program") struct EngineUpgradeTests {
    let bench = Bench()

    init() { TemporaryFolder.copyFixture("store-format-1", to: bench.folder) }

    @Test("are resumed: one that was interrupted, and one that failed; what succeeded does not run again")
    func resumed() async throws {
        let executors = [ScriptedExecutor(type: "code"), ScriptedExecutor(type: "transform")]
        try await bench.withEngine(executors) { engine, store in
            let runs = try await store.runs(RunFilter()).runs
            for run in [runs[0], runs[2]] {
                let resumed = try await engine.resume(run.id, secrets: SecretVault(values: [:], nonce: "n"))
                for await _ in resumed.events {}
            }
            #expect(executors[0].executedSteps == ["slow"])
            #expect(executors[1].executedSteps == ["after", "broken", "after"])
            #expect(
                try await store.report(of: runs[0].id).shape == "before:succeeded slow:succeeded after:succeeded")
            #expect(
                try await store.report(of: runs[2].id).shape == "first:succeeded broken:succeeded after:succeeded")
        }
    }

    @Test("have their waiting changes decided")
    func changes() async throws {
        try await bench.withEngine([ScriptedExecutor()]) { engine, store in
            let pending = try await store.runs(RunFilter(pipeline: "pending")).runs[0]
            let plan = try await engine.settleChanges(of: pending.id, accept: true)
            #expect(plan.map(\.state) == [.applied])
        }
    }

    @Test("keep their blobs: a sweep takes none that they name, and with the runs all of them")
    func blobs() async throws {
        let store = try SQLiteStore(in: DataFolder(path: bench.folder.path))
        let blobs = try bench.blobs()
        let before = blobs.all().count
        #expect(before == 3)
        let nothing = Sweep(store: store, blobs: blobs, policy: RetentionPolicy(), now: bench.now)
        #expect(try await nothing.run(thorough: true).blobs == 0)
        #expect(try bench.blobs().all().count == before)
        let all = Sweep(store: store, blobs: blobs, policy: RetentionPolicy(maxRuns: 0), now: bench.now)
        // One is running, and the changes of another wait.
        #expect(try await all.run(thorough: true).runs == 2)
        #expect(blobs.all().count == 1)
        try store.close()
    }

    @Test("have documents that this program reads without an error")
    func documents() async throws {
        try await bench.withEngine([ScriptedExecutor()]) { _, store in
            for run in try await store.runs(RunFilter()).runs {
                let document = try await store.run(run.id).document
                let reading = DocumentReader(foresees: false).read(document)
                #expect(reading.pipeline?.name == run.pipeline)
                #expect(!reading.problems.contains { $0.severity == .error }, "\(reading.problems)")
            }
        }
    }
}
