import ArgumentParser
import FactoryClient
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryServer
import FactoryStore

/// `factory runs logs`
struct RunsLogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Prints what the steps of a run printed and what models generated.")

    @OptionGroup var argument: RunArgument

    @Option(name: .long, help: ArgumentHelp("Only this step.", valueName: "id"))
    var step: String?

    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        if let client = try serverOptions.client(unless: dataOptions.data) {
            return try await client.use { client in
                let run = try await RemoteRun.find(argument, client)
                let place = step.map { "/steps/\(FactoryClient.component($0))" } ?? ""
                show(try await client.list("\(run.path)\(place)/logs"))
            }
        }
        let configuration = try dataOptions.configuration()
        let chunks: [LogChunk]
        do throws(StoreError) {
            let reader = try RunReader(configuration)
            chunks = try await reader.logs(of: try await reader.find(argument.run), step: step)
        } catch { throw CommandFailure(server: .store(error)) }
        show(chunks.map(json))
    }

    private func show(_ chunks: [JSON]) {
        guard outputOptions.output == .text else {
            return Output.data(outputOptions.output.print(["items": .array(chunks)]))
        }
        if chunks.isEmpty { return Output.note("the run has no log text") }
        for chunk in chunks {
            let mark = "\(chunk["step"]?.stringValue ?? "") \(chunk["stream"]?.stringValue ?? "")| "
            let text = (chunk["text"]?.stringValue ?? "").trimmingLineEnds()
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) { Output.data(mark + line) }
        }
    }

    private func json(_ chunk: LogChunk) -> JSON {
        [
            "step": .string(chunk.step), "attempt": .string(chunk.attempt.rawValue), "stream": .string(chunk.stream),
            "at": .string(chunk.at.description), "text": .string(chunk.text),
        ]
    }
}
