import FactoryDomain
import FactoryEngine
import FactoryHTTP
import FactoryJSON
import FactorySecrets
import FactorySteps
import Glibc

extension FactoryService {
    /// What the API's handlers work with.
    func services(_ factory: LocalFactory, recovered: Latch) -> HTTPServices {
        let readiness = Readiness(
            store: factory.store, sandbox: factory.sandbox, dataFolder: configuration.dataFolder)
        let doctor = Doctor(configuration)
        let workspaces = Self.absolute(configuration.dataFolder) + "/workspaces/"
        return HTTPServices(
            engine: factory.engine, runs: factory.store, pipelines: factory.store, keys: factory.store,
            blobs: factory.blobs, ids: factory.ids, now: ProgramClock.now, clock: ContinuousClock(), secrets: secrets,
            workspace: { workspaces + $0 }, transform: TransformExecutor(), recovered: recovered,
            readiness: readiness.checks,
            doctor: { ["items": .array(await doctor.examine().map(\.json))] },
            metrics: nil, answered: { _ in })
    }

    /// Takes over every run that the process before this one left unfinished.
    ///
    /// What cannot be taken over because the store fails now is taken over by the next process.
    static func takeOver(
        _ factory: LocalFactory, _ secrets: SecretVault, _ recovered: Latch, _ warn: (String) -> Void
    ) async {
        defer { recovered.open() }
        do throws(EngineError) { _ = try await factory.engine.recover { _ in secrets } } catch {
            warn("runs that an earlier process left unfinished do not go on: \(error)")
        }
    }

    private static func absolute(_ path: String) -> String {
        guard let found = realpath(path, nil) else { return path }
        defer { free(found) }
        return String(cString: found)
    }
}
