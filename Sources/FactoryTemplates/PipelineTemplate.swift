public import FactoryJSON

/// A pipeline to begin with: a document, what it is for, and a sample to try it on.
public struct PipelineTemplate: Sendable, Hashable {
    /// What people look for a template by.
    public enum Category: String, Sendable, CaseIterable {
        /// Makes code.
        case generation
        /// Turns one thing into another.
        case transformation
        /// Explains what is there.
        case documentation
        /// Judges what is there.
        case review
    }

    /// What running a template with its sample gives.
    public struct Expectation: Sendable, Hashable {
        /// In a sentence, for people.
        public var text: String
        /// Some of the outputs, with their values.
        public var outputs: JSONObject
        /// The files it writes, relative to the workspace.
        public var files: [String]

        /// An expectation of these.
        public init(text: String, outputs: JSONObject = [:], files: [String] = []) {
            self.text = text
            self.outputs = outputs
            self.files = files
        }
    }

    /// The name it is asked for by; its document has the same.
    public let name: String
    /// Where lists put it.
    public let category: Category
    /// The document's text, YAML, as a person wrote it.
    public let text: [UInt8]
    /// The document's values.
    public let document: JSON
    /// A page about it, in Markdown.
    public let readme: String
    /// Inputs to try it with.
    public let sampleInputs: JSONObject
    /// What these give.
    public let expected: Expectation
    /// The recorded answers of models to the sample, as a cassette's bytes.
    public let recording: [UInt8]

    /// For people.
    public var title: String { document["title"]?.stringValue ?? name }
    /// What it does, in a sentence or two.
    public var summary: String { document["description"]?.stringValue ?? "" }
    /// Words to find it by.
    public var tags: [String] { (document["tags"]?.arrayValue ?? []).compactMap(\.stringValue) }

    /// Whether all words of `query` stand in its name, title, description or tags; letters count without their case.
    public func matches(_ query: String) -> Bool {
        let text = ([name, title, summary, category.rawValue] + tags).joined(separator: " ").lowercased()
        return query.lowercased().split(separator: " ").allSatisfy { text.contains($0) }
    }
}
