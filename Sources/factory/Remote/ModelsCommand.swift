import ArgumentParser
import FactoryClient
import FactoryJSON
import FactoryNetwork

/// `factory models …`
struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "Lists the models of a server, and runs a small one on this machine.",
        subcommands: [ModelsListCommand.self, ModelsInstallLocalCommand.self])
}

/// `factory models list`
struct ModelsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the models that your runs may ask.",
        discussion: "What is not known of a model is left empty.")

    @Flag(name: .long, help: "Asks every provider for its list first.")
    var refresh = false

    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var listOptions: ListOptions

    func run() async throws {
        let answer = try await serverOptions.client().use { client in
            try await client.send(.get, "/api/v1/models", query: [("refresh", refresh ? "true" : nil)]).json()
        }
        listOptions.print(
            answer["items"]?.arrayValue ?? [],
            columns: [
                .member("NAME", "name"), .member("ALIASES", "aliases"), .member("CONTEXT", "context"),
                .member("OUTPUT", "output_limit", isWide: true), .member("CAN", "capabilities", isWide: true),
                ListColumn(head: "PRICE IN/OUT", text: Self.price),
                ListColumn(head: "FIRST WORD") { Self.milliseconds($0["health"]?["first_token_ms"]) },
                ListColumn(head: "FAILED") { $0["health"]?["failures"].map(ListColumn.plain) ?? "" },
            ],
            name: { $0["name"]?.stringValue ?? "" }, empty: "no models are known; factory provider list")
        for failure in answer["unreachable"]?.arrayValue ?? [] {
            Output.note(
                "\(failure["provider"]?.stringValue ?? "") does not list its models: "
                    + (failure["error"]?["message"]?.stringValue ?? ""))
        }
    }

    private static func price(_ model: JSON) -> String {
        guard let price = model["price"], !price.isNull else { return "" }
        return "$\(ListColumn.plain(price["input"] ?? .null))/\(ListColumn.plain(price["output"] ?? .null))"
    }

    private static func milliseconds(_ value: JSON?) -> String { value?.intValue.map { "\($0) ms" } ?? "" }
}
