import ArgumentParser
import FactoryClient
import FactoryDomain
import FactoryJSON
import FactoryNetwork
import FactoryServer

/// Whose variables and environments a command is about, and where they are: on a server, or in a data folder.
struct ValuePlace: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Whose, in a data folder: the id of an account. Default: those of the command line.", valueName: "id"))
    var owner: String?

    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var dataOptions: DataOptions

    /// Does one of the two: `remote` with the server that is named or signed in to, unless a data folder is named.
    func use<Value>(
        _ command: String, remote: (FactoryClient) async throws -> Value,
        local: (ValueRoom, _ owner: String) async throws -> Value
    ) async throws -> Value {
        if owner != nil, serverOptions.server != nil {
            throw CommandFailure(
                .usage, "--owner is for a data folder: a server knows you by your key", hint: "leave it out")
        }
        let isLocal = dataOptions.data != nil || owner != nil
        if !isLocal || serverOptions.server != nil, let client = try serverOptions.client(unless: dataOptions.data) {
            return try await client.use(remote)
        }
        return try await dataOptions.useValues(command) { room in try await local(room, owner ?? Owner.local) }
    }
}

/// Paths and pages of the API for them.
enum ValueRoutes {
    static let variables = "/api/v1/variables"
    static let environments = "/api/v1/environments"

    /// The path of one, in an environment where it is named.
    static func path(_ list: String, _ name: String, in environment: String? = nil) -> String {
        let query = environment.map { "?environment=\(FactoryClient.component($0))" } ?? ""
        return "\(list)/\(FactoryClient.component(name))\(query)"
    }

    /// Every item of a list.
    static func all(_ path: String, _ client: FactoryClient) async throws -> [JSON] {
        var (items, cursor): ([JSON], String?) = ([], nil)
        repeat {
            let more = cursor.map { "&cursor=\(FactoryClient.component($0))" } ?? ""
            let page = try await client.send(.get, "\(path)\(path.contains("?") ? "&" : "?")limit=200\(more)").json()
            items += page["items"]?.arrayValue ?? []
            cursor = page["next_cursor"]?.stringValue
        } while cursor != nil
        return items
    }
}
