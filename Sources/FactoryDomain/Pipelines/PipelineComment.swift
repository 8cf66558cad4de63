/// What somebody said about a pipeline or one of its steps.
public struct PipelineComment: Identified, Sendable, Hashable {
    /// What the id of a comment begins with.
    public static let idPrefix = "cmt_"

    /// Its identity.
    public var id: ID<PipelineComment>
    /// The pipeline.
    public var pipeline: ID<PipelineRecord>
    /// The step it is about; nil for the pipeline as a whole. It follows when the step is renamed.
    public var step: String?
    /// Who said it.
    public var account: String
    /// What was said.
    public var text: String
    /// The accounts that it names with `@` and that may see the pipeline.
    public var mentions: [String]
    /// When it was said.
    public var createdAt: Timestamp
    /// When its text was last changed; nil where it was not.
    public var editedAt: Timestamp?
    /// When somebody said that it is dealt with; nil while it is not.
    public var resolvedAt: Timestamp?
    /// Who said so.
    public var resolver: String?

    /// A comment of these values.
    public init(
        id: ID<PipelineComment>, pipeline: ID<PipelineRecord>, step: String?, account: String, text: String,
        mentions: [String], createdAt: Timestamp, editedAt: Timestamp? = nil, resolvedAt: Timestamp? = nil,
        resolver: String? = nil
    ) {
        self.id = id
        self.pipeline = pipeline
        self.step = step
        self.account = account
        self.text = text
        self.mentions = mentions
        self.createdAt = createdAt
        self.editedAt = editedAt
        self.resolvedAt = resolvedAt
        self.resolver = resolver
    }
}
