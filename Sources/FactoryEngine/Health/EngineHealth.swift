public import FactoryDomain

/// Whether an engine can write down what it decides.
public enum EngineHealth: Sendable, Hashable {
    /// It can, as far as it knows.
    case ready
    /// The disk has been full since then; runs wait for room and lose nothing.
    case diskFull(since: Timestamp)
    /// The store has been failing since then, for this reason; the runs it failed are to be resumed.
    case storeFailing(since: Timestamp, reason: String)
}

/// What an engine does when the disk is full.
public enum FullDiskPolicy: Sendable, Hashable {
    /// Leaves the run as it stands in the store, to be resumed: for a command that can say so and end.
    case giveUp
    /// Waits for room and goes on from there: for a server.
    case wait
}
