public import FactoryJSON

/// A pipeline as the store keeps it: its document as a person wrote it, and what lists show of it.
public struct PipelineRecord: Identified, Sendable {
    /// What the id of a pipeline begins with.
    public static let idPrefix = "pl_"

    /// How many steps a list shows the types of.
    public static let mostStepTypes = 8

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
    /// Types of the first ``mostStepTypes`` steps, in their order, as lists show them.
    public var stepTypes: [String]
    /// How ``text`` is written.
    public var format: Format
    /// The document as written, comments and order kept.
    public var text: String
    /// The document's values.
    public var document: JSON
    /// Number of the version that was published last; nil where none was.
    public var latestVersion: Int64?
    /// The pipeline whose document it began with.
    public var forkedFrom: ID<PipelineRecord>?
    /// Who wrote the document as it is now.
    public var editor: String
    /// Counts the changes of the document, from 1.
    public var revision: Int64
    /// When it was made.
    public var createdAt: Timestamp
    /// When the document last changed.
    public var updatedAt: Timestamp
    /// When it was put into the trash; nil where it was not.
    public var trashedAt: Timestamp?
    /// The template it was made of; nil where it was made of none.
    public var template: String?

    /// A pipeline of these values.
    public init(
        id: ID<PipelineRecord>, owner: String, visibility: Visibility = .private, name: String, title: String,
        summary: String?, tags: [String], stepCount: Int, stepTypes: [String] = [], format: Format, text: String,
        document: JSON,
        latestVersion: Int64? = nil, forkedFrom: ID<PipelineRecord>? = nil, editor: String? = nil,
        revision: Int64 = 1, createdAt: Timestamp, updatedAt: Timestamp, trashedAt: Timestamp? = nil,
        template: String? = nil
    ) {
        self.id = id
        self.owner = owner
        self.visibility = visibility
        self.name = name
        self.title = title
        self.summary = summary
        self.tags = tags
        self.stepCount = stepCount
        self.stepTypes = stepTypes
        self.format = format
        self.text = text
        self.document = document
        self.latestVersion = latestVersion
        self.forkedFrom = forkedFrom
        self.editor = editor ?? owner
        self.revision = revision
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.trashedAt = trashedAt
        self.template = template
    }
}
