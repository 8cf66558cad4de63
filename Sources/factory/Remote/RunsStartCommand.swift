import ArgumentParser
import FactoryClient
import FactoryDefinition
import FactoryJSON
import FactoryNetwork

/// `factory runs start`
struct RunsStartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Starts a run of a pipeline on a server.",
        discussion: "Without --watch it answers as soon as the run is in the server's store.")

    @OptionGroup var argument: PipelineArgument

    @Option(
        name: .customLong("input"),
        help: ArgumentHelp("An input; @file takes the text of a file.", valueName: "name=value|name=@file"))
    var input: [String] = []

    @Option(name: .long, help: ArgumentHelp("Inputs as a JSON or YAML object in a file.", valueName: "file"))
    var inputs: String?

    @Option(
        name: .long, help: ArgumentHelp("A published version; default: what the server takes.", valueName: "number"))
    var version: Int64?

    @Option(
        name: .long,
        help: ArgumentHelp("The environment whose secrets and variables the run has.", valueName: "name"))
    var environment: String?

    @OptionGroup var onlyOptions: OnlyOptions

    @Flag(name: .long, help: "Show what happens until the run ends; the exit code is then that of the run.")
    var watch = false

    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        try await serverOptions.client().use { client in
            let pipeline = try await RemotePipelines(client).find(argument.pipeline)
            let document = try await client.send(.get, pipeline.path).json()["document"] ?? [:]
            var body: JSONObject = ["inputs": .object(try values(for: document))]
            if let version { body["version"] = .int(version) }
            if let environment { body["environment"] = .string(environment) }
            if let step = onlyOptions.step { body["only"] = .object(try await only(step, client)) }
            let run = try await client.send(.post, pipeline.path + "/runs", body: .json(.object(body))).json()
            try await RemoteRun.begun(
                run, client, saying: "of \(pipeline.name) started", watch: watch, output: outputOptions.output)
        }
    }

    /// One step alone, with what it got in a run that may be named by its number.
    private func only(_ step: String, _ client: FactoryClient) async throws -> JSONObject {
        var only: JSONObject = ["step": .string(step)]
        guard let text = onlyOptions.source else { return only }
        only["from_run"] = .string(try await RemoteRun.find(text, client).id)
        return only
    }

    /// The inputs: text is read as its field's type says, as `factory run` does.
    private func values(for document: JSON) throws -> JSONObject {
        var given = try inputs.map(InputFile.read) ?? [:]
        let fields = DocumentReader(foresees: false).read(document).pipeline?.inputs ?? []
        let check = InputCheck(fields)
        for text in input {
            let (name, value) = try Assignment.split(text, of: "--input")
            do throws(Problem) {
                given[name] = try check.value(fromText: try InputFile.text(value, of: name), for: name)
            } catch {
                throw CommandFailure(.invalid, error.line(inFile: "inputs"))
            }
        }
        return given
    }
}

/// `factory runs watch`
struct RunsWatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Shows what happens in a run on a server until it ends; the exit code is that of the run.")

    @OptionGroup var argument: RunArgument
    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        try await serverOptions.client().use { client in
            try await RemoteRun.find(argument, client).watch(output: outputOptions.output)
        }
    }
}

/// `factory runs pause`
struct RunsPauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Lets the steps that run on a server end, and starts no more until the run is resumed.")

    @OptionGroup var argument: RunArgument
    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        try await serverOptions.client().use { client in
            try await RemoteRun.find(argument, client).ask("pause", output: outputOptions.output)
        }
    }
}
