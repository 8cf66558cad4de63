import ArgumentParser

/// How a run is driven and shown; shared by `run` and `runs resume`.
struct DriveOptions: ParsableArguments {
    @Option(
        name: .customLong("allow-host"),
        help: ArgumentHelp(
            "An address steps may reach although it is not public, for example 127.0.0.1:8091.",
            valueName: "host:port"))
    var allowHost: [String] = []

    @Flag(name: .long, help: "Apply file changes that wait for a decision without asking.")
    var yes = false

    @Flag(name: .long, help: "Print every event as a line of JSON on standard error.")
    var events = false
}
