import ArgumentParser
import FactoryAccess
import FactoryDomain
import FactoryJSON

/// `factory user …`
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Adds, lists, changes and removes accounts, beside a server that runs or without one.",
        subcommands: [
            UserAddCommand.self, UserListCommand.self, UserPasswordCommand.self, UserRoleCommand.self,
            UserDisableCommand.self, UserEnableCommand.self, UserRemoveCommand.self,
        ])
}

/// The account a command is about.
struct UserArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("Name, address or id of the account.", valueName: "account"))
    var user: String
}

/// `factory user add`
struct UserAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Makes an account.",
        discussion: """
            The first account has to be an admin, and gets what the installation holds so far. Without --password nobody \
            signs in to the account before a link of `factory invite --reset NAME` was used.
            """)

    @Argument(help: ArgumentHelp("What it is called.", valueName: "name")) var name: String
    @Option(name: .long, help: ArgumentHelp("Its address.", valueName: "address")) var email: String?
    @Option(name: .long, help: ArgumentHelp("admin or member.", valueName: "role")) var role = RoleArgument.member
    @Flag(name: .long, help: "Read its password from standard input.") var password = false
    @OptionGroup var options: AccountOptions

    func run() async throws {
        let secret = password ? try PasswordInput.read() : nil
        let account = try await options.use("user add") { accounts throws(AccountError) in
            try await accounts.create(name: name, email: email, role: role.role, password: secret, by: .commandLine)
        }
        options.print(account.json, "\(account.id) \(account.name)")
    }
}

/// `factory user list`
struct UserListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the accounts, by name.")

    @OptionGroup var options: AccountOptions

    func run() async throws {
        let all = try await options.use("user list") { accounts throws(AccountError) in try await accounts.all() }
        let lines = all.map { account in
            "\(account.name.padded(to: 24)) \(account.role.rawValue.padded(to: 7)) "
                + "\((account.disabledAt == nil ? "" : "disabled").padded(to: 9)) \(account.id) \(account.email ?? "")"
        }
        guard !all.isEmpty || options.outputOptions.output != .text else {
            return Output.note("no accounts yet; make the first: factory user add NAME --role admin --password")
        }
        options.print(
            ["items": .array(all.map(\.json)), "next_cursor": nil], lines.joined(separator: "\n"))
    }
}

/// `factory user password`
struct UserPasswordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password", abstract: "Sets a password, read from standard input, and ends all sessions.")

    @OptionGroup var argument: UserArgument
    @OptionGroup var options: AccountOptions

    func run() async throws {
        let secret = try PasswordInput.read()
        let account = try await options.use("user password") { accounts throws(AccountError) in
            let account = try await accounts.account(argument.user)
            try await accounts.setPassword(
                of: account.id, to: secret, current: nil, isOwn: false, from: "", keeping: nil, by: .commandLine)
            return account
        }
        options.print(["id": .string(account.id.rawValue)], "\(account.name) has another password; all sessions ended")
    }
}

/// `factory user role`
struct UserRoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "role", abstract: "Gives an account another role, and ends its sessions.")

    @OptionGroup var argument: UserArgument
    @Argument(help: ArgumentHelp("admin or member.", valueName: "role")) var role: RoleArgument
    @OptionGroup var options: AccountOptions

    func run() async throws {
        let account = try await options.change("user role", argument.user, AccountChanges(role: role.role))
        options.print(account.json, "\(account.name) is \(account.role.rawValue)")
    }
}

/// `factory user disable`
struct UserDisableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Lets nobody in by an account any more: sessions end, keys open nothing.")

    @OptionGroup var argument: UserArgument
    @OptionGroup var options: AccountOptions

    func run() async throws {
        let account = try await options.change("user disable", argument.user, AccountChanges(isDisabled: true))
        options.print(account.json, "\(account.name) is out of use")
    }
}

/// `factory user enable`
struct UserEnableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Takes an account into use again.")

    @OptionGroup var argument: UserArgument
    @OptionGroup var options: AccountOptions

    func run() async throws {
        let account = try await options.change("user enable", argument.user, AccountChanges(isDisabled: false))
        options.print(account.json, "\(account.name) is in use")
    }
}

/// `factory user remove`
struct UserRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Removes an account; what it owns goes to another.")

    @OptionGroup var argument: UserArgument
    @Option(name: .customLong("transfer-to"), help: ArgumentHelp("Who gets its things.", valueName: "account"))
    var heir: String?
    @OptionGroup var options: AccountOptions

    func run() async throws {
        let account = try await options.use("user remove") { accounts throws(AccountError) in
            let account = try await accounts.account(argument.user)
            var receiver: ID<Account>?
            if let heir { receiver = try await accounts.account(heir).id }
            try await accounts.remove(account.id, heir: receiver, by: .commandLine)
            return account
        }
        options.print(["id": .string(account.id.rawValue)], "\(account.name) is removed")
    }
}

extension AccountOptions {
    func change(_ command: String, _ user: String, _ changes: AccountChanges) async throws -> AccountRecord {
        try await use(command) { accounts throws(AccountError) in
            let account = try await accounts.account(user)
            return try await accounts.change(account.id, changes, by: .commandLine)
        }
    }
}
