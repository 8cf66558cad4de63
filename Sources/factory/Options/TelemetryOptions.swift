import ArgumentParser

/// What a working process tells about itself beside its answers.
struct TelemetryOptions: ParsableArguments {
    @Option(
        name: .customLong("log-level"),
        help: ArgumentHelp(
            "Log on standard error from this level on: trace, debug, info, warning, error or off.",
            discussion: "Exceptions for areas and step types follow, as in info,attempt=debug,prompt=trace.",
            valueName: "level"))
    var logLevel: String?

    @Option(
        name: .customLong("otlp-endpoint"),
        help: ArgumentHelp(
            "Send traces to this collector (OTLP over HTTP), for example http://127.0.0.1:4318.", valueName: "url"))
    var otlpEndpoint: String?
}
