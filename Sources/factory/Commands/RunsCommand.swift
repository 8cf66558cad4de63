import ArgumentParser

/// `factory runs …`
struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "Lists, shows, resumes, retries and cancels runs.",
        subcommands: [
            RunsListCommand.self, RunsShowCommand.self, RunsLogsCommand.self, RunsResumeCommand.self,
            RunsRetryCommand.self, RunsCancelCommand.self,
        ])
}

/// The run a command is about.
struct RunArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("Number or id of the run; default: the latest.", valueName: "run"))
    var run: String?
}
