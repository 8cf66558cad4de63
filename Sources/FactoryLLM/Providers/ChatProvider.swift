/// One configured LLM provider. The wire format stays behind this.
public protocol ChatProvider: Sendable {
    /// The name it was configured under, first part of `provider/model`.
    var name: String { get }

    /// What its models take. What they do not take is not sent, and the step says so in a warning.
    var features: ProviderFeatures { get }

    /// Asks a model.
    ///
    /// - Parameter onText: called with each piece of text as it comes, in order, never after the return. An answer that
    ///   comes whole is one piece.
    /// - Throws: ``ModelError``; also for an answer that breaks off before its end.
    func complete(
        _ request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(ModelError) -> ChatResult

    /// The models it offers, as it lists them.
    func models() async throws(ModelError) -> [OfferedModel]
}

/// What a provider's interface takes beside the conversation.
public struct ProviderFeatures: Sendable, Hashable {
    /// It makes answers fit a JSON Schema by itself.
    public var takesSchema: Bool
    /// It takes `seed`.
    public var takesSeed: Bool
    /// It takes `reasoning`.
    public var takesReasoning: Bool
    /// It takes `temperature` above 1.
    public var maxTemperature: Double
    /// How many stop texts it takes.
    public var maxStops: Int
    /// The limit on tokens that is sent where neither the step nor what is known of the model says one, since the
    /// interface wants one; nil where it wants none.
    public var neededTokenLimit: Int?

    /// Features, each with the default of an interface that takes everything.
    public init(
        takesSchema: Bool = true, takesSeed: Bool = true, takesReasoning: Bool = true, maxTemperature: Double = 2,
        maxStops: Int = 4, neededTokenLimit: Int? = nil
    ) {
        self.takesSchema = takesSchema
        self.takesSeed = takesSeed
        self.takesReasoning = takesReasoning
        self.maxTemperature = maxTemperature
        self.maxStops = maxStops
        self.neededTokenLimit = neededTokenLimit
    }
}
