import ArgumentParser
import FactoryClient
import FactoryJSON
import FactoryNetwork
import Glibc

/// `factory login`
struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Remembers a server and a key to it, for the commands that speak with servers.",
        discussion: """
            The key is read from standard input, or from a file with --key @FILE; it is kept in \
            $XDG_CONFIG_HOME/code-factory/servers.json, for you alone to read. Scripts set CODE_FACTORY_SERVER and \
            CODE_FACTORY_KEY instead.
            """)

    @Argument(help: ArgumentHelp("Address of the server, for example https://factory.example.", valueName: "url"))
    var address: String

    @Option(name: .long, help: ArgumentHelp("File that holds the access key.", valueName: "@file"))
    var key: String?

    func run() async throws {
        let address = try ServerAddress(address).text
        let key = try readKey(for: address)
        let client: FactoryClient
        do throws(ClientError) { client = try FactoryClient(address, key: key) } catch {
            throw CommandFailure(client: error)
        }
        // The smallest thing that needs a key shows whether this one opens.
        try await client.use { client in _ = try await client.send(.get, "/api/v1/pipelines", query: [("limit", "1")]) }
        var book = try ServerBook()
        try book.remember(address, key: key)
        Output.note("signed in to \(address)")
    }

    private func readKey(for address: String) throws -> String {
        let text: String
        if let key {
            guard key.hasPrefix("@") else {
                throw CommandFailure(
                    .usage, "--key must name a file",
                    hint: "write --key @FILE; command lines are visible to other users")
            }
            text = try TextFile.read(String(key.dropFirst()), of: "--key")
        } else {
            if isatty(STDIN_FILENO) == 1 { Output.raw("Access key for \(address): ") }
            text = Terminal.readSecretLine() ?? ""
        }
        let trimmed = text.trimmingLineEnds()
        guard trimmed.hasPrefix("cf_") else {
            throw CommandFailure(.usage, "this is no access key: one begins with cf_")
        }
        return trimmed
    }
}

/// `factory logout`
struct LogoutCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout", abstract: "Forgets a server and its key; the key itself stays valid until it is revoked."
    )

    @Argument(help: ArgumentHelp("Address of the server; default: the current one.", valueName: "url"))
    var address: String?

    func run() throws {
        var book = try ServerBook()
        guard let server = try address.map({ try ServerAddress($0).text }) ?? book.current else {
            throw CommandFailure(.usage, "you are signed in to no server")
        }
        try book.forget(server)
        Output.note("forgot \(server)")
    }
}

/// The terminal as a place to type secrets.
enum Terminal {
    /// One line of standard input; not shown while it is typed.
    static func readSecretLine() -> String? {
        guard isatty(STDIN_FILENO) == 1 else { return readLine() }
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return readLine() }
        var hidden = settings
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
            Output.raw("\n")
        }
        return readLine()
    }
}
