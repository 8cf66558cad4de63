import ArgumentParser
import FactoryClient
import FactoryJSON
import FactoryNetwork

/// `factory provider …`
struct ProviderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provider", abstract: "Adds, lists, tests and removes the model providers of a server.",
        subcommands: [
            ProviderAddCommand.self, ProviderListCommand.self, ProviderFindCommand.self, ProviderTestCommand.self,
            ProviderRemoveCommand.self,
        ])

    static let path = "/api/v1/providers"

    /// The provider of this name or id; of two with one name the first that runs would use.
    static func find(_ provider: String, _ client: FactoryClient) async throws -> JSON {
        let items = try await client.send(.get, path).json()["items"]?.arrayValue ?? []
        guard let found = items.first(where: { $0["id"] == .string(provider) || $0["name"] == .string(provider) })
        else {
            throw CommandFailure(.usage, "there is no provider \(provider)", hint: "factory provider list")
        }
        return found
    }

    static func path(of provider: JSON) -> String {
        "\(path)/\(FactoryClient.component(provider["id"]?.stringValue ?? ""))"
    }
}

/// `factory provider add`
struct ProviderAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Adds a provider for your runs, or for everybody's.",
        discussion: """
            The key is read from the file that --key names, or from standard input with --key @-; it is sealed by the \
            server and never shown again. Without --key there is none. A provider that is not on the public internet \
            is added by admins, which opens its address to this server.
            """)

    @Argument(help: ArgumentHelp("How documents name it, in provider/model.", valueName: "name"))
    var name: String

    @Argument(help: ArgumentHelp("Where its API begins, for example https://api.openai.com/v1.", valueName: "url"))
    var baseURL: String

    @Option(name: .long, help: "Its wire format: openai, anthropic or ollama.")
    var kind = "openai"

    @Option(name: .long, help: ArgumentHelp("File that holds its key.", valueName: "@file"))
    var key: String?

    @Flag(name: .long, help: "For everybody's runs; for admins.")
    var forAll = false

    @OptionGroup var serverOptions: ServerOptions

    func run() async throws {
        var members: JSONObject = [
            "name": .string(name), "kind": .string(kind), "base_url": .string(baseURL), "for_all": .bool(forAll),
        ]
        if let key = try readKey() { members["key"] = .string(key) }
        let body = members
        let added = try await serverOptions.client().use { client in
            try await client.send(.post, ProviderCommand.path, body: .json(.object(body))).json()
        }
        let count = added["models"]?.intValue ?? 0
        let models = count == 0 ? "it lists no models; factory provider test \(name) says why" : "\(count) models"
        Output.note("added \(name): \(models)")
        if let by = added["admitted"]?["by"]?.stringValue {
            Output.note("its address is open to the server now, by \(by)")
        }
        Output.data(added["id"]?.stringValue ?? "")
    }

    private func readKey() throws -> String? {
        guard let key else { return nil }
        guard key.hasPrefix("@") else {
            throw CommandFailure(
                .usage, "--key must name a file", hint: "write --key @FILE; command lines are visible to other users")
        }
        return try TextFile.read(String(key.dropFirst()), of: "--key").trimmingLineEnds()
    }
}

/// `factory provider list`
struct ProviderListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the providers that your runs may use.")

    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var listOptions: ListOptions

    func run() async throws {
        let items = try await serverOptions.client().use { client in
            try await client.send(.get, ProviderCommand.path).json()["items"]?.arrayValue ?? []
        }
        listOptions.print(
            items,
            columns: [
                .member("NAME", "name"), .member("KIND", "kind"), .member("FOR", "scope"), .member("MODELS", "models"),
                ListColumn(head: "CALLS") { $0["health"]?["calls"].map(ListColumn.plain) ?? "" },
                ListColumn(head: "FAILED") { $0["health"]?["failures"].map(ListColumn.plain) ?? "" },
                .member("URL", "base_url"), .member("KEY", "has_key", isWide: true), .member("ID", "id", isWide: true),
            ],
            name: { $0["name"]?.stringValue ?? "" },
            empty: "no providers yet; factory provider add NAME URL, or factory provider find")
    }
}

/// `factory provider find`
struct ProviderFindCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find", abstract: "Lists the model servers found on the server's own machine; for admins.",
        discussion: "With --add URL the one found there is added, which opens its address to this server.")

    @Option(name: .long, help: ArgumentHelp("Adds the one with this base URL.", valueName: "url"))
    var add: String?

    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var listOptions: ListOptions

    func run() async throws {
        let path = ProviderCommand.path + "/found"
        if let add {
            let added = try await serverOptions.client().use { client in
                try await client.send(.post, path, body: .json(["base_url": .string(add)])).json()
            }
            Output.note("added \(added["name"]?.stringValue ?? "") for everybody's runs")
            return Output.data(added["id"]?.stringValue ?? "")
        }
        let items = try await serverOptions.client().use { client in
            try await client.send(.get, path).json()["items"]?.arrayValue ?? []
        }
        listOptions.print(
            items,
            columns: [
                .member("NAME", "name"), .member("KIND", "kind"), .member("URL", "base_url"),
                .member("ADDED AS", "provider"), .member("MODELS", "models"),
            ],
            name: { $0["base_url"]?.stringValue ?? "" },
            empty: "no model server answers at the usual ports of the server's machine")
    }
}

/// `factory provider test`
struct ProviderTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Makes a real call to a provider and says how it went.",
        discussion: "Exits with 1 where the call failed. The call is short, and costs what the provider charges for it."
    )

    @Argument(help: ArgumentHelp("Name or id of the provider.", valueName: "provider"))
    var provider: String

    @Option(name: .long, help: ArgumentHelp("The model to ask; default: the first it lists.", valueName: "model"))
    var model: String?

    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let result = try await serverOptions.client().use { client in
            let found = try await ProviderCommand.find(provider, client)
            let body: JSON = model.map { ["model": .string($0)] } ?? [:]
            return try await client.send(
                .post, ProviderCommand.path(of: found) + "/test", body: .json(body), seconds: 120
            ).json()
        }
        switch outputOptions.output {
        case .json: Output.data(result.serialized(pretty: true))
        case .yaml: Output.data(OutputFormat.yaml.print(result))
        case .text: Self.show(result)
        }
        guard result["ok"] == true else { throw CommandFailure(.runFailed) }
    }

    private static func show(_ result: JSON) {
        guard result["ok"] == true else {
            let error = result["error"]
            Output.note("failed (\(error?["class"]?.stringValue ?? "other")): \(error?["message"]?.stringValue ?? "")")
            if let hint = error?["hint"]?.stringValue { Output.note("  \(hint)") }
            return
        }
        let latency = result["latency"]
        Output.data(result["text"]?.stringValue ?? "")
        let first = latency?["first_token_ms"]?.intValue.map { ", first word after \($0) ms" } ?? ""
        Output.note(
            "\(result["model"]?.stringValue ?? "") answered in \(latency?["total_ms"]?.intValue ?? 0) ms\(first)")
    }
}

/// `factory provider remove`
struct ProviderRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Removes a provider, its key and what is known of its models.")

    @Argument(help: ArgumentHelp("Name or id of the provider.", valueName: "provider"))
    var provider: String

    @OptionGroup var serverOptions: ServerOptions

    func run() async throws {
        try await serverOptions.client().use { client in
            let found = try await ProviderCommand.find(provider, client)
            _ = try await client.send(.delete, ProviderCommand.path(of: found))
        }
        Output.note("removed \(provider)")
    }
}
