import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import Synchronization
import Testing

/// One data folder, and engines on it, one after the other.
struct Bench {
    let folder = TemporaryFolder()
    let clock = ManualClock()
    /// By how many milliseconds the wall clock was set forward or back, apart from the time that passed.
    let wallOffset = WallOffset()
    private let begin: ManualClock.Instant

    init() { begin = clock.now }

    /// Opens the store, runs an engine with `executors` while `body` works with it, and shuts it down.
    func withEngine<Value: Sendable>(
        _ executors: [any StepExecutor], widths: LaneWidths = LaneWidths(code: 2),
        changes: any ChangeApplying = NoWorkspace(), hooks: StoreHooks = StoreHooks(),
        whenDiskFull: FullDiskPolicy = .giveUp, retention: RetentionPolicy? = nil, observers: [any RunObserver] = [],
        _ body: (Engine, any RunStore) async throws -> Value
    ) async throws -> Value {
        let sqlite = try SQLiteStore(in: DataFolder(path: folder.path))
        let store = HookedStore(store: sqlite, hooks: hooks)
        let engine = try await engine(
            executors, on: store, widths: widths, changes: changes, whenDiskFull: whenDiskFull,
            retention: retention.map { Retention(policy: $0, store: sqlite) }, observers: observers)
        // A later engine on the folder finds no file of this one open, as after the end of a process.
        defer { try? sqlite.close() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await engine.run() }
            defer { engine.shutdown() }
            return try await body(engine, store)
        }
    }

    /// The store itself.
    func store() throws -> SQLiteStore { try SQLiteStore(in: DataFolder(path: folder.path)) }

    /// An engine on the store; nothing drives its runs yet.
    func engine(
        _ executors: [any StepExecutor], on store: (any RunStore)? = nil, widths: LaneWidths = LaneWidths(code: 2),
        changes: any ChangeApplying = NoWorkspace(), blobs: BlobStore? = nil,
        whenDiskFull: FullDiskPolicy = .giveUp, retention: Retention? = nil, observers: [any RunObserver] = []
    ) async throws -> Engine {
        let store = try store ?? SQLiteStore(in: DataFolder(path: folder.path))
        let blobs = try blobs ?? self.blobs()
        let now = self.now
        return try await Engine(
            store: store, blobs: blobs, executors: executors, changes: changes, widths: widths,
            ids: IDGenerator(now: now), clock: clock, now: now, jitter: { $0 },
            whenDiskFull: whenDiskFull, retention: retention, observers: observers)
    }

    /// The blobs of the folder.
    func blobs() throws -> BlobStore {
        let counter = Mutex(0)
        return try BlobStore(
            folder: folder.file("blobs"),
            temporaryName: {
                counter.withLock { count in
                    count += 1
                    return "temporary-\(count)"
                }
            })
    }

    /// The wall clock, which moves with the manual one.
    var now: @Sendable () -> Timestamp {
        { [clock, begin, wallOffset] in
            let passed = begin.duration(to: clock.now).wholeMilliseconds
            return Timestamp(milliseconds: 1_700_000_000_000 + passed + wallOffset.milliseconds)
        }
    }

    /// Starts the document and waits for its end.
    func run(
        _ document: String, inputs: JSON = [:], secrets: [String: String] = [:],
        _ executors: [any StepExecutor], widths: LaneWidths = LaneWidths(code: 2),
        changes: any ChangeApplying = NoWorkspace()
    ) async throws -> RunReport {
        try await withEngine(executors, widths: widths, changes: changes) { engine, store in
            let run = try await engine.start(request(document, inputs: inputs, secrets: secrets))
            for await _ in run.events {}
            return try await store.report(of: run.id)
        }
    }

    func request(_ document: String, inputs: JSON = [:], secrets: [String: String] = [:]) throws -> RunRequest {
        RunRequest(
            pipeline: try pipeline(document), inputs: inputs, secrets: SecretVault(values: secrets, nonce: "nonce"),
            workspace: folder.path)
    }

    func pipeline(_ document: String) throws -> Pipeline {
        let reading = DocumentReader().read(Array("version: 1\nname: bench\n\(document)".utf8), as: .yaml)
        return try #require(reading.pipeline, "\(reading.problems)")
    }
}

/// A wall clock that somebody sets.
final class WallOffset: Sendable {
    private let offset = Mutex<Int64>(0)
    var milliseconds: Int64 { offset.withLock { $0 } }
    func set(by milliseconds: Int64) { offset.withLock { $0 += milliseconds } }
}

extension RunStore {
    /// The run with everything that belongs to it.
    func report(of id: ID<Run>) async throws -> RunReport {
        RunReport(
            run: try await run(id), steps: try await steps(of: id), attempts: try await attempts(of: id),
            plan: try await plan(of: id))
    }
}

extension RunReport {
    /// The step run `id`.
    func step(_ id: String) throws -> StepRunRecord { try #require(steps.first { $0.stepID == id }) }

    /// Every step with its status, skips with their reason: `a:succeeded b:skipped(if)`.
    var shape: String {
        steps.map { step in
            let reason = step.skipped.map { "(\($0.reason.rawValue))" } ?? ""
            return "\(step.stepID):\(step.status.rawValue)\(reason)"
        }.joined(separator: " ")
    }
}

/// Takes every change as applied, without a file.
struct NoWorkspace: ChangeApplying {
    func plan(_ changes: [FileChange], policy: ChangePolicy, workspace: String) -> [PlannedChange] {
        changes.map { PlannedChange(path: $0.path, before: nil, after: nil, sizeBytes: nil, state: .planned) }
    }

    func carryOut(
        _ plan: [PlannedChange], of run: ID<Run>, policy: ChangePolicy, workspace: String
    ) -> [PlannedChange] {
        plan.map { PlannedChange(path: $0.path, before: nil, after: nil, sizeBytes: nil, state: .applied) }
    }

    func undo(_ plan: [PlannedChange], of run: ID<Run>, workspace: String) -> [PlannedChange] {
        plan.map { PlannedChange(path: $0.path, before: nil, after: nil, sizeBytes: nil, state: .undone) }
    }
}

/// A step of the type `transform` with the given further keys.
func step(_ id: String, _ more: String = "") -> String {
    "  - {id: \(id), type: transform, with: {ops: [{expression: \"1\"}]}\(more.isEmpty ? "" : ", \(more)")}\n"
}
