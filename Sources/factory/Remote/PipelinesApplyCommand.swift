import ArgumentParser
import FactoryClient
import FactoryDefinition
import FactoryJSON
import FactoryNetwork

/// `factory pipelines apply`
struct PipelinesApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Makes the pipelines of a server what files say; the same files twice change nothing.",
        discussion: """
            A document is put where its name says: made where there is no pipeline of that name, changed where there \
            is. All files are read and checked before anything is changed.
            """)

    @Argument(help: ArgumentHelp("A document, or a folder of them; - is standard input.", valueName: "file|dir"))
    var path: String

    @Flag(name: .long, help: "Put pipelines of your own that the folder does not name into the trash.")
    var prune = false

    @Flag(name: .long, help: "Say what would be done, and do nothing.")
    var dry = false

    @Option(
        name: .long, help: ArgumentHelp("Publish each pipeline that changed, with this message.", valueName: "message"))
    var publish: String?

    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var outputOptions: OutputOptions

    /// What is done with one pipeline.
    private enum Deed: String {
        case created, changed, unchanged, deleted
    }

    func run() async throws {
        let documents = try LocalDocument.all(in: path)
        guard !documents.isEmpty else { throw CommandFailure(.usage, "\(path) holds no .yaml or .json file") }
        if prune, documents.count == 1, documents[0].path == path {
            throw CommandFailure(.usage, "--prune wants a folder: one file would delete every other pipeline")
        }
        let done = try await serverOptions.client().use { client in try await apply(documents, client) }
        guard outputOptions.output == .text else {
            let items = done.map { name, deed in
                ["name": .string(name), "done": .string(deed.rawValue), "dry": .bool(dry)] as JSON
            }
            return Output.data(outputOptions.output.print(["items": .array(items)]))
        }
        for (name, deed) in done {
            Output.data("\(name) \(dry && deed != .unchanged ? "would be " : "")\(deed.rawValue)")
        }
    }

    private func apply(
        _ documents: [LocalDocument], _ client: FactoryClient
    ) async throws -> [(name: String, deed: Deed)] {
        let there = try await RemotePipelines(client).own()
        var done: [(name: String, deed: Deed)] = []
        for document in documents {
            let deed = try await apply(document, over: there[document.name], client)
            done.append((document.name, deed))
        }
        guard prune else { return done }
        let named = Set(documents.map(\.name))
        for (name, pipeline) in there.sorted(by: { $0.key < $1.key }) where !named.contains(name) {
            if !dry { _ = try await client.send(.delete, pipeline.path, headers: [("If-Match", "*")]) }
            done.append((name, .deleted))
        }
        return done
    }

    private func apply(
        _ local: LocalDocument, over there: RemotePipeline?, _ client: FactoryClient
    ) async throws -> Deed {
        let body = FactoryClient.Body.bytes(local.text, type: local.contentType)
        guard let there else {
            guard !dry else { return .created }
            let made = try await client.send(.post, "/api/v1/pipelines", body: body).json()
            try await publish(RemotePipeline(made), client)
            return .created
        }
        let remote = try await client.send(.get, there.path, headers: [("Accept", "application/yaml")])
        if remote.body == local.text { return .unchanged }
        if local.contentType == "application/json", let same = try? YAML.parse(remote.text), same == local.document {
            return .unchanged
        }
        guard !dry else { return .changed }
        // What somebody saves in between is not written over: the server refuses, and says so.
        _ = try await client.send(
            .put, there.path, body: body, headers: [("If-Match", remote.headers["ETag"] ?? "*")])
        try await publish(there, client)
        return .changed
    }

    private func publish(_ pipeline: RemotePipeline?, _ client: FactoryClient) async throws {
        guard let publish, let pipeline else { return }
        _ = try await client.send(
            .post, pipeline.path + "/versions", body: .json(["message": .string(publish)]))
    }
}
