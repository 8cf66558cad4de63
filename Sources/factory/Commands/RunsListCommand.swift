import ArgumentParser
import FactoryClient
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryNetwork
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
    var cursor: String?

    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var listOptions: ListOptions

    func validate() throws {
        guard (1...200).contains(limit) else { throw ValidationError("--limit must be from 1 to 200.") }
        for text in status where RunStatus(rawValue: text) == nil {
            let known = RunStatus.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--status \(text) is not a status; known: \(known).")
        }
    }

    func run() async throws {
        let page: JSON
        if let client = try serverOptions.client(unless: dataOptions.data) {
            page = try await remotePage(client)
        } else {
            page = try await localPage()
        }
        if listOptions.output == .json || listOptions.output == .yaml {
            let format: OutputFormat = listOptions.output == .json ? .json : .yaml
            return Output.data(format.print(page))
        }
        listOptions.print(
            page["items"]?.arrayValue ?? [],
            columns: [
                .member("NUMBER", "number"), .member("STATUS", "status"), .member("STARTED", "started_at"),
                ListColumn(head: "TOOK") { $0["duration_ms"]?.intValue.map(Elapsed.text) ?? "" },
                ListColumn(head: "PIPELINE") { $0["pipeline"]?["name"]?.stringValue ?? "" },
                .member("TRIGGER", "trigger", isWide: true), .member("ID", "id", isWide: true),
            ],
            name: { $0["id"]?.stringValue ?? "" }, empty: "no runs yet; start one with: factory run FILE")
        if let next = page["next_cursor"], !next.isNull { Output.note("more: --cursor \(ListColumn.plain(next))") }
    }

    private func remotePage(_ client: FactoryClient) async throws -> JSON {
        try await client.use { client in
            try await client.send(
                .get, "/api/v1/runs",
                query: [
                    ("pipeline", pipeline), ("status", status.isEmpty ? nil : status.joined(separator: ",")),
                    ("limit", String(limit)), ("cursor", cursor),
                ]
            ).json()
        }
    }

    private func localPage() async throws -> JSON {
        let statuses = Set(status.compactMap(RunStatus.init))
        let before = try cursor.map { text in
            guard let number = Int64(text) else { throw ValidationError("--cursor must be one that a list printed.") }
            return number
        }
        let configuration = try dataOptions.configuration()
        do throws(StoreError) {
            let page = try await RunReader(configuration).reports(
                RunFilter(
                    pipeline: pipeline, statuses: statuses.isEmpty ? nil : statuses, limit: limit, before: before))
            return [
                "items": .array(page.reports.map(\.summary)), "next_cursor": page.next.map(JSON.int) ?? .null,
            ]
        } catch { throw CommandFailure(server: .store(error)) }
    }
}
