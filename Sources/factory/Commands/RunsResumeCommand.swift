import ArgumentParser
import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactorySecrets
import FactoryServer

/// `factory runs resume`
struct RunsResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Continues a run that was interrupted, failed or was cancelled.",
        discussion: """
            Steps that succeeded are kept; the others run. Of a run that has succeeded only the file changes that wait \
            are decided.
            """)

    @OptionGroup var argument: RunArgument
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var secretOptions: SecretOptions
    @OptionGroup var driveOptions: DriveOptions
    @OptionGroup var telemetryOptions: TelemetryOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let configuration = try dataOptions.configuration(
            allowedHosts: driveOptions.allowHost, logLevel: telemetryOptions.logLevel,
            traceEndpoint: telemetryOptions.otlpEndpoint)
        let vault = try secretOptions.vault()
        let record: RunRecord
        do throws(ServerError) {
            let reader = try RunReader(configuration)
            record = try await reader.report(of: try await reader.find(argument.run)).run
        } catch { throw CommandFailure(server: error) }
        let reading = DocumentReader().read(record.document)
        guard let pipeline = reading.pipeline else {
            throw CommandFailure(engine: .invalidDocument(reading.problems))
        }
        // A run that has succeeded runs nothing any more that could need them.
        let missing = pipeline.secretNames.subtracting(vault.names).sorted()
        guard record.status == .succeeded || missing.isEmpty else {
            throw CommandFailure(
                .invalid, "the run uses secrets that were not given: \(missing.joined(separator: ", "))",
                hint: "add " + missing.map { "--secret \($0)=@FILE" }.joined(separator: " "))
        }
        try await RunSession(
            configuration: configuration, holder: "factory runs resume", options: driveOptions,
            output: outputOptions.output
        ).run(pipeline, record.status == .succeeded ? .ended(record.id) : .resumed(record.id, vault))
    }
}
