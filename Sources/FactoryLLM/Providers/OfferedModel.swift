/// A model as its provider lists it. What the provider does not say is nil: nothing is guessed from names.
public struct OfferedModel: Sendable, Hashable {
    /// What a model can do beside chatting.
    public enum Capability: String, Sendable, CaseIterable, Comparable {
        /// Calls tools.
        case tools
        /// Reads images.
        case vision
        /// Thinks before it answers.
        case reasoning
        /// Makes its answers fit a JSON Schema.
        case schema
        /// Turns text into vectors.
        case embeddings

        /// In the order of their names.
        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// Its name there.
    public var name: String
    /// Tokens that input and answer may have together.
    public var context: Int?
    /// Tokens an answer may have.
    public var outputLimit: Int?
    /// What it can do, sorted; nil where the provider does not say.
    public var capabilities: [Capability]?

    /// A model of that name.
    public init(_ name: String, context: Int? = nil, outputLimit: Int? = nil, capabilities: [Capability]? = nil) {
        self.name = name
        self.context = context
        self.outputLimit = outputLimit
        self.capabilities = capabilities
    }
}
