import ArgumentParser
import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryServer
import FactoryStore

/// `factory secret remove`
struct SecretRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Removes a secret. Needs no master key.")

    @Argument(help: ArgumentHelp("Its name.", valueName: "name"))
    var name: String

    @Option(name: .long, help: ArgumentHelp("The environment whose value is removed.", valueName: "name"))
    var environment: String?

    @OptionGroup var place: SecretPlace

    func run() async throws {
        let key = ValueKey(owner: place.owner, environment: environment, name: name)
        try await place.use("remove") { room in
            try await room.store.removeSecret(key, version: nil)
            try await room.audit.record(
                .secretRemoved, by: .commandLine, on: name,
                ["owner": .string(place.owner), "environment": environment.map(JSON.string) ?? .null])
        }
        Output.note("removed \(name)")
    }
}
