import ArgumentParser
import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryServer
import Glibc

/// Whose accounts a command works on.
struct AccountOptions: ParsableArguments {
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var outputOptions: OutputOptions

    /// What `body` does with the accounts, or reads of them.
    func use<Value: Sendable>(
        _ command: String, onlyReads: Bool = false, _ body: (Accounts) async throws(AccountError) -> Value
    ) async throws -> Value {
        let configuration = try dataOptions.configuration()
        do throws(ServerError) {
            return try await AccountRoom(
                configuration, holder: "factory \(command) (process \(getpid()))", onlyReads: onlyReads
            ).use(body)
        } catch { throw CommandFailure(server: error) }
    }

    /// Prints `value`, or for people `text`.
    func print(_ value: JSON, _ text: @autoclosure () -> String) {
        Output.data(outputOptions.output == .text ? text() : outputOptions.output.print(value))
    }
}

/// A role on the command line.
enum RoleArgument: String, ExpressibleByArgument, CaseIterable {
    case admin, member

    var role: AccountRole { self == .admin ? .admin : .member }
}

/// Passwords come from standard input, so that they stand in no history and no list of processes.
enum PasswordInput {
    /// The first line of standard input. At a terminal it is asked for and not shown.
    static func read() throws -> String {
        let isTerminal = isatty(STDIN_FILENO) == 1
        var shown = termios()
        if isTerminal {
            Output.raw("password: ")
            tcgetattr(STDIN_FILENO, &shown)
            var hidden = shown
            hidden.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        }
        defer {
            if isTerminal {
                tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
                Output.raw("\n")
            }
        }
        guard let line = readLine(strippingNewline: true) else {
            throw CommandFailure(.usage, "there is no password on standard input")
        }
        return line
    }
}

extension AccountRecord {
    /// As `factory user` prints it.
    var json: JSON {
        [
            "id": .string(id.rawValue), "name": .string(name), "email": email.map(JSON.string) ?? .null,
            "role": .string(role.rawValue), "has_password": .bool(password != nil),
            "created_at": .string(createdAt.description),
            "disabled_at": disabledAt.map { .string($0.description) } ?? .null,
        ]
    }
}

extension AccessKeyRecord {
    /// As `factory key` prints it.
    var json: JSON {
        [
            "id": .string(id.rawValue), "account": .string(account.rawValue), "name": .string(name),
            "scopes": .array(scopes.map(JSON.string)),
            "pipelines": pipelines.map { .array($0.map(JSON.string)) } ?? .null,
            "created_at": .string(createdAt.description), "expires_at": .string(expiresAt.description),
            "used_at": usedAt.map { .string($0.description) } ?? .null,
        ]
    }
}
