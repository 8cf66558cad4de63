import FactoryAccess
import FactoryDomain
import FactoryEngine
import FactoryHTTP
import FactoryJSON
import FactorySecrets
import FactorySteps
import FactoryTelemetry
import Glibc

extension FactoryService {
    /// What the API's handlers work with.
    func services(
        _ factory: LocalFactory, key: InstallationKey, recovered: Latch
    ) throws(ServerError) -> HTTPServices {
        let readiness = Readiness(
            store: factory.store, engine: factory.engine, sandbox: factory.sandbox, dataFolder: configuration.dataFolder
        )
        let doctor = Doctor(configuration)
        let workspaces = Self.absolute(configuration.dataFolder) + "/workspaces/"
        return HTTPServices(
            access: AccessServices(authenticator: key, objects: factory.store), engine: factory.engine,
            runs: factory.store, pipelines: factory.store, keys: factory.store,
            triggers: try triggers(factory) { Self.workspace(workspaces + $0) }, outbox: try outbox(factory),
            blobs: factory.blobs, ids: factory.ids, now: ProgramClock.now, clock: ContinuousClock(), secrets: secrets,
            workspace: { Self.workspace(workspaces + $0) }, transform: TransformExecutor(), recovered: recovered,
            models: configuration.models, readiness: readiness.checks,
            doctor: { ["items": .array(await doctor.examine().map(\.json))] },
            metrics: { [telemetry = factory.telemetry] in telemetry.metrics.text() },
            answered: Self.counting(factory.telemetry))
    }

    /// Takes over every run that the process before this one left unfinished.
    ///
    /// What cannot be taken over because the store fails now is taken over by the next process.
    static func takeOver(
        _ factory: LocalFactory, _ secrets: SecretVault, _ recovered: Latch
    ) async {
        defer { recovered.open() }
        do throws(EngineError) { _ = try await factory.engine.recover { _ in secrets } } catch {
            factory.telemetry.log(
                .error, "server", message: "runs that an earlier process left unfinished do not go on: \(error)")
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

    /// The folder at `path`, made where it is not there yet: its owner's first run or file makes it.
    private static func workspace(_ path: String) -> String {
        // Where it cannot be made, whoever opens it says so.
        mkdir(path, 0o700)
        return path
    }

    private static func absolute(_ path: String) -> String {
        guard let found = realpath(path, nil) else { return path }
        defer { free(found) }
        return String(cString: found)
    }
}
