import FactoryBlobs
import FactoryDomain
public import FactoryEngine
public import FactoryLLM
import FactorySandbox
import FactorySecrets
import FactorySteps
public import FactoryStore
import FactoryStoreSQLite
public import FactoryTelemetry
import FactoryTriggers
public import FactoryWorkspace

extension LocalFactory {
    /// Opens the installation that `configuration` describes: the one place where its parts are put together.
    ///
    /// - Parameters:
    ///   - holder: how this process names itself to another that finds the data folder in use.
    ///   - workspaces: whose the folders are in which runs read and write.
    ///   - whenDiskFull: whether runs wait for room.
    ///   - observers: hear of every decision about any run, beside metrics and log.
    ///   - swept: hears of every pass over old runs.
    ///   - sharedSecrets: secrets that every run has unless its owner keeps others of the same names.
    ///   - recorder: keeps what models answer; nil to keep nothing.
    ///   - logLevels: what is logged where the configuration says nothing; no line by default.
    public static func open(
        _ configuration: FactoryConfiguration, holder: String, workspaces kind: Workspace.Kind = .personal,
        whenDiskFull: FullDiskPolicy = .giveUp, observers: [any RunObserver] = [],
        sharedSecrets: [String: String] = [:],
        swept: @escaping @Sendable (Result<SweepReport, StoreError>) -> Void = { _ in },
        recorder: CassetteRecorder? = nil, logLevels: LogLevels = LogLevels(nil)
    ) async throws(ServerError) -> LocalFactory {
        let ids = IDGenerator(now: ProgramClock.now)
        let room = try StoreRoom.open(configuration, holder: holder, ids: ids)
        let (store, blobs) = (room.store, room.blobs)
        let outside = try Outside(configuration)
        let listening = try Listening(configuration, through: outside.egress, levels: logLevels)
        let masterKeys = configuration.masterKey.source(in: configuration.dataFolder)
        let directory = ModelDirectory(
            outside, store: store, keys: ProviderKeys(sealer: Sealer(store: store, keys: masterKeys)))
        for sentence in room.wasExposed { listening.telemetry.log(.warning, "server", message: sentence) }
        do throws(StoreError) { try await directory.openAdmitted() } catch { throw .store(error) }
        let sandbox = Sandbox(configuration: SandboxConfiguration(configuration))
        let executors: [any StepExecutor] = [
            PromptExecutor(
                router: { owner throws(ModelError) in try await directory.router(for: owner) },
                tape: ModelTape(blobs: blobs, recorder: recorder)),
            CodeExecutor(sandbox: sandbox, blobs: blobs, kind: kind),
            FileExecutor(blobs: blobs, kind: kind),
            APIExecutor(egress: outside.egress, blobs: blobs, kind: kind),
            ConditionExecutor(),
            TransformExecutor(),
        ]
        let watch = RunWatch()
        let engine: Engine
        do throws(StoreError) {
            engine = try await Engine(
                store: store, blobs: blobs, executors: executors,
                changes: WorkspaceChanges(
                    blobs: blobs, kind: kind, quotaBytes: kind == .managed ? configuration.workspaceQuota : nil),
                widths: configuration.widths, ids: ids,
                clock: ContinuousClock(), now: ProgramClock.now, jitter: { $0 * Double.random(in: 0...1) },
                whenDiskFull: whenDiskFull,
                retention: Retention(policy: configuration.retention, store: store) { sweep in
                    listening.telemetry.log(sweep)
                    swept(sweep)
                },
                observers: [listening.telemetry, watch] + observers)
        } catch { throw .store(error) }
        listening.telemetry.metrics.observe(engine)
        return LocalFactory(
            engine: engine, store: store, blobs: blobs, outside: outside, models: directory,
            sandbox: sandbox, ids: ids,
            listening: listening, watch: watch, lock: room.lock, wasExposed: room.wasExposed,
            values: OwnedValues(
                store: store, keys: masterKeys,
                shared: sharedSecrets.mapValues { RunSecret(value: $0) }))
    }
}

extension SandboxConfiguration {
    /// The sandbox that `configuration` describes.
    init(_ configuration: FactoryConfiguration) {
        self.init(jail: configuration.jail, width: configuration.widths.code)
        interpreterFolders += configuration.interpreterFolders
    }
}
