import ArgumentParser
import FactoryClient
import FactoryJSON
import FactoryNetwork

/// `factory runs undo`
struct RunsUndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Takes back what a run on a server changed, where the file still is what the run wrote.")

    @OptionGroup var argument: RunArgument

    @Option(name: .customLong("file"), help: ArgumentHelp("Takes back this file alone; repeatable.", valueName: "path"))
    var files: [String] = []

    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let body: JSONObject = files.isEmpty ? [:] : ["files": .array(files.map(JSON.string))]
        let changes = try await serverOptions.client().use { client in
            let run = try await RemoteRun.find(argument, client)
            return try await client.send(.post, "\(run.path)/changes/undo", body: .json(.object(body))).json()
        }
        let all = changes["files"]?.arrayValue ?? []
        let conflicts = all.filter { $0["state"] == "conflict" }
        if outputOptions.output == .text {
            for file in all { Output.data("\(file["state"]?.stringValue ?? "") \(file["path"]?.stringValue ?? "")") }
        } else {
            Output.data(outputOptions.output.print(changes))
        }
        guard conflicts.isEmpty else {
            throw CommandFailure(
                .runFailed, "\(conflicts.count) files were changed since, and stay as they are")
        }
    }
}
