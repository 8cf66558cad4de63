import ArgumentParser
import FactoryAccess
import FactoryJSON
import FactorySecrets
import FactoryServer
import FactoryStore
import Glibc

/// `factory secret set`
struct SecretSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Stores a secret, or a new value of it.",
        discussion: """
            The value is read from standard input or from a file, never from the command line, which other users of the \
            machine can see. Line ends at its end are left out.
            """)

    @Argument(help: ArgumentHelp("How documents refer to it: `secrets.NAME`.", valueName: "name"))
    var name: String

    @Argument(help: ArgumentHelp("A file with the value; without one, standard input.", valueName: "@file"))
    var source: String?

    @Option(
        name: .customLong("host"),
        help: ArgumentHelp(
            "A host it may be sent to, such as api.example.com:443 or *.example.com; may be repeated. Without any it may "
                + "be used everywhere.", valueName: "host"))
    var hosts: [String] = []

    @Option(name: .long, help: ArgumentHelp("What it is for.", valueName: "text"))
    var description: String?

    @Option(name: .long, help: ArgumentHelp("The environment that this value is for.", valueName: "name"))
    var environment: String?

    @OptionGroup var place: SecretPlace
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let value = try value()
        let key = ValueKey(owner: place.owner, environment: environment, name: name)
        let record = try await place.use("set") { room in
            if let environment { try await make(environment, in: room) }
            let record = try await room.values.secrets.put(
                SecretDraft(value: value, hosts: hosts, description: description), at: key, version: nil)
            try await room.audit.record(
                .secretSet, by: .commandLine, on: name,
                [
                    "owner": .string(place.owner), "environment": environment.map(JSON.string) ?? .null,
                    "hosts": .array(record.hosts.map(JSON.string)), "version": .int(record.version),
                ])
            return record
        }
        guard outputOptions.output == .text else {
            return Output.data(outputOptions.output.print(SecretText.json(record)))
        }
        Output.note("\(record.version == 1 ? "stored" : "replaced") \(SecretText.name(of: record))")
    }

    private func value() throws -> String {
        if let source {
            guard source.hasPrefix("@") else {
                throw CommandFailure(
                    .usage, "the value of a secret is not taken from the command line",
                    hint: "write `factory secret set \(name) @FILE`, or send it on standard input; "
                        + "command lines are visible to other users of this machine")
            }
            return try TextFile.read(String(source.dropFirst()), of: "secret set").trimmingLineEnds()
        }
        if isatty(STDIN_FILENO) == 1 { return try Self.typed() }
        return try TextFile.read("-", of: "secret set").trimmingLineEnds()
    }

    /// What a person types, unseen.
    private static func typed() throws -> String {
        var shown = termios()
        guard tcgetattr(STDIN_FILENO, &shown) == 0 else {
            throw CommandFailure(.usage, "the terminal cannot be told to hide what is typed", hint: "name a @FILE")
        }
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            Output.note("")
        }
        Output.raw("Value (not shown): ")
        return readLine() ?? ""
    }

    private func make(_ environment: String, in room: ValueRoom) async throws {
        guard try await room.store.environment(environment, of: place.owner) == nil else { return }
        _ = try await room.values.variables.putEnvironment(
            environment, of: place.owner, description: nil, version: nil)
        Output.note("made the environment \(environment)")
    }
}
