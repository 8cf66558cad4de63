import FactoryEngine
import FactoryJSON
import FactoryNetwork
import FactorySecrets
import FactoryStore
import FactoryTelemetry
import Glibc

/// The installation's ears and mouth: metrics, log, and the exporter of traces where there is one.
struct Listening: Sendable {
    let telemetry: Telemetry
    let exporter: SpanExporter?

    /// - Parameter levels: what is logged where the configuration says nothing.
    init(
        _ configuration: FactoryConfiguration, through egress: Egress, levels: LogLevels
    ) throws(ServerError) {
        let metrics = MetricsRegistry()
        metrics.observeProcess(version: ProgramVersion.current.number)
        let log = Log(
            levels: configuration.logLevels ?? levels, format: isatty(STDERR_FILENO) == 1 ? .text : .json,
            redactor: Redactor(secrets: Self.secrets(of: configuration)), now: ProgramClock.now,
            write: Self.writeToStandardError)
        exporter = try configuration.traces.map { traces throws(ServerError) in
            SpanExporter(
                to: try Outside.target(of: traces), through: egress, clock: ContinuousClock(), log: log,
                metrics: metrics)
        }
        telemetry = Telemetry(metrics: metrics, log: log, tracer: exporter.map(RunTracer.init(exporter:)))
    }

    /// Keys that may turn up in messages of other systems.
    private static func secrets(of configuration: FactoryConfiguration) -> [String: String] {
        var secrets: [String: String] = [:]
        for provider in configuration.providers { secrets["key of \(provider.name)"] = provider.apiKey }
        for (name, value) in configuration.traces?.headers ?? [:] { secrets[name] = value }
        return secrets
    }

    /// Whole lines in one call each, so that lines of several threads do not mix.
    @Sendable private static func writeToStandardError(_ line: [UInt8]) {
        var rest = line[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

extension Telemetry {
    /// Says what a pass over old runs removed, or why it could not.
    func log(_ sweep: Result<SweepReport, StoreError>) {
        switch sweep {
        case .success(let report) where report.runs > 0 || report.blobs > 0:
            log(
                .info, "retention", message: "removed \(report.runs) runs and \(report.blobs) blobs",
                fields: ["runs": .int(Int64(report.runs)), "blob_bytes": .int(report.blobBytes)])
        case .success: break
        case .failure(let error):
            log(.warning, "retention", message: "old runs could not be removed: \(error)")
        }
    }
}
