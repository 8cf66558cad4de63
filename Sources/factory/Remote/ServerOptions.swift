import ArgumentParser
import FactoryClient
import FactoryJSON
import FactoryNetwork
import Glibc

/// Which server a command speaks with.
struct ServerOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Server to speak with; default: $CODE_FACTORY_SERVER, else the one of `factory login`.", valueName: "url"))
    var server: String?

    /// The server that is named, or that somebody signed in to.
    func client() throws -> FactoryClient {
        guard let client = try client(unless: nil) else {
            throw CommandFailure(
                .usage, "no server is named", hint: "factory login URL, or --server URL with CODE_FACTORY_KEY set")
        }
        return client
    }

    /// The server, for commands that work on a data folder too: nil where `data` names one, or nothing names a server.
    func client(unless data: String?) throws -> FactoryClient? {
        if let server { return try Self.client(of: server) }
        if data != nil { return nil }
        if let server = Self.environment("CODE_FACTORY_SERVER") { return try Self.client(of: server) }
        if Self.environment("CODE_FACTORY_DATA") != nil { return nil }
        guard let current = try ServerBook().current else { return nil }
        return try Self.client(of: current)
    }

    private static func client(of server: String) throws -> FactoryClient {
        let address = try ServerAddress(server).text
        let key: String?
        if let given = environment("CODE_FACTORY_KEY") { key = given } else { key = try ServerBook().keys[address] }
        do throws(ClientError) { return try FactoryClient(address, key: key) } catch {
            throw CommandFailure(client: error)
        }
    }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// A server's address in the one form that keys are remembered under.
struct ServerAddress {
    let text: String

    init(_ text: String) throws {
        var address = text
        while address.hasSuffix("/") { address.removeLast() }
        if !address.contains("://") {
            let isLocal = address.hasPrefix("127.") || address.hasPrefix("localhost") || address.hasPrefix("[::1]")
            address = (isLocal ? "http://" : "https://") + address
        }
        do throws(ClientError) {
            let client = try FactoryClient(address, key: nil)
            self.text = "\(client.server.scheme)://\(client.server.authority)"
        } catch { throw CommandFailure(client: error) }
    }
}

extension FactoryClient {
    /// Does `body` with this client, and closes it.
    func use<Value>(_ body: (FactoryClient) async throws -> Value) async throws -> Value {
        let result: Result<Value, any Error>
        do { result = .success(try await body(self)) } catch { result = .failure(error) }
        await shutdown()
        do { return try result.get() } catch let error as ClientError { throw CommandFailure(client: error) }
    }
}

extension CommandFailure {
    /// What an error of a client means to whoever called the command.
    init(client error: ClientError) {
        switch error {
        case .unusable(let message, let hint): self.init(.usage, message, hint: hint)
        case .unreachable(let message, _):
            self.init(.unavailable, message, hint: "is the server running, and is this its address?")
        case .unexpected(let message): self.init(.unavailable, message)
        case .refused(let problem): self.init(problem)
        }
    }

    private init(_ problem: ServerProblem) {
        let lines = problem.errors.map { error in
            let place = error["line"]?.intValue.map { line in
                "\(line):\(error["column"]?.intValue ?? 1)"
            }
            let words = [
                place ?? error["path"]?.stringValue, error["message"]?.stringValue, error["hint"]?.stringValue,
            ]
            return "  " + words.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ": ")
        }
        let status: ExitStatus
        switch problem.status {
        case 500...: status = .unavailable
        case 422: status = .invalid
        default: status = .usage
        }
        var hint = problem.hint
        if problem.status == 401 { hint = "factory login URL, or set CODE_FACTORY_KEY" }
        self.init(status, ([problem.detail] + lines).joined(separator: "\n"), hint: hint)
    }
}
