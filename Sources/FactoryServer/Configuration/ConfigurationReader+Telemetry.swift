import FactoryTelemetry

extension ConfigurationReader {
    /// From which level on the log is written; nil where nothing says.
    func logLevels(_ flags: Flags, _ file: ConfigurationFile) throws(ConfigurationError) -> LogLevels? {
        let sources = [
            ("--log-level", flags.logLevel), ("CODE_FACTORY_LOG_LEVEL", variable("CODE_FACTORY_LOG_LEVEL")),
            ("log_level", file.logLevel),
        ]
        for case (let key, let text?) in sources {
            guard let levels = LogLevels(parsing: text) else {
                let names = (LogLevel.allCases.map(\.rawValue) + ["off"]).joined(separator: ", ")
                throw ConfigurationError(
                    key: key,
                    message: "\"\(text)\" is not a level (\(names)), nor one with exceptions as in info,attempt=debug")
            }
            return levels
        }
        return nil
    }

    /// Where traces go. The names that other programs read work too.
    func traces(_ flags: Flags, _ file: ConfigurationFile) -> TraceConfiguration? {
        let endpoint =
            flags.traceEndpoint ?? variable("CODE_FACTORY_OTLP_ENDPOINT") ?? variable("OTEL_EXPORTER_OTLP_ENDPOINT")
            ?? file.traceEndpoint
        guard let endpoint else { return nil }
        var headers: [String: String] = [:]
        for pair in (variable("OTEL_EXPORTER_OTLP_HEADERS") ?? "").split(separator: ",") {
            let parts = pair.split(separator: "=", maxSplits: 1).map { $0.trimmingSpaces() }
            if parts.count == 2 { headers[parts[0]] = parts[1] }
        }
        return TraceConfiguration(endpoint: endpoint, headers: headers)
    }

    private func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
}
