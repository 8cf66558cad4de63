import ArgumentParser
import FactoryClient
import FactoryJSON
import FactoryNetwork

/// `factory files …`
struct FilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "files",
        abstract: "Lists, reads, writes and deletes files of your workspace on a server.",
        subcommands: [FilesListCommand.self, FilesGetCommand.self, FilesPutCommand.self, FilesDeleteCommand.self])

    static let path = "/api/v1/files"
}

/// `factory files list`
struct FilesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists a folder of the workspace.")

    @Argument(help: ArgumentHelp("The folder; default: the workspace itself.", valueName: "path"))
    var path: String?

    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var listOptions: ListOptions

    func run() async throws {
        let items = try await serverOptions.client().use { client in
            let answer = try await client.send(.get, FilesCommand.path, query: [("path", path)])
            guard answer.headers["Content-Disposition"] == nil else {
                throw CommandFailure(.usage, "\(path ?? "") is a file", hint: "factory files get PATH")
            }
            return try answer.json()["items"]?.arrayValue ?? []
        }
        listOptions.print(
            items, columns: [.member("KIND", "kind"), .member("SIZE", "size"), .member("PATH", "path")],
            name: { $0["path"]?.stringValue ?? "" }, empty: "nothing here")
    }
}

/// `factory files get`
struct FilesGetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Writes a file of the workspace to standard output, or to --to FILE.")

    @Argument(help: ArgumentHelp("The file in the workspace.", valueName: "path"))
    var path: String

    @Option(name: .long, help: ArgumentHelp("File on this machine to write; - is standard output.", valueName: "file"))
    var to = "-"

    @OptionGroup var serverOptions: ServerOptions

    func run() async throws {
        let answer = try await serverOptions.client().use { client in
            try await client.send(.get, FilesCommand.path, query: [("path", path)])
        }
        // A file comes as a download, a folder as a list.
        guard answer.headers["Content-Disposition"] != nil else {
            throw CommandFailure(.usage, "\(path) is a folder", hint: "factory files list \(path)")
        }
        to == "-" ? Output.bytes(answer.body) : try TextFile.write(answer.body, to: to)
    }
}

/// `factory files put`
struct FilesPutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "put", abstract: "Writes a file of this machine into the workspace.",
        discussion: "One above 16 MiB goes in pieces; where that is cut off, the same command goes on.")

    @Argument(help: ArgumentHelp("The file on this machine; - is standard input.", valueName: "file"))
    var file: String

    @Argument(help: ArgumentHelp("Where to put it in the workspace.", valueName: "path"))
    var path: String

    @OptionGroup var serverOptions: ServerOptions

    func run() async throws {
        if file != "-", let large = try LocalFile(file, of: "files put"), large.size > TextFile.limit {
            try await serverOptions.client().use { client in
                try await RemoteUpload(client: client, file: large, target: path).send()
            }
            return Output.note("wrote \(path), \(large.size) bytes")
        }
        let bytes = try TextFile.bytes(file, of: "files put")
        let answer = try await serverOptions.client().use { client in
            try await client.send(
                .put, FilesCommand.path, query: [("path", path)],
                body: .bytes(bytes, type: "application/octet-stream"))
        }
        Output.note("\(answer.status == 201 ? "made" : "replaced") \(path), \(bytes.count) bytes")
    }
}

/// `factory files delete`
struct FilesDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Deletes a file of the workspace.")

    @Argument(help: ArgumentHelp("The file in the workspace.", valueName: "path"))
    var path: String

    @OptionGroup var serverOptions: ServerOptions

    func run() async throws {
        try await serverOptions.client().use { client in
            _ = try await client.send(.delete, FilesCommand.path, query: [("path", path)])
        }
        Output.note("deleted \(path)")
    }
}
