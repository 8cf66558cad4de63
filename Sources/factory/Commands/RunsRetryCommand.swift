import ArgumentParser
import FactoryDomain
import FactoryJSON
import FactoryServer

/// `factory runs retry`
struct RunsRetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Runs an ended run once more, in place.",
        discussion: """
            Without --from, every step that failed, was cancelled, or was skipped for that. With it, that step and \
            everything after it, of a run that has succeeded too; what came before is kept.
            """)

    @OptionGroup var argument: RunArgument

    @Option(name: .long, help: ArgumentHelp("The step to begin with.", valueName: "step"))
    var from: String?

    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var secretOptions: SecretOptions
    @OptionGroup var driveOptions: DriveOptions
    @OptionGroup var telemetryOptions: TelemetryOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        if let client = try serverOptions.client(unless: dataOptions.data) {
            let body: JSONObject = from.map { ["step": .string($0)] } ?? [:]
            return try await client.use { client in
                try await RemoteRun.find(argument, client).ask("retry", body, output: outputOptions.output)
            }
        }
        let configuration = try dataOptions.configuration(
            allowedHosts: driveOptions.allowHost, logLevel: telemetryOptions.logLevel,
            traceEndpoint: telemetryOptions.otlpEndpoint)
        let stored = try await StoredRun(argument, in: configuration)
        let vault = try stored.checked(try secretOptions.vault())
        try await RunSession(
            configuration: configuration, holder: "factory runs retry", options: driveOptions,
            output: outputOptions.output
        ).run(stored.pipeline, .retried(stored.record.id, from: from, vault))
    }
}
