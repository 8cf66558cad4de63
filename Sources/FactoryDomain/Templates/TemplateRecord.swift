public import FactoryJSON

/// A pipeline that somebody has published for all to begin with.
public struct TemplateRecord: Sendable {
    /// What it is asked for by; one of its kind in the installation.
    public var name: String
    /// Who published it.
    public var owner: String
    /// `generation`, `transformation`, `documentation` or `review`.
    public var category: String
    /// A page about it, in Markdown; empty where there is none.
    public var readme: String
    /// Inputs to try it with, by name.
    public var sampleInputs: JSONObject
    /// What the text is written in.
    public var format: PipelineRecord.Format
    /// The document as it was written.
    public var text: String
    /// The document's values.
    public var document: JSON
    /// When it was published.
    public var createdAt: Timestamp

    /// A template of these values.
    public init(
        name: String, owner: String, category: String, readme: String, sampleInputs: JSONObject,
        format: PipelineRecord.Format, text: String, document: JSON, createdAt: Timestamp
    ) {
        self.name = name
        self.owner = owner
        self.category = category
        self.readme = readme
        self.sampleInputs = sampleInputs
        self.format = format
        self.text = text
        self.document = document
        self.createdAt = createdAt
    }
}
