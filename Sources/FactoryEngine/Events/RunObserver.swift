public import FactoryDomain
public import FactoryStore

/// Is told of every decision about any run once it is on the disk: what metrics, logs and traces are made of.
///
/// Calls about one run come one after the other, in order; calls about different runs may overlap.
public protocol RunObserver: Sendable {
    /// A decision has been kept. The driving of the run waits meanwhile, so this returns at once.
    func kept(_ decision: KeptDecision)

    /// The engine no longer drives the run: it has ended, or it was given up and stands in the store.
    func left(_ run: ID<Run>)
}

/// A decision about a run that has reached the disk.
public struct KeptDecision: Sendable {
    /// The run as it stands now.
    public let run: RunRecord
    /// What was written. For a new run `steps` holds all of its steps.
    public let commit: RunCommit
    /// How long the writing took, from asking the store to its answer.
    public let latency: Duration

    /// A decision of these values.
    public init(run: RunRecord, commit: RunCommit, latency: Duration) {
        self.run = run
        self.commit = commit
        self.latency = latency
    }
}
