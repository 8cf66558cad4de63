import ArgumentParser
import FactoryClient
import FactoryDomain
import FactoryJSON
import FactoryNetwork
import FactorySecrets
import FactoryServer
import FactoryStore

/// `factory variable …`
struct VariableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "variable",
        abstract: "Sets, lists and removes variables: plain values that documents refer to as `vars.NAME`.",
        discussion: """
            Works on the server that is named or that you are signed in to, and with --data on a data folder, with a \
            server running there or not. What nobody may read belongs into secrets: factory secret.
            """,
        subcommands: [VariableSetCommand.self, VariableListCommand.self, VariableRemoveCommand.self])
}

/// `factory variable set`
struct VariableSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Sets a variable, or gives it a new value.")

    @Argument(help: ArgumentHelp("How documents refer to it: `vars.NAME`.", valueName: "name"))
    var name: String

    @Argument(
        help: ArgumentHelp(
            "Its value; @FILE reads it from a file, - from standard input, without the line ends at its end.",
            valueName: "value"))
    var value: String

    @Option(name: .long, help: ArgumentHelp("What it is for.", valueName: "text"))
    var description: String?

    @Option(name: .long, help: ArgumentHelp("The environment that this value is for.", valueName: "name"))
    var environment: String?

    @OptionGroup var place: ValuePlace
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let text = try text()
        let set = try await place.use(
            "variable set",
            remote: { client in
                let body: JSON = [
                    "value": .string(text), "description": description.map(JSON.string) ?? .null,
                    "environment": environment.map(JSON.string) ?? .null,
                ]
                let path = ValueRoutes.path(ValueRoutes.variables, name)
                return try await client.send(.put, path, body: .json(body)).json()
            },
            local: { room, owner in
                VariableText.json(
                    try await room.values.variables.put(
                        text, description: description,
                        at: ValueKey(owner: owner, environment: environment, name: name), version: nil))
            })
        guard outputOptions.output == .text else { return Output.data(outputOptions.output.print(set)) }
        let place = environment.map { " of the environment \($0)" } ?? ""
        Output.note("\(set["version"]?.intValue == 1 ? "set" : "changed") \(name)\(place)")
    }

    private func text() throws -> String {
        if value == "-" { return try TextFile.read("-", of: "variable set").trimmingLineEnds() }
        guard value.hasPrefix("@") else { return value }
        return try TextFile.read(String(value.dropFirst()), of: "variable set").trimmingLineEnds()
    }
}

/// `factory variable list`
struct VariableListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists variables with their values.")

    @Option(
        name: .long, help: ArgumentHelp("Only those of this environment; empty for those of none.", valueName: "name"))
    var environment: String?

    @OptionGroup var place: ValuePlace
    @OptionGroup var listOptions: ListOptions

    func run() async throws {
        let items = try await place.use(
            "variable list",
            remote: { client in
                let query = environment.map { "?environment=\(FactoryClient.component($0))" } ?? ""
                return try await ValueRoutes.all(ValueRoutes.variables + query, client)
            },
            local: { room, owner in
                let scope = environment.map { ValueScope.environment($0.isEmpty ? nil : $0) } ?? .all
                return try await room.store.variables(of: owner, in: scope).map(VariableText.json)
            })
        listOptions.print(
            items,
            columns: [
                .member("NAME", "name"), .member("ENVIRONMENT", "environment"),
                .member("CHANGED", "updated_at", isWide: true), .member("DESCRIPTION", "description", isWide: true),
                ListColumn(head: "VALUE") { VariableText.line($0["value"]?.stringValue ?? "") },
            ],
            name: { $0["name"]?.stringValue ?? "" },
            empty: "no variables yet; set one with: factory variable set NAME VALUE")
    }
}

/// `factory variable remove`
struct VariableRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Removes a variable.")

    @Argument(help: ArgumentHelp("Its name.", valueName: "name"))
    var name: String

    @Option(name: .long, help: ArgumentHelp("The environment whose value is removed.", valueName: "name"))
    var environment: String?

    @OptionGroup var place: ValuePlace

    func run() async throws {
        try await place.use(
            "variable remove",
            remote: { client in
                let path = ValueRoutes.path(ValueRoutes.variables, name, in: environment)
                _ = try await client.send(.delete, path)
            },
            local: { room, owner in
                try await room.store.removeVariable(
                    ValueKey(owner: owner, environment: environment, name: name), version: nil)
            })
        Output.note("removed \(name)")
    }
}

/// How variables are printed.
enum VariableText {
    /// A value on one line of a list.
    static func line(_ value: String) -> String {
        TerminalText.safe(value.replacing("\n", with: "\\n").replacing("\t", with: "\\t"))
    }

    static func json(_ record: VariableRecord) -> JSON {
        [
            "name": .string(record.key.name), "environment": record.key.environment.map(JSON.string) ?? .null,
            "value": .string(record.value), "description": record.description.map(JSON.string) ?? .null,
            "version": .int(record.version), "created_at": .string(record.createdAt.description),
            "updated_at": .string(record.updatedAt.description),
        ]
    }
}
