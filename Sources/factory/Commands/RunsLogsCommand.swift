import ArgumentParser
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

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let configuration = try dataOptions.configuration()
        let chunks: [LogChunk]
        do throws(StoreError) {
            let reader = try RunReader(configuration)
            chunks = try await reader.logs(of: try await reader.find(argument.run), step: step)
        } catch { throw CommandFailure(server: .store(error)) }
        guard outputOptions.output == .text else {
            return Output.data(outputOptions.output.print(["items": .array(chunks.map(json))]))
        }
        if chunks.isEmpty { return Output.note("the run has no log text") }
        for chunk in chunks {
            let text = chunk.text.trimmingLineEnds()
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                Output.data("\(chunk.step) \(chunk.stream)| \(line)")
            }
        }
    }

    private func json(_ chunk: LogChunk) -> JSON {
        [
            "step": .string(chunk.step), "attempt": .string(chunk.attempt.rawValue), "stream": .string(chunk.stream),
            "at": .string(chunk.at.description), "text": .string(chunk.text),
        ]
    }
}
