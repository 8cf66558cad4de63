import ArgumentParser
import FactoryClient
import FactoryDomain
import FactoryJSON
import FactoryNetwork
import FactorySecrets
import FactoryServer
import FactoryStore

/// `factory environment …`
struct EnvironmentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "environment",
        abstract: "Makes, lists and removes environments: dev, prod and so on, each with values of its own.",
        discussion: """
            Works on the server that is named or that you are signed in to, and with --data on a data folder, with a \
            server running there or not. A run names its environment; what an environment has no value for comes from \
            outside of all environments.
            """,
        subcommands: [EnvironmentSetCommand.self, EnvironmentListCommand.self, EnvironmentRemoveCommand.self])
}

/// `factory environment set`
struct EnvironmentSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Makes an environment, or describes it anew.")

    @Argument(help: ArgumentHelp("Its name, such as dev or prod.", valueName: "name"))
    var name: String

    @Option(name: .long, help: ArgumentHelp("What it is for.", valueName: "text"))
    var description: String?

    @OptionGroup var place: ValuePlace
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let set = try await place.use(
            "environment set",
            remote: { client in
                let body: JSON = ["description": description.map(JSON.string) ?? .null]
                let path = ValueRoutes.path(ValueRoutes.environments, name)
                return try await client.send(.put, path, body: .json(body)).json()
            },
            local: { room, owner in
                EnvironmentText.json(
                    try await room.values.variables.putEnvironment(
                        name, of: owner, description: description, version: nil))
            })
        guard outputOptions.output == .text else { return Output.data(outputOptions.output.print(set)) }
        Output.note("\(set["version"]?.intValue == 1 ? "made" : "changed") the environment \(name)")
    }
}

/// `factory environment list`
struct EnvironmentListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists environments with how many values each has of its own.")

    @OptionGroup var place: ValuePlace
    @OptionGroup var listOptions: ListOptions

    func run() async throws {
        let items = try await place.use(
            "environment list",
            remote: { client in try await ValueRoutes.all(ValueRoutes.environments, client) },
            local: { room, owner in try await room.store.environments(of: owner).map(EnvironmentText.json) })
        listOptions.print(
            items,
            columns: [
                .member("NAME", "name"), .member("SECRETS", "secret_count"), .member("VARIABLES", "variable_count"),
                .member("CHANGED", "updated_at", isWide: true), .member("DESCRIPTION", "description"),
            ],
            name: { $0["name"]?.stringValue ?? "" },
            empty: "no environments yet; make one with: factory environment set NAME")
    }
}

/// `factory environment remove`
struct EnvironmentRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Removes an environment with the secrets and variables that it has of its own."
    )

    @Argument(help: ArgumentHelp("Its name.", valueName: "name"))
    var name: String

    @OptionGroup var place: ValuePlace

    func run() async throws {
        try await place.use(
            "environment remove",
            remote: { client in
                _ = try await client.send(.delete, ValueRoutes.path(ValueRoutes.environments, name))
            },
            local: { room, owner in
                try await room.store.removeEnvironment(name, of: owner, version: nil)
            })
        Output.note("removed \(name)")
    }
}

/// How environments are printed.
enum EnvironmentText {
    static func json(_ record: EnvironmentRecord) -> JSON {
        [
            "name": .string(record.name), "description": record.description.map(JSON.string) ?? .null,
            "secret_count": .int(Int64(record.secretCount)), "variable_count": .int(Int64(record.variableCount)),
            "version": .int(record.version), "created_at": .string(record.createdAt.description),
            "updated_at": .string(record.updatedAt.description),
        ]
    }
}
