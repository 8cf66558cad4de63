public import FactoryJSON

/// A pipeline as the store keeps it: its document as a person wrote it, and what lists show of it.
public struct PipelineRecord: Identified, Sendable {
    /// What the id of a pipeline begins with.
    public static let idPrefix = "pl_"

    /// How the text is written.
    public enum Format: String, Sendable, CaseIterable {
        case yaml, json
    }

    /// Its identity.
    public var id: ID<PipelineRecord>
    /// Whose it is.
    public var owner: String
    /// Who may see it beside its owner.
    public var visibility: Visibility
    /// Unique among the owner's pipelines that are not in the trash.
    public var name: String
    /// For people; the name where the document gives none.
    public var title: String
    /// What it does.
    public var summary: String?
    /// Words to find it by.
    public var tags: [String]
    /// Steps in the document.
    public var stepCount: Int
    /// How ``text`` is written.
    public var format: Format
    /// The document as written, comments and order kept.
    public var text: String
    /// The document's values.
    public var document: JSON
    /// Counts the changes of the document, from 1.
    public var revision: Int64
    /// When it was made.
    public var createdAt: Timestamp
    /// When the document last changed.
    public var updatedAt: Timestamp
    /// When it was put into the trash; nil where it was not.
    public var trashedAt: Timestamp?

    /// A pipeline of these values.
    public init(
        id: ID<PipelineRecord>, owner: String, visibility: Visibility = .private, name: String, title: String,
        summary: String?, tags: [String], stepCount: Int, format: Format, text: String, document: JSON,
        revision: Int64 = 1, createdAt: Timestamp,
        updatedAt: Timestamp, trashedAt: Timestamp? = nil
    ) {
        self.id = id
        self.owner = owner
        self.visibility = visibility
        self.name = name
        self.title = title
        self.summary = summary
        self.tags = tags
        self.stepCount = stepCount
        self.format = format
        self.text = text
        self.document = document
        self.revision = revision
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.trashedAt = trashedAt
    }
}

/// How the latest runs of a pipeline went.
public struct PipelineHistory: Sendable, Hashable {
    /// How many of the latest runs are looked at for the rate.
    public static let window = 50

    /// The latest run.
    public struct Latest: Sendable, Hashable {
        /// Which.
        public var id: ID<Run>
        /// Its number.
        public var number: Int64
        /// Where it stands.
        public var status: RunStatus
        /// When it was made.
        public var createdAt: Timestamp

        /// A run of these values.
        public init(id: ID<Run>, number: Int64, status: RunStatus, createdAt: Timestamp) {
            self.id = id
            self.number = number
            self.status = status
            self.createdAt = createdAt
        }
    }

    /// The latest run; nil where there was none.
    public var latest: Latest?
    /// How many of the latest ``window`` runs succeeded.
    public var succeeded: Int
    /// How many of them have ended, in whatever way.
    public var ended: Int

    /// A history of these values.
    public init(latest: Latest? = nil, succeeded: Int = 0, ended: Int = 0) {
        self.latest = latest
        self.succeeded = succeeded
        self.ended = ended
    }

    /// Share of succeeded runs, 0 to 1; nil while none has ended.
    public var successRate: Double? { ended == 0 ? nil : Double(succeeded) / Double(ended) }
}
