public import FactoryJSON

/// Something that was done with a pipeline.
public struct PipelineEvent: Sendable, Hashable {
    /// What was done.
    public enum Kind: String, Sendable, CaseIterable {
        case created = "pipeline.created"
        /// The draft was saved; `data.revision` is what it has since.
        case saved = "draft.saved"
        case published = "version.published"
        case trashed = "pipeline.trashed"
        case untrashed = "pipeline.restored"
        /// Who may see it, or with whom it is shared, changed.
        case shared = "shares.changed"
        case commented = "comment.added"
        case commentChanged = "comment.changed"
        case commentRemoved = "comment.removed"
    }

    /// Place among the events of the store: events of all pipelines count up together.
    public var sequence: Int64
    /// Which pipeline.
    public var pipeline: ID<PipelineRecord>
    /// When.
    public var at: Timestamp
    /// Who did it.
    public var account: String
    /// What was done.
    public var kind: Kind
    /// Details, by kind.
    public var data: JSON

    /// An event of these values.
    public init(
        sequence: Int64, pipeline: ID<PipelineRecord>, at: Timestamp, account: String, kind: Kind, data: JSON
    ) {
        self.sequence = sequence
        self.pipeline = pipeline
        self.at = at
        self.account = account
        self.kind = kind
        self.data = data
    }
}
