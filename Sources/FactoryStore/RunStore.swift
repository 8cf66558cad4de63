public import FactoryDomain

/// Keeps runs and everything that happens in them.
///
/// Writing is for the engine that took the lease with ``takeOver()``; reading is free for anyone. Every call that
/// returns has reached the disk.
public protocol RunStore: Sendable {
    /// Makes the caller the engine in charge: from now on commits under any earlier lease change nothing.
    func takeOver() async throws(StoreError) -> LeaseToken

    /// Keeps a new run with its step runs and whatever `first` starts at once, and gives the run its number.
    func create(_ run: RunRecord, steps: [StepRunRecord], first: RunCommit) async throws(StoreError) -> Int64

    /// Keeps one decision about a run.
    func commit(_ commit: RunCommit) async throws(StoreError)

    /// The run `id`.
    func run(_ id: ID<Run>) async throws(StoreError) -> RunRecord

    /// The run with this number, newest store only.
    func run(number: Int64) async throws(StoreError) -> RunRecord

    /// Runs, newest first. The number of queries does not depend on the number of runs.
    func runs(_ filter: RunFilter) async throws(StoreError) -> RunPage

    /// Ids of runs that have not ended, oldest first, at most `limit`, from the one after `id` on.
    func unfinished(after id: ID<Run>?, limit: Int) async throws(StoreError) -> [ID<Run>]

    /// The step runs of a run, in document order.
    func steps(of run: ID<Run>) async throws(StoreError) -> [StepRunRecord]

    /// The attempts of a run, by step and number.
    func attempts(of run: ID<Run>) async throws(StoreError) -> [AttemptRecord]

    /// Events of a run after the event numbered `sequence`, oldest first, at most `limit`.
    func events(of run: ID<Run>, after sequence: Int64, limit: Int) async throws(StoreError) -> [RunEvent]

    /// The number of the run's last event; 0 when it has none.
    func lastEvent(of run: ID<Run>) async throws(StoreError) -> Int64

    /// One page of what a run printed. What it costs does not depend on how much lies before it.
    func logs(of run: ID<Run>, _ range: LogRange) async throws(StoreError) -> LogPage

    /// The texts that attempts of a run have written, by attempt and stream, in the order they began.
    func texts(of run: ID<Run>) async throws(StoreError) -> [LogText]

    /// Pieces of one text, oldest first, after the row `row` (0 from the beginning), at most `limit`.
    func chunks(
        of text: LogText, in run: ID<Run>, after row: Int64, limit: Int
    ) async throws(StoreError) -> [LogTextChunk]

    /// File changes of a run, in order of settlement.
    func changes(of run: ID<Run>) async throws(StoreError) -> [SettledChange]

    /// The plan for a run's change set, by path; empty until it was made.
    func plan(of run: ID<Run>) async throws(StoreError) -> [PlannedChange]
}

/// Which runs to list.
public struct RunFilter: Sendable {
    /// Only runs that this account may know of: those it started, and those of its pipelines; nil for all.
    public var viewer: String?
    /// Only runs of the pipeline of this name.
    public var pipeline: String?
    /// Only runs of this stored pipeline.
    public var pipelineID: ID<PipelineRecord>?
    /// Only runs in one of these statuses.
    public var statuses: Set<RunStatus>?
    /// Only runs that this started, for example `manual`.
    public var trigger: String?
    /// Only runs written at this moment or later.
    public var since: Timestamp?
    /// Only runs written before this moment.
    public var until: Timestamp?
    /// At most this many, 1 to 200.
    public var limit: Int
    /// Only runs with a smaller number: the cursor of the page before.
    public var before: Int64?
    /// Only runs with a greater number.
    public var after: Int64?

    /// The newest `limit` runs.
    public init(
        viewer: String? = nil, pipeline: String? = nil, statuses: Set<RunStatus>? = nil, trigger: String? = nil,
        since: Timestamp? = nil, until: Timestamp? = nil, limit: Int = 50, before: Int64? = nil
    ) {
        self.viewer = viewer
        self.pipeline = pipeline
        self.statuses = statuses
        self.trigger = trigger
        self.since = since
        self.until = until
        self.limit = limit
        self.before = before
    }
}

/// One page of runs.
public struct RunPage: Sendable {
    /// A run as lists show it.
    public struct Item: Sendable {
        /// The run, without its document.
        public var run: RunRecord
        /// Those of its steps that a list tells of: with a handled failure, a usage or an isolation. Outputs are left
        /// out.
        public var notableSteps: [StepRunRecord]
        /// The plan for its change set.
        public var plan: [PlannedChange]

        /// An item of these values.
        public init(run: RunRecord, notableSteps: [StepRunRecord], plan: [PlannedChange]) {
            self.run = run
            self.notableSteps = notableSteps
            self.plan = plan
        }
    }

    /// The runs, newest first.
    public var items: [Item]
    /// What ``RunFilter/before`` must be for the next page; nil on the last.
    public var next: Int64?

    /// The runs alone.
    public var runs: [RunRecord] { items.map(\.run) }

    /// A page of these runs.
    public init(items: [Item], next: Int64?) {
        self.items = items
        self.next = next
    }
}
