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

    @Option(name: .long, help: ArgumentHelp("Only the last lines; as data, the last pieces.", valueName: "count"))
    var tail: Int?

    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var outputOptions: OutputOptions

    func validate() throws {
        if let tail, tail < 1 { throw ValidationError("--tail must be 1 or more.") }
    }

    func run() async throws {
        if let client = try serverOptions.client(unless: dataOptions.data) {
            return try await client.use { client in
                let run = try await RemoteRun.find(argument, client)
                let place = step.map { "/steps/\(FactoryClient.component($0))" } ?? ""
                let order = tail == nil ? "oldest" : "newest"
                try await show { cursor in
                    try await client.page(of: "\(run.path)\(place)/logs", query: [("order", order)], from: cursor)
                }
            }
        }
        let configuration = try dataOptions.configuration()
        do throws(StoreError) {
            let reader = try RunReader(configuration)
            let id = try await reader.find(argument.run)
            try await show { (row: Int64?) throws(StoreError) in
                let range = LogRange(step: step, isNewestFirst: tail != nil, behind: row, limit: 200)
                let page = try await reader.logs(of: id, range)
                return (page.items.map(json), page.next)
            }
        } catch { throw CommandFailure(server: .store(error)) }
    }

    /// Prints page after page, so that a long log is never held as a whole where it need not be.
    private func show<Place, Failure: Error>(
        _ page: (Place?) async throws(Failure) -> (items: [JSON], next: Place?)
    ) async throws(Failure) {
        let isText = outputOptions.output == .text
        var kept: [JSON] = []
        var (lines, isEmpty, place) = (0, true, Place?.none)
        repeat {
            let (items, next) = try await page(place)
            place = next
            isEmpty = isEmpty && items.isEmpty
            if tail == nil, isText {
                for line in items.flatMap(Self.lines) { Output.data(line) }
            } else {
                kept += items
                lines += isText ? items.reduce(0) { $0 + Self.lines($1).count } : items.count
            }
        } while place != nil && lines < tail ?? .max
        if isText {
            if isEmpty { return Output.note("the run has no log text") }
            for line in kept.reversed().flatMap(Self.lines).suffix(tail ?? 0) { Output.data(line) }
        } else {
            let chunks = tail.map { Array(kept.prefix($0).reversed()) } ?? kept
            Output.data(outputOptions.output.print(["items": .array(chunks)]))
        }
    }

    private static func lines(_ chunk: JSON) -> [String] {
        let mark = "\(chunk["step"]?.stringValue ?? "") \(chunk["stream"]?.stringValue ?? "")| "
        let text = (chunk["text"]?.stringValue ?? "").trimmingLineEnds()
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { mark + $0 }
    }

    private func json(_ item: LogPage.Item) -> JSON {
        [
            "position": .int(item.row), "step": .string(item.chunk.step),
            "attempt": .string(item.chunk.attempt.rawValue), "stream": .string(item.chunk.stream),
            "at": .string(item.chunk.at.description), "text": .string(item.chunk.text),
        ]
    }
}
