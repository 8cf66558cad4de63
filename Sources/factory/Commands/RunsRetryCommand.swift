import ArgumentParser
import FactoryDomain
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

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var secretOptions: SecretOptions
    @OptionGroup var driveOptions: DriveOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let configuration = try dataOptions.configuration(allowedHosts: driveOptions.allowHost)
        let stored = try await StoredRun(argument, in: configuration)
        let vault = try stored.checked(try secretOptions.vault())
        try await RunSession(
            configuration: configuration, holder: "factory runs retry", options: driveOptions,
            output: outputOptions.output
        ).run(stored.pipeline, .retried(stored.record.id, from: from, vault))
    }
}
