import ArgumentParser
import FactoryClient
import FactoryDefinition
import FactoryJSON
import FactoryNetwork
import Glibc

/// `factory pipelines …`
struct PipelinesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pipelines",
        abstract: "Lists, shows, applies, compares, exports, publishes and deletes pipelines of a server.",
        subcommands: [
            PipelinesListCommand.self, PipelinesGetCommand.self, PipelinesApplyCommand.self,
            PipelinesDiffCommand.self, PipelinesExportCommand.self, PipelinesPublishCommand.self,
            PipelinesDeleteCommand.self,
        ])
}

/// The pipeline a command is about.
struct PipelineArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("Name or id of the pipeline.", valueName: "pipeline"))
    var pipeline: String
}

/// `factory pipelines list`
struct PipelinesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists pipelines, latest changed first.")

    @Option(name: [.customShort("q"), .long], help: ArgumentHelp("Only those that hold this text.", valueName: "text"))
    var query: String?

    @Option(name: .long, help: ArgumentHelp("Only those with this tag.", valueName: "tag"))
    var tag: String?

    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var listOptions: ListOptions

    func run() async throws {
        let items = try await serverOptions.client().use { client in
            try await client.list("/api/v1/pipelines", query: [("q", query), ("tag", tag)])
        }
        listOptions.print(
            items,
            columns: [
                .member("NAME", "name"), .member("STEPS", "step_count"), .member("VERSION", "latest_version"),
                ListColumn(head: "LAST RUN") { $0["last_run"]?["status"]?.stringValue ?? "" },
                .member("UPDATED", "updated_at"), .member("ID", "id", isWide: true),
                .member("OWNER", "owner", isWide: true), .member("VISIBILITY", "visibility", isWide: true),
                .member("TAGS", "tags", isWide: true), .member("TITLE", "title", isWide: true),
            ],
            name: { $0["name"]?.stringValue ?? "" },
            empty: "no pipelines yet; put one there with: factory pipelines apply FILE")
    }
}

/// `factory pipelines get`
struct PipelinesGetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Prints a pipeline: its document, or with -o json everything about it.")

    @OptionGroup var argument: PipelineArgument
    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        try await serverOptions.client().use { client in
            let found = try await RemotePipelines(client).find(argument.pipeline)
            switch outputOptions.output {
            case .text, .yaml: Output.data(try await found.text(client).trimmingLineEnds())
            case .json: Output.data(try await client.send(.get, found.path).json().serialized(pretty: true))
            }
        }
    }
}

/// `factory pipelines diff`
struct PipelinesDiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Says what applying a file would change. Exit code 1 where something would.")

    @Argument(help: ArgumentHelp("The document, YAML or JSON; - is standard input.", valueName: "file"))
    var file: String

    @OptionGroup var serverOptions: ServerOptions

    func run() async throws {
        let local = try LocalDocument(path: file)
        let difference: DocumentDifference = try await serverOptions.client().use { client in
            guard let found = try await RemotePipelines(client).own()[local.name] else {
                return DocumentDifference(from: [:], to: local.document)
            }
            let remote = try YAML.parse(try await found.text(client))
            return DocumentDifference(from: remote, to: local.document)
        }
        guard !difference.isEmpty else { return Output.note("\(local.name) is the same") }
        Output.data(difference.description)
        throw CommandFailure(.runFailed)
    }
}

/// `factory pipelines export`
struct PipelinesExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes documents of a server to files, as they were written, comments kept.")

    @Argument(help: ArgumentHelp("Name or id of the pipeline.", valueName: "pipeline"))
    var pipeline: String?

    @Flag(name: .long, help: "Every pipeline of your own.")
    var all = false

    @Option(
        name: .long, help: ArgumentHelp("Folder to write NAME.yaml into; default: the current one.", valueName: "dir"))
    var to = "."

    @OptionGroup var serverOptions: ServerOptions

    func validate() throws {
        guard all != (pipeline != nil) else { throw ValidationError("Name one pipeline, or give --all.") }
    }

    func run() async throws {
        guard mkdir(to, 0o755) == 0 || errno == EEXIST else {
            throw CommandFailure(.usage, "cannot make \(to): \(String(cString: strerror(errno)))")
        }
        try await serverOptions.client().use { client in
            let pipelines = RemotePipelines(client)
            let wanted: [RemotePipeline]
            if let pipeline {
                wanted = [try await pipelines.find(pipeline)]
            } else {
                wanted = try await pipelines.own().values.sorted { $0.name < $1.name }
            }
            for found in wanted {
                let path = "\(to)/\(found.name).yaml"
                try TextFile.write(try await found.text(client), to: path)
                Output.note("wrote \(path)")
            }
        }
    }
}

/// `factory pipelines publish`
struct PipelinesPublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Publishes the draft of a pipeline as its next version.")

    @OptionGroup var argument: PipelineArgument

    @Option(name: .shortAndLong, help: ArgumentHelp("What changed, for others to read.", valueName: "text"))
    var message = ""

    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let version = try await serverOptions.client().use { client in
            let found = try await RemotePipelines(client).find(argument.pipeline)
            return try await client.send(
                .post, found.path + "/versions", body: .json(["message": .string(message)])
            ).json()
        }
        guard outputOptions.output == .text else { return Output.data(outputOptions.output.print(version)) }
        Output.note("\(argument.pipeline) has version \(version["number"]?.intValue ?? 0)")
    }
}

/// `factory pipelines delete`
struct PipelinesDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Puts a pipeline into the trash, from where it can be restored.")

    @OptionGroup var argument: PipelineArgument
    @OptionGroup var serverOptions: ServerOptions

    func run() async throws {
        try await serverOptions.client().use { client in
            let found = try await RemotePipelines(client).find(argument.pipeline)
            _ = try await client.send(.delete, found.path, headers: [("If-Match", "*")])
            Output.note("\(found.name) is in the trash")
        }
    }
}
