public import FactoryDomain

/// Everything one decision about a run changes, kept in one transaction or not at all.
///
/// The values are whole records: the engine that holds the lease is the only writer, so what it says is what is.
public struct RunCommit: Sendable {
    /// The run it concerns.
    public var run: ID<Run>
    /// The run's number; 0 in the first commit of a run, which the store gives one.
    public var number: Int64
    /// The lease the writer holds; a commit under an older one changes nothing and throws ``StoreError/staleLease``.
    public var lease: LeaseToken
    /// The run's new state, where it changed.
    public var runState: RunState?
    /// Attempts that ended.
    public var settled: [AttemptSettlement] = []
    /// Step runs whose state changed.
    public var steps: [StepRunRecord] = []
    /// Attempts that start.
    public var started: [AttemptRecord] = []
    /// What happened, numbered by the writer.
    public var events: [RunEvent] = []
    /// File changes of the attempts that succeeded, in order.
    public var changes: [SettledChange] = []
    /// Step runs that run anew: the file changes they had settled are dropped.
    public var droppedChanges: [ID<StepRun>] = []
    /// True when the plan made for the run's change set is dropped, because the run goes on.
    public var dropsPlan = false
    /// What attempts that ended used of models.
    public var modelUse: [ModelUse] = []
    /// Log text.
    public var logs: [LogChunk] = []
    /// The plan for the run's change set, where it was made or moved on.
    public var plan: [PlannedChange] = []

    /// An empty commit for `run`.
    public init(run: ID<Run>, number: Int64, lease: LeaseToken) {
        self.run = run
        self.number = number
        self.lease = lease
    }

    /// True when there is nothing to keep.
    public var isEmpty: Bool {
        runState == nil && settled.isEmpty && steps.isEmpty && started.isEmpty && events.isEmpty && changes.isEmpty
            && logs.isEmpty && plan.isEmpty && modelUse.isEmpty && droppedChanges.isEmpty && !dropsPlan
    }
}

/// Proof that a writer is the engine now in charge; grows with every engine that takes over the store.
public struct LeaseToken: Sendable, Hashable {
    /// The number stored beside what the engine leases.
    public let rawValue: Int64
    /// The token `rawValue`.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// What of a run changes while it runs.
public struct RunState: Sendable {
    /// Where it stands.
    public var status: RunStatus
    /// What the document's `outputs` gave.
    public var outputs: StoredValue?
    /// Why it failed.
    public var error: StepFailure?
    /// Where its change set stands.
    public var changes: ChangesStatus
    /// When a cancel was asked for.
    public var cancelRequestedAt: Timestamp?
    /// When it was paused; nil while it is not.
    public var pausedAt: Timestamp?
    /// When its first step started.
    public var startedAt: Timestamp?
    /// When it reached a final status.
    public var finishedAt: Timestamp?

    /// What `record` holds now.
    public init(_ record: RunRecord) {
        status = record.status
        outputs = record.outputs
        error = record.error
        changes = record.changes
        cancelRequestedAt = record.cancelRequestedAt
        pausedAt = record.pausedAt
        startedAt = record.startedAt
        finishedAt = record.finishedAt
    }
}

/// The end of one attempt.
public struct AttemptSettlement: Sendable {
    /// Which attempt.
    public var attempt: ID<Attempt>
    /// Sequence of the event that tells of its start, as ``AttemptRecord/startEvent``.
    public var startEvent: Int64
    /// The step run it belongs to.
    public var stepRun: ID<StepRun>
    /// How it ended.
    public var status: AttemptStatus
    /// Why it failed.
    public var error: StepFailure?
    /// The step's `with` as the executor got it, secrets concealed.
    public var with: StoredValue?
    /// When it ended.
    public var finishedAt: Timestamp

    /// The end of `attempt`.
    public init(
        attempt: ID<Attempt>, startEvent: Int64, of stepRun: ID<StepRun>, status: AttemptStatus,
        error: StepFailure? = nil, with: StoredValue? = nil, finishedAt: Timestamp
    ) {
        self.attempt = attempt
        self.startEvent = startEvent
        self.stepRun = stepRun
        self.status = status
        self.error = error
        self.with = with
        self.finishedAt = finishedAt
    }
}

/// A file change with the step run that made it.
public struct SettledChange: Sendable, Hashable {
    /// The step run that made it.
    public var stepRun: ID<StepRun>
    /// Place of that step in the document.
    public var position: Int
    /// What changes.
    public var change: FileChange

    /// `change`, made by `stepRun`.
    public init(stepRun: ID<StepRun>, position: Int, change: FileChange) {
        self.stepRun = stepRun
        self.position = position
        self.change = change
    }
}
