import ArgumentParser
import FactoryDomain
import FactorySecrets
import FactoryServer
import FactoryStore
import Glibc

/// `factory secret …`
struct SecretCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret",
        abstract: "Stores, lists and removes secrets, and replaces the key they are sealed with.",
        discussion: """
            Works on the data folder, with a server running there or not. A value goes in and never comes out again.
            """,
        subcommands: [
            SecretSetCommand.self, SecretListCommand.self, SecretRemoveCommand.self, SecretRotateKeyCommand.self,
        ])
}

/// Whose secrets a command is about, and where they are.
struct SecretPlace: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Whose secrets: the id of an account. Default: those of the command line.", valueName: "id"))
    var owner: String = Owner.local

    @OptionGroup var dataOptions: DataOptions

    /// Does `body` with the values of the data folder.
    func use<Value>(_ command: String, _ body: (ValueRoom) async throws -> Value) async throws -> Value {
        try await dataOptions.useValues("secret \(command)", body)
    }
}

extension DataOptions {
    /// Does `body` with the values of the data folder; its errors become those of a command.
    func useValues<Value>(_ command: String, _ body: (ValueRoom) async throws -> Value) async throws -> Value {
        let configuration = try configuration()
        do {
            return try await body(try ValueRoom(configuration, holder: "factory \(command) (process \(getpid()))"))
        } catch let error as SecretError {
            throw CommandFailure(secrets: error)
        } catch let error as StoreError {
            throw CommandFailure(secrets: .store(error))
        } catch let error as ServerError {
            throw CommandFailure(server: error)
        }
    }
}
