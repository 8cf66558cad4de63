import ArgumentParser
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryServer
import FactoryStore

/// `factory runs list`
struct RunsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists runs, newest first.")

    @Option(name: .long, help: ArgumentHelp("Only runs of this pipeline.", valueName: "name"))
    var pipeline: String?

    @Option(name: .long, help: ArgumentHelp("Only runs in this status; may be repeated.", valueName: "status"))
    var status: [String] = []

    @Option(name: .long, help: "How many, at most 200.")
    var limit = 50

    @Option(name: .long, help: ArgumentHelp("The `next_cursor` of the page before.", valueName: "cursor"))
    var cursor: Int64?

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var outputOptions: OutputOptions

    func validate() throws {
        guard (1...200).contains(limit) else { throw ValidationError("--limit must be from 1 to 200.") }
        for text in status where RunStatus(rawValue: text) == nil {
            let known = RunStatus.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--status \(text) is not a status; known: \(known).")
        }
    }

    func run() async throws {
        let statuses = Set(status.compactMap(RunStatus.init))
        let configuration = try dataOptions.configuration()
        let page: (reports: [RunReport], next: Int64?)
        do throws(StoreError) {
            let reader = try RunReader(configuration)
            page = try await reader.reports(
                RunFilter(
                    pipeline: pipeline, statuses: statuses.isEmpty ? nil : statuses, limit: limit, before: cursor))
        } catch { throw CommandFailure(server: .store(error)) }
        guard outputOptions.output == .text else {
            let list: JSON = [
                "items": .array(page.reports.map(\.summary)), "next_cursor": page.next.map(JSON.int) ?? .null,
            ]
            return Output.data(outputOptions.output.print(list))
        }
        if page.reports.isEmpty { return Output.note("no runs yet; start one with: factory run FILE") }
        Output.data("NUMBER  STATUS     STARTED                   TOOK      PIPELINE")
        for report in page.reports { Output.data(line(report.run)) }
        if let next = page.next { Output.note("more: --cursor \(next)") }
    }

    private func line(_ run: RunRecord) -> String {
        let took: String =
            if let start = run.startedAt, let end = run.finishedAt {
                Elapsed.text(end.milliseconds(since: start))
            } else { "" }
        return "\("\(run.number)".padded(to: 7)) \(run.status.rawValue.padded(to: 10)) "
            + "\((run.startedAt?.description ?? "").padded(to: 25)) \(took.padded(to: 9)) \(run.pipeline)"
    }
}
