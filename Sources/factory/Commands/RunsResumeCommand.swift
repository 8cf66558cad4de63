import ArgumentParser
import FactoryDomain
import FactoryServer

/// `factory runs resume`
struct RunsResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Continues a run that was interrupted, is paused, failed or was cancelled.",
        discussion: """
            Steps that succeeded are kept; the others run. Of a run that has succeeded only the file changes that wait \
            are decided.
            """)

    @OptionGroup var argument: RunArgument
    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var secretOptions: SecretOptions
    @OptionGroup var driveOptions: DriveOptions
    @OptionGroup var telemetryOptions: TelemetryOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        if let client = try serverOptions.client(unless: dataOptions.data) {
            return try await client.use { client in
                try await RemoteRun.find(argument, client).ask("resume", output: outputOptions.output)
            }
        }
        let configuration = try dataOptions.configuration(
            allowedHosts: driveOptions.allowHost, logLevel: telemetryOptions.logLevel,
            traceEndpoint: telemetryOptions.otlpEndpoint)
        let stored = try await StoredRun(argument, in: configuration)
        let session = RunSession(
            configuration: configuration, holder: "factory runs resume", options: driveOptions,
            output: outputOptions.output)
        // A run that has succeeded runs nothing any more that could need secrets.
        guard stored.record.status != .succeeded else {
            return try await session.run(stored.pipeline, .ended(stored.record.id))
        }
        let vault = try stored.checked(try secretOptions.vault())
        try await session.run(stored.pipeline, .resumed(stored.record.id, vault))
    }
}
