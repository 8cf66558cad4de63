/// One try at a step run, as the store keeps it.
public struct AttemptRecord: Sendable {
    /// Its identity.
    public var id: ID<Attempt>
    /// The step run it belongs to.
    public var stepRun: ID<StepRun>
    /// 1 for the first.
    public var number: Int
    /// Sequence of the event that tells of its start: what it is within its run. Attempts that an earlier program kept
    /// have their place in the run instead.
    public var startEvent: Int64
    /// How it ended, or that it runs.
    public var status: AttemptStatus
    /// Why it failed.
    public var error: StepFailure?
    /// The step's `with` as the executor got it, secrets concealed; nil until it settled.
    public var with: StoredValue?
    /// When it started.
    public var startedAt: Timestamp
    /// When it ended.
    public var finishedAt: Timestamp?

    /// An attempt of these values.
    public init(
        id: ID<Attempt>, stepRun: ID<StepRun>, number: Int, startEvent: Int64, status: AttemptStatus,
        error: StepFailure? = nil, with: StoredValue? = nil, startedAt: Timestamp, finishedAt: Timestamp? = nil
    ) {
        self.id = id
        self.stepRun = stepRun
        self.number = number
        self.startEvent = startEvent
        self.status = status
        self.error = error
        self.with = with
        self.startedAt = startedAt
        self.finishedAt = finishedAt
    }
}
