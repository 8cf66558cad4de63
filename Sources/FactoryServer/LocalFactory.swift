import FactoryBlobs
public import FactoryDefinition
public import FactoryDomain
public import FactoryEngine
import FactoryNetwork
import FactorySandbox
public import FactorySecrets
import FactoryStore
import FactoryStoreSQLite
public import FactoryTelemetry
import FactoryTriggers
import FactoryWorkspace
import NIOPosix

/// A whole installation in this process: store, engine and executors, wired together.
///
/// It holds the data folder's lock from ``open(_:holder:)`` to ``close()``, so there is one at a time per data folder.
public final class LocalFactory: Sendable {
    /// Starts, resumes and cancels runs; works while ``whileServing(_:)`` does.
    public let engine: Engine

    /// Secrets, variables and environments, as runs are given them.
    public let values: OwnedValues

    /// What others on this machine could reach of the data folder until now, a sentence each.
    public let wasExposed: [String]

    let store: SQLiteStore
    let blobs: BlobStore
    let outside: Outside
    let models: ModelDirectory
    let sandbox: Sandbox
    let ids: IDGenerator
    /// Hears of runs for whoever tells others of them.
    let watch: RunWatch
    private let reader: RunReader
    private let listening: Listening
    private let lock: DataFolder.Lock

    /// Metrics and log of this process.
    public var telemetry: Telemetry { listening.telemetry }

    init(
        engine: Engine, store: SQLiteStore, blobs: BlobStore, outside: Outside, models: ModelDirectory,
        sandbox: Sandbox, ids: IDGenerator,
        listening: Listening, watch: RunWatch, lock: DataFolder.Lock, wasExposed: [String], values: OwnedValues
    ) {
        self.engine = engine
        self.store = store
        self.blobs = blobs
        self.outside = outside
        self.models = models
        self.sandbox = sandbox
        self.ids = ids
        self.listening = listening
        self.watch = watch
        self.lock = lock
        self.wasExposed = wasExposed
        self.values = values
        reader = RunReader(store)
    }

    /// Drives runs while `body` works, and returns when both are done.
    public func whileServing<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [self] in await drive() }
            defer { engine.shutdown() }
            return try await body()
        }
    }

    /// Drives runs and sends traces of them until the engine is shut down, or the task is cancelled.
    func drive() async {
        await withTaskGroup { group in
            group.addTask { [engine, listening] in
                await engine.run()
                listening.exporter?.finish()
            }
            group.addTask { [listening] in await listening.exporter?.run() }
        }
    }

    /// The run with everything that belongs to it.
    public func report(of id: ID<Run>) async throws(ServerError) -> RunReport {
        do throws(StoreError) { return try await reader.report(of: id) } catch { throw .store(error) }
    }

    /// `step` of a document that is no stored pipeline, to be run alone with what it got in a past run.
    ///
    /// - Parameter run: a number or an id; nil for the latest run of a document of this name that has what it reads.
    public func loneStep(
        _ step: String, of pipeline: Pipeline, from run: String?
    ) async throws(ServerError) -> Result<LoneStep, LoneStepProblem> {
        let past = PastRuns(pipelineID: nil, pipeline: pipeline.name, owner: Owner.local)
        do throws(StoreError) {
            var source: ID<Run>?
            if let run { source = try await reader.find(run) }
            return try await reader.loneStep(step, of: pipeline, from: source, among: past)
        } catch { throw .store(error) }
    }

    /// The changes of a run that wait for a decision, as unified diffs.
    public func reviewLines(of id: ID<Run>) async throws(ServerError) -> [String] {
        let report = try await report(of: id)
        var lines: [String] = []
        for change in report.plan where change.state == .pending || change.state == .conflict {
            if change.state == .conflict {
                lines.append("\(change.path) has changed since the run first read it; this change cannot be applied")
            }
            do throws(WorkspaceError) {
                lines += try change.diff(from: blobs).split(separator: "\n", omittingEmptySubsequences: false)
                    .map(String.init)
            } catch { throw .storage(reason: error.description) }
        }
        return lines
    }

    /// Ends what the installation started and gives the data folder back.
    public func close() async {
        await outside.shutdown()
        withExtendedLifetime(lock) {}
    }
}
