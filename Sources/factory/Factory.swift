import ArgumentParser
import Glibc

/// The command line: `factory …`.
@main
struct Factory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "factory",
        abstract: "Runs durable pipelines of model calls, sandboxed code, files and requests.",
        discussion: """
            Data goes to standard output, everything else to standard error. Exit codes: 0 succeeded, 1 the run failed, \
            2 usage, 3 invalid document or inputs, 4 cancelled, 5 store out of reach or held by another process, \
            6 something waits for a person.
            """,
        subcommands: [
            NewCommand.self, RunCommand.self, ServeCommand.self, SecretCommand.self, VariableCommand.self,
            EnvironmentCommand.self, ProviderCommand.self,
            ModelsCommand.self, ValidateCommand.self, ExpressionCommand.self, SchemaCommand.self, RunsCommand.self,
            PipelinesCommand.self, FilesCommand.self, LoginCommand.self, LogoutCommand.self, UserCommand.self,
            KeyCommand.self, InviteCommand.self, AuditCommand.self,
            BackupCommand.self, RestoreCommand.self, DoctorCommand.self, VersionCommand.self,
        ])

    static func main() async {
        // A reader that goes away (`factory runs list | head`) is reported by write, not by a signal.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            failure.report()
            Glibc.exit(failure.code.rawValue)
        } catch {
            let code = exitCode(for: error)
            let text = fullMessage(for: error)
            if code == .success {
                Output.data(text)
            } else {
                Output.note(text)
            }
            Glibc.exit(code == .validationFailure ? ExitStatus.usage.rawValue : code.rawValue)
        }
    }
}
