public import FactoryJSON

/// What a model is asked, in no vendor's words.
public struct ChatRequest: Sendable, Hashable {
    /// The model's name at its provider.
    public var model: String
    /// The conversation, oldest first.
    public var messages: [ChatMessage]
    /// Randomness, 0–2; nil for the model's own default, as for all that follow.
    public var temperature: Double?
    /// Nucleus sampling, 0–1.
    public var topP: Double?
    /// The most tokens to generate.
    public var maxTokens: Int?
    /// Texts that end the answer.
    public var stop: [String]
    /// For repeatable sampling.
    public var seed: Int64?
    /// How long the model may think: `none minimal low medium high`.
    public var reasoning: String?
    /// JSON Schema the answer should fit; sent only to models that take one.
    public var schema: JSON?
    /// Whether the answer is asked for in pieces.
    public var isStreamed: Bool

    /// A request of `messages` to `model`, everything else as the model does by itself.
    public init(
        model: String, messages: [ChatMessage], temperature: Double? = nil, topP: Double? = nil,
        maxTokens: Int? = nil, stop: [String] = [], seed: Int64? = nil, reasoning: String? = nil, schema: JSON? = nil,
        isStreamed: Bool = true
    ) {
        self.model = model
        self.messages = messages
        self.temperature = temperature
        self.topP = topP
        self.maxTokens = maxTokens
        self.stop = stop
        self.seed = seed
        self.reasoning = reasoning
        self.schema = schema
        self.isStreamed = isStreamed
    }
}

/// One turn of a conversation.
public struct ChatMessage: Sendable, Hashable {
    /// Who speaks.
    public enum Role: String, Sendable, CaseIterable {
        case system, user, assistant
    }

    /// Who speaks.
    public var role: Role
    /// What is said.
    public var content: String

    /// A turn of `role`.
    public init(_ role: Role, _ content: String) {
        self.role = role
        self.content = content
    }
}
