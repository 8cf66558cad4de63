import ArgumentParser

/// `factory runs …`
struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "Lists, shows, resumes, retries, cancels and prunes runs.",
        discussion: """
            They work on the data folder of this machine, or, with --server or after `factory login`, on a server. \
            --data always means the folder.
            """,
        subcommands: [
            RunsListCommand.self, RunsShowCommand.self, RunsLogsCommand.self, RunsResumeCommand.self,
            RunsRetryCommand.self, RunsCancelCommand.self, RunsPruneCommand.self, RunsStartCommand.self,
            RunsForkCommand.self, RunsWatchCommand.self, RunsPauseCommand.self, RunsUndoCommand.self,
        ])
}

/// The run a command is about.
struct RunArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("Number or id of the run; default: the latest.", valueName: "run"))
    var run: String?
}
