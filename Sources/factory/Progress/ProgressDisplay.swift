import FactoryDomain
import FactoryJSON

/// Shows what happens in a run while it happens.
protocol ProgressDisplay: Sendable {
    /// Takes in one event.
    func show(_ event: RunEvent) async
    /// Draws what changes with time alone.
    func tick() async
    /// Leaves the terminal as a person wants it back.
    func finish() async
}

/// One line of JSON per event, on standard error.
struct EventLines: ProgressDisplay {
    let run: ID<Run>

    func show(_ event: RunEvent) { Output.note(event.json(run: run).serialized()) }
    func tick() {}
    func finish() {}
}
