import ArgumentParser

/// Whether one step is run alone.
struct OnlyOptions: ParsableArguments {
    @Option(
        name: .customLong("only"),
        help: ArgumentHelp("Run this step alone, with what it got in a past run.", valueName: "step"))
    var step: String?

    @Option(
        name: .customLong("from-run"),
        help: ArgumentHelp(
            "The past run, an id or a number; default: the latest that has what the step reads.", valueName: "run"))
    var source: String?

    func validate() throws {
        guard source == nil || step != nil else {
            throw ValidationError("--from-run says where a step that is run alone gets its inputs: add --only STEP.")
        }
    }
}
