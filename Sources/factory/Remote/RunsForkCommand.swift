import ArgumentParser
import FactoryClient
import FactoryJSON
import FactoryNetwork

/// `factory runs fork`
struct RunsForkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fork",
        abstract: "Starts a run on a server that goes on from a step of one that has ended.",
        discussion: """
            What succeeded before the step is kept as it ended there, where the document still says of it what it said. \
            The past run stays as it is.
            """)

    @OptionGroup var argument: RunArgument

    @Option(name: .long, help: ArgumentHelp("The step to go on from.", valueName: "step"))
    var from: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The document to go on with; default: that of the past run.", valueName: "number|latest|draft"))
    var version: String?

    @Flag(name: .long, help: "Show what happens until the run ends; the exit code is then that of the run.")
    var watch = false

    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        try await serverOptions.client().use { client in
            var body: JSONObject = ["from": .string(from)]
            if let version { body["version"] = Int64(version).map(JSON.int) ?? .string(version) }
            let past = try await RemoteRun.find(argument, client)
            let run = try await client.send(.post, past.path + "/fork", body: .json(.object(body))).json()
            try await RemoteRun.begun(
                run, client, saying: "goes on from \(from)", watch: watch, output: outputOptions.output)
        }
    }
}
