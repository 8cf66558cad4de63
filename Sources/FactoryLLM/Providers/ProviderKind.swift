/// The wire formats that are spoken.
public enum ProviderKind: String, Sendable, CaseIterable {
    /// OpenAI's Chat Completions, and the many servers that speak the same.
    case openai
    /// Anthropic's Messages.
    case anthropic
    /// Ollama's own.
    case ollama

    /// A provider of this kind behind `connection`.
    public func provider(_ connection: ProviderConnection, key: String?) -> any ChatProvider {
        switch self {
        case .openai: OpenAIChat(connection, key: key)
        case .anthropic: AnthropicMessages(connection, key: key)
        case .ollama: OllamaChat(connection, key: key)
        }
    }
}
