import ArgumentParser
import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryJSON

/// `factory key …`
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Makes, lists and revokes access keys, beside a server that runs or without one.",
        subcommands: [KeyCreateCommand.self, KeyListCommand.self, KeyRevokeCommand.self])
}

/// `factory key create`
struct KeyCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Makes an access key and prints it, once.")

    @Option(name: .long, help: ArgumentHelp("Whose key it is: name, address or id.", valueName: "account"))
    var owner: String
    @Option(name: .long, help: ArgumentHelp("What it allows: read, run, edit, admin.", valueName: "list"))
    var scopes: String
    @Option(name: .long, help: ArgumentHelp("What it is for.", valueName: "text")) var name = "command line"
    @Option(name: .long, help: ArgumentHelp("Only this pipeline, by id; may be repeated.", valueName: "id"))
    var pipeline: [String] = []
    @Option(name: .long, help: ArgumentHelp("For how many days it is good.", valueName: "n")) var days = Accounts
        .keyDays
    @OptionGroup var options: AccountOptions

    func run() async throws {
        let wanted = try scopes.split(separator: ",").map { word in
            guard let scope = AccessScope(rawValue: word.filter { $0 != " " }) else {
                throw CommandFailure(.usage, "\(word) is no scope; known: read, run, edit, admin")
            }
            return scope
        }
        let key = try await options.use("key create") { accounts throws(AccountError) in
            try await accounts.createKey(
                for: try await accounts.account(owner), name: name, scopes: wanted,
                pipelines: pipeline.isEmpty ? nil : pipeline, days: days, by: .commandLine)
        }
        guard case .object(var shown) = key.record.json else { return }
        shown["key"] = .string(key.text)
        options.print(.object(shown), key.text)
    }
}

/// `factory key list`
struct KeyListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists access keys, newest first.")

    @Option(name: .long, help: ArgumentHelp("Only those of this account.", valueName: "account")) var owner: String?
    @OptionGroup var options: AccountOptions

    func run() async throws {
        let keys = try await options.use("key list") { accounts throws(AccountError) in
            var account: ID<Account>?
            if let owner { account = try await accounts.account(owner).id }
            return try await accounts.keys(of: account)
        }
        let lines = keys.map { key in
            "\(key.id) \(key.account) \(key.scopes.joined(separator: ",").padded(to: 20)) until \(key.expiresAt) \(key.name)"
        }
        guard !keys.isEmpty || options.outputOptions.output != .text else { return Output.note("no access keys") }
        options.print(["items": .array(keys.map(\.json)), "next_cursor": nil], lines.joined(separator: "\n"))
    }
}

/// `factory key revoke`
struct KeyRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revokes an access key: it opens nothing any more.")

    @Argument(help: ArgumentHelp("Id of the key.", valueName: "id")) var key: String
    @OptionGroup var options: AccountOptions

    func run() async throws {
        guard let id = ID<AccessKey>(parsing: key) else { throw CommandFailure(.usage, "\(key) is no id of a key") }
        try await options.use("key revoke") { accounts throws(AccountError) in
            try await accounts.revoke(id, by: .commandLine)
        }
        options.print(["id": .string(key)], "\(key) is revoked")
    }
}
