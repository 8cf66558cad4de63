/// What a model answered.
public struct ChatResult: Sendable, Hashable {
    /// The whole text.
    public var text: String
    /// The model that says it answered; the asked one where the provider names none.
    public var model: String
    /// Why the answer ended.
    public var finishReason: FinishReason
    /// Tokens used; nil where the provider did not say.
    public var usage: TokenUsage?
    /// From sending the request to the first text; nil when there was none or it came in one piece.
    public var firstToken: Duration?
    /// From sending the request to the end.
    public var total: Duration

    /// An answer.
    public init(
        text: String, model: String, finishReason: FinishReason, usage: TokenUsage?, firstToken: Duration?,
        total: Duration
    ) {
        self.text = text
        self.model = model
        self.finishReason = finishReason
        self.usage = usage
        self.firstToken = firstToken
        self.total = total
    }
}

/// Why an answer ended.
public enum FinishReason: String, Sendable, CaseIterable {
    /// The model was done, or met a stop text.
    case stop
    /// The limit on tokens, or the model's context, was reached: the text is cut.
    case length
    /// The model wants a tool called.
    case toolCalls = "tool_calls"
    /// The provider withheld the answer, or the model refused.
    case contentFilter = "content_filter"
    /// A reason that is not known here.
    case other
}

/// Tokens of one call, as the provider counted them.
public struct TokenUsage: Sendable, Hashable {
    /// Tokens of the whole input, cached ones included.
    public var input: Int
    /// Tokens generated, thinking included.
    public var output: Int
    /// Tokens of the input that came from the provider's cache; nil where it did not say.
    public var cached: Int?

    /// Counts of one call.
    public init(input: Int, output: Int, cached: Int? = nil) {
        self.input = input
        self.output = output
        self.cached = cached
    }
}
