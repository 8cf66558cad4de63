public import FactoryDomain

/// Keeps what is said about pipelines, and what was done with them.
public protocol PipelineDiscussionStore: Sendable {
    /// Comments of a pipeline, oldest first, at most `limit`, from the one after `after` on.
    func comments(_ filter: CommentFilter) async throws(StoreError) -> [PipelineComment]

    /// One comment.
    func comment(
        _ id: ID<PipelineComment>, of pipeline: ID<PipelineRecord>
    ) async throws(StoreError) -> PipelineComment

    /// Keeps a new comment.
    func add(_ comment: PipelineComment) async throws(StoreError)

    /// Keeps `comment` in the place of the one with its id.
    /// - Parameter account: who changed it.
    func replace(_ comment: PipelineComment, by account: String, at moment: Timestamp) async throws(StoreError)

    /// Removes a comment.
    func remove(_ comment: PipelineComment, by account: String, at moment: Timestamp) async throws(StoreError)

    /// What was done with any pipeline after the event `sequence`, in order, at most `limit`.
    func pipelineEvents(after sequence: Int64, limit: Int) async throws(StoreError) -> [PipelineEvent]

    /// What was done with one pipeline after the event `sequence`, in order, at most `limit`.
    func events(
        of pipeline: ID<PipelineRecord>, after sequence: Int64, limit: Int
    ) async throws(StoreError) -> [PipelineEvent]

    /// The number of the latest event of any pipeline; 0 without any.
    func lastPipelineEvent() async throws(StoreError) -> Int64

    /// What was done with a pipeline, and its runs as far as `viewer` may know of them, newest first, at most `limit`.
    func activity(
        of pipeline: ID<PipelineRecord>, for viewer: PipelineViewer, before: ActivityCursor?, limit: Int
    ) async throws(StoreError) -> [PipelineActivity]

    /// Who may know of what is done with a pipeline; nil where there is none.
    func audience(of pipeline: ID<PipelineRecord>) async throws(StoreError) -> PipelineAudience?
}

/// Which comments to list.
public struct CommentFilter: Sendable {
    /// The pipeline.
    public var pipeline: ID<PipelineRecord>
    /// Only those about this step.
    public var step: String?
    /// Only those that are dealt with (true) or not (false).
    public var isResolved: Bool?
    /// Only those behind this one.
    public var after: ID<PipelineComment>?
    /// At most this many.
    public var limit: Int

    /// A filter of these values.
    public init(
        pipeline: ID<PipelineRecord>, step: String? = nil, isResolved: Bool? = nil,
        after: ID<PipelineComment>? = nil, limit: Int = 50
    ) {
        self.pipeline = pipeline
        self.step = step
        self.isResolved = isResolved
        self.after = after
        self.limit = limit
    }
}

/// One entry of what was done with a pipeline: an event, or a run that was started.
public enum PipelineActivity: Sendable {
    /// Something was done with it.
    case event(PipelineEvent)
    /// A run of it was started.
    case run(
        ID<Run>, number: Int64, account: String, status: RunStatus, trigger: String, version: Int64?, at: Timestamp)

    /// Its place in the order, newest first.
    public var cursor: ActivityCursor {
        switch self {
        case .event(let event): ActivityCursor(at: event.at, rank: 1, number: event.sequence)
        case .run(_, let number, _, _, _, _, let at): ActivityCursor(at: at, rank: 0, number: number)
        }
    }
}

/// A place in what was done with a pipeline.
public struct ActivityCursor: Sendable, Hashable, Comparable {
    /// When.
    public var at: Timestamp
    /// 1 for events, 0 for runs.
    public var rank: Int64
    /// Number of the event or the run.
    public var number: Int64

    /// A place of these values.
    public init(at: Timestamp, rank: Int64, number: Int64) {
        self.at = at
        self.rank = rank
        self.number = number
    }

    /// True when `left` is earlier.
    public static func < (left: Self, right: Self) -> Bool {
        (left.at, left.rank, left.number) < (right.at, right.rank, right.number)
    }
}

/// Who may know of what is done with a pipeline.
public struct PipelineAudience: Sendable, Hashable {
    /// The pipeline.
    public var id: ID<PipelineRecord>
    /// Whose it is.
    public var owner: String
    /// Its name.
    public var name: String
    /// Who may see it beside those it is shared with.
    public var visibility: Visibility
    /// The role of each account it is shared with.
    public var roles: [String: String]

    /// An audience of these values.
    public init(
        id: ID<PipelineRecord>, owner: String, name: String, visibility: Visibility, roles: [String: String]
    ) {
        self.id = id
        self.owner = owner
        self.name = name
        self.visibility = visibility
        self.roles = roles
    }

    /// What decides about the pipeline for `account`.
    public func access(for account: String) -> PipelineAccess {
        PipelineAccess(id: id, owner: owner, visibility: visibility, sharedRole: roles[account])
    }
}
