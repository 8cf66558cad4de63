public import FactoryJSON

/// What a document came to.
public struct DocumentReading: Sendable {
    /// The pipeline; nil when any problem is an error.
    public let pipeline: Pipeline?
    /// The document's plain values; nil when the text is no YAML or JSON.
    public let document: JSON?
    /// Everything wrong or doubtful, in order of place.
    public let problems: [Problem]

    /// True when no problem is an error.
    public var isValid: Bool { pipeline != nil }
}
