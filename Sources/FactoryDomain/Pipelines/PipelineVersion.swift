/// A document that was published: it never changes.
public struct PipelineVersion: Identified, Sendable, Hashable {
    /// What the id of a version begins with.
    public static let idPrefix = "ver_"

    /// Its identity.
    public var id: ID<PipelineVersion>
    /// Whose version it is.
    public var pipeline: ID<PipelineRecord>
    /// Counts the versions of its pipeline from 1.
    public var number: Int64
    /// What the person who published it said of it.
    public var message: String
    /// Who published it.
    public var account: String
    /// When.
    public var createdAt: Timestamp
    /// Steps in the document.
    public var stepCount: Int
    /// How ``text`` is written.
    public var format: PipelineRecord.Format
    /// The document as written; empty in lists, which leave it out.
    public var text: String

    /// A version of these values.
    public init(
        id: ID<PipelineVersion>, pipeline: ID<PipelineRecord>, number: Int64, message: String, account: String,
        createdAt: Timestamp, stepCount: Int, format: PipelineRecord.Format, text: String
    ) {
        self.id = id
        self.pipeline = pipeline
        self.number = number
        self.message = message
        self.account = account
        self.createdAt = createdAt
        self.stepCount = stepCount
        self.format = format
        self.text = text
    }
}
