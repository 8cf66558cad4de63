import ArgumentParser
import FactoryJSON
import FactoryServer

/// `factory doctor`
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Tells what works on this machine, what does not, and how to mend it.",
        discussion: "Exits with 1 when something that runs need does not work.")

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var driveOptions: DoctorOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let configuration = try dataOptions.configuration(allowedHosts: driveOptions.allowHost)
        let findings = await Doctor(configuration).examine()
        if outputOptions.output == .text {
            for finding in findings { Output.data(finding.text) }
        } else {
            Output.data(outputOptions.output.print(["items": .array(findings.map(\.json))]))
        }
        if findings.contains(where: { $0.state == .broken }) { throw CommandFailure(.runFailed) }
    }
}

/// What `doctor` needs to know to judge the providers.
struct DoctorOptions: ParsableArguments {
    @Option(
        name: .customLong("allow-host"),
        help: ArgumentHelp("An address steps may reach although it is not public.", valueName: "host:port"))
    var allowHost: [String] = []
}
