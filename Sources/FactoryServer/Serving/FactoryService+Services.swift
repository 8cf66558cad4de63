import FactoryAccess
import FactoryDomain
import FactoryEngine
import FactoryHTTP
import FactoryJSON
import FactorySecrets
import FactorySteps
import FactoryStore
import FactoryTelemetry
import FactoryTemplates

extension FactoryService {
    /// What the API's handlers work with.
    func services(
        _ factory: LocalFactory, _ entry: Entry, live: LiveHub, recovered: Latch, installation: LocalInstallation
    ) -> HTTPServices {
        let readiness = Readiness(
            store: factory.store, engine: factory.engine, sandbox: factory.sandbox, dataFolder: configuration.dataFolder
        )
        let doctor = Doctor(configuration)
        let outbox = outbox(factory)
        return HTTPServices(
            access: entry.services(factory, configuration.listener),
            templates: TemplateServices(library: TemplateLibrary(), published: factory.store),
            engine: factory.engine, runs: factory.store, pipelines: factory.store,
            collaboration: CollaborationServices(
                accounts: StoredAccounts(store: factory.store),
                newToken: { "cfs_" + AccessKeyFile.randomHex(bytes: 32) }, live: live, retention: factory.store),
            keys: factory.store, triggers: triggers(factory, entry), outbox: outbox,
            alerts: alerts(factory, outbox, live),
            blobs: factory.blobs, ids: factory.ids, now: ProgramClock.now, clock: ContinuousClock(),
            secrets: SecretServices(values: factory.values, store: factory.store),
            workspace: entry.folders.path,
            uploads: UploadServices(store: factory.store, quotaBytes: configuration.workspaceQuota),
            transform: TransformExecutor(), recovered: recovered,
            providers: ProviderDesk(
                directory: factory.models, ids: factory.ids, now: ProgramClock.now, looks: DiscoveryLooks(),
                probe: LoopbackProbe(
                    candidates: LoopbackProbe.standard, eventLoops: factory.outside.eventLoops),
                installation: installation),
            usage: factory.store, readiness: readiness.checks,
            doctor: { ["items": .array(await doctor.examine().map(\.json))] },
            metrics: { [telemetry = factory.telemetry] in telemetry.metrics.text() },
            answered: Self.counting(factory.telemetry))
    }

    /// Takes over every run that the process before this one left unfinished.
    ///
    /// What cannot be taken over because the store fails now is taken over by the next process.
    static func takeOver(
        _ factory: LocalFactory, _ recovered: Latch
    ) async {
        defer { recovered.open() }
        do throws(EngineError) {
            _ = try await factory.engine.recover { [secrets = factory.values.secrets] run throws(StepFailure) in
                do throws(SecretError) {
                    return try await secrets.vault(of: run.owner, in: run.environment, naming: nil)
                } catch {
                    factory.telemetry.log(.error, "server", message: "\(run.id) does not go on: \(error.description)")
                    throw StepFailure(
                        code: "secret_unavailable", message: "the secrets of the run could not be opened",
                        hint: "factory doctor says why; resume the run when it is mended")
                }
            }
        } catch {
            factory.telemetry.log(
                .error, "server", message: "runs that an earlier process left unfinished do not go on: \(error)")
        }
    }

    /// Removes what has been in the trash for long.
    static func emptyTrash(_ factory: LocalFactory) async {
        let trash = Trash(pipelines: factory.store, runs: factory.store, blobs: factory.blobs)
        let audit = AuditLog(factory.store, now: ProgramClock.now)
        do throws(StoreError) {
            try await trash.empty(now: ProgramClock.now()) { pipeline throws(StoreError) in
                try await audit.record(
                    .pipelinePurged, by: .server, on: pipeline.id.rawValue,
                    [
                        "name": .string(pipeline.name), "owner": .string(pipeline.owner),
                        "trashed_at": pipeline.trashedAt.map { .string($0.description) } ?? .null,
                    ])
            }
        } catch {
            factory.telemetry.log(.error, "server", message: "what is old in the trash stays for now: \(error)")
        }
    }

    /// Forgets uploads that were given up.
    static func sweepUploads(_ factory: LocalFactory, _ folders: WorkspaceFolders) async {
        do throws(StoreError) {
            try await UploadSweep(store: factory.store, workspace: folders.path).sweep(at: ProgramClock.now())
        } catch {
            factory.telemetry.log(.error, "server", message: "uploads that expired stay for now: \(error)")
        }
    }

    /// Counts what is answered, and logs it.
    private static func counting(_ telemetry: Telemetry) -> @Sendable (RequestEvent) -> Void {
        let metrics = HTTPMetrics(telemetry.metrics)
        return { event in
            switch event {
            case .streamBegan: metrics.streamBegan()
            case .streamEnded: metrics.streamEnded()
            case .answered(let answer):
                let route = answer.route ?? "none"
                metrics.answered(
                    method: answer.method, route: route, status: answer.status, after: answer.duration,
                    bodyBytes: answer.bodyBytes)
                telemetry.log(
                    answer.status >= 500 ? .warning : .debug, "http",
                    message: "\(answer.method) \(route) \(answer.status)",
                    fields: [
                        "request_id": .string(answer.requestID),
                        "duration_ms": answer.duration.map { .int($0.wholeMilliseconds) } ?? .null,
                    ])
            }
        }
    }
}
