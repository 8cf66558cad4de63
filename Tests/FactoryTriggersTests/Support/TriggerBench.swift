import Crypto
import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import FactoryTriggers
import Synchronization
import Testing

/// One data folder whose wall clock a test moves, and servers on it, one after the other.
final class TriggerBench: Sendable {
    let folder = TemporaryFolder()
    let clock = ManualClock()
    let owner = "local"
    /// Whether documents can be read: without them nothing starts, as while the disk fails.
    let isBroken = Mutex(false)
    let warnings = Mutex<[String]>([])
    private let start: Timestamp
    private let begin: ManualClock.Instant
    private let wallOffset = Mutex<Int64>(0)

    init(at moment: String) throws {
        start = try Moments.at(moment)
        begin = clock.now
    }

    struct Server {
        let bench: TriggerBench
        let triggers: Triggers
        let store: SQLiteStore
    }

    var now: Timestamp {
        let passed = begin.duration(to: clock.now).wholeMilliseconds
        return Timestamp(milliseconds: start.milliseconds + passed + wallOffset.withLock { $0 })
    }

    /// Sets the wall clock, without any time passing.
    func setWallClock(by duration: Duration) { wallOffset.withLock { $0 += duration.wholeMilliseconds } }

    /// A server from its start to its end. Runs that it started have ended when this returns.
    func withServer<Value: Sendable>(
        _ executor: ScriptedExecutor = ScriptedExecutor(), schedules: Bool = true, watch: RunWatch = RunWatch(),
        _ body: (Server) async throws -> Value
    ) async throws -> Value {
        let store = try SQLiteStore(in: DataFolder(path: folder.path))
        defer { try? store.close() }
        let wall: @Sendable () -> Timestamp = { [self] in now }
        let counter = Mutex(0)
        let blobs = try BlobStore(
            folder: folder.file("blobs"),
            temporaryName: {
                counter.withLock { count in
                    count += 1
                    return "temporary-\(count)"
                }
            })
        let ids = IDGenerator(now: wall)
        let engine = try await Engine(
            store: store, blobs: blobs, executors: [executor], changes: NoWorkspace(), widths: LaneWidths(code: 2),
            // Steps have a clock of their own, which stands: whoever sleeps on the bench's is the scheduler.
            ids: ids, clock: ManualClock(), now: wall, jitter: { $0 },
            observers: [watch])
        _ = try await engine.recover { _ in SecretVault(values: [:], nonce: "nonce") }
        let triggers = Triggers(
            TriggerParts(
                store: store, starter: starter(engine, store), keys: Self.keys(store), ids: ids, now: wall,
                clock: clock, random: Self.random,
                warn: { [self] text in warnings.withLock { $0.append(text) } }))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await engine.run() }
            let firing = schedules ? Task { await triggers.run() } : nil
            let result: Result<Value, any Error>
            do { result = .success(try await body(Server(bench: self, triggers: triggers, store: store))) } catch {
                result = .failure(error)
            }
            firing?.cancel()
            await firing?.value
            engine.shutdown()
            try await group.waitForAll()
            return try result.get()
        }
    }

    private func starter(_ engine: Engine, _ store: SQLiteStore) -> RunStarter {
        let path = folder.path
        return RunStarter(
            engine: engine, runs: store,
            source: { [self] id throws(StoreError) in
                guard !isBroken.withLock({ $0 }) else { throw .unavailable(reason: "the disk is gone") }
                return RunStarter.Source(draftOf: try await store.pipeline(id))
            },
            mayRun: { [owner] account, _ in account == owner },
            values: { _, _, _, _ in
                RunValues(secrets: SecretVault(values: ["KEY": "a plain secret"], nonce: "nonce"), variables: [:])
            },
            workspace: { _ in path })
    }

    /// Keys of signatures, sealed with a master key that every server of a test has.
    static func keys(_ store: SQLiteStore) -> SignatureKeys {
        SignatureKeys(
            sealer: Sealer(store: store, keys: .given(String(repeating: "5a", count: 32), next: nil)))
    }

    static let random: @Sendable (Int) -> [UInt8] = { count in
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

extension TriggerBench.Server {
    /// A pipeline of one scripted step, `first`, with these inputs.
    func pipeline(_ name: String = "nightly", inputs: String = "") async throws -> ID<PipelineRecord> {
        let text =
            "version: 1\nname: \(name)\n\(inputs)steps:\n"
            + "  - {id: first, type: transform, with: {ops: [{expression: \"trigger\"}]}}\n"
        let reading = DocumentReader().read(Array(text.utf8), as: .yaml)
        let document = try #require(reading.pipeline?.document, "\(reading.problems)")
        let id = ID<PipelineRecord>(rawValue: "pl_\(name)")
        try await store.create(
            PipelineRecord(
                id: id, owner: bench.owner, name: name, title: name, summary: nil, tags: [], stepCount: 1,
                format: .yaml, text: text, document: document, createdAt: bench.now, updatedAt: bench.now))
        return id
    }

    /// A schedule of a pipeline. To be made before the scheduler runs: one that hears of it later may still be looking
    /// at the clock while the test moves it.
    func schedule(
        _ members: JSONObject, of pipeline: ID<PipelineRecord>, owner: String? = nil
    ) async throws -> TriggerRecord {
        var members = members
        members["kind"] = "schedule"
        return try await triggers.create(members, of: pipeline, for: owner ?? bench.owner).trigger
    }

    /// Returns when the scheduler sleeps, a minute long, because nothing is due before.
    func untilIdle(for length: Duration = .seconds(60)) async {
        await bench.clock.untilSleeping(until: [bench.clock.sinceStart + length], andUntilAtMost: nil)
    }

    /// Lets time pass until the next fire, and waits until it is dealt with.
    func advanceToNextFire(idleFor length: Duration = .seconds(60)) async throws -> Timestamp {
        let next = try #require(try await store.nextFire())
        bench.clock.advance(by: .milliseconds(next.milliseconds(since: bench.now)))
        await untilIdle(for: length)
        return next
    }

    func deliveries(of trigger: TriggerRecord) async throws -> [DeliveryRecord] {
        try await store.deliveries(of: trigger.id, before: nil, limit: 10_000).reversed()
    }

    func runs() async throws -> [RunRecord] {
        var runs: [RunRecord] = []
        var before: Int64?
        while true {
            let page = try await store.runs(RunFilter(limit: 200, before: before))
            runs += page.runs
            guard let next = page.next else { return runs }
            before = next
        }
    }
}

extension ManualClock {
    private static let zero = ManualClock().now

    /// What the clock shows, from its beginning.
    var sinceStart: Duration { Self.zero.duration(to: now) }
}

/// Takes every change as applied, without a file.
struct NoWorkspace: ChangeApplying {
    func plan(_ changes: [FileChange], policy: ChangePolicy, workspace: String) -> [PlannedChange] { [] }

    func carryOut(
        _ plan: [PlannedChange], of run: ID<Run>, policy: ChangePolicy, workspace: String
    ) -> [PlannedChange] { plan }

    func undo(_ plan: [PlannedChange], of run: ID<Run>, workspace: String) -> [PlannedChange] { plan }
}
