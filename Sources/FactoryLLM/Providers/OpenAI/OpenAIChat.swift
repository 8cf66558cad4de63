import FactoryJSON
public import FactoryNetwork

/// Chat Completions of OpenAI, and of the many servers that speak the same.
public struct OpenAIChat: ChatProvider {
    /// Where servers that speak this format differ.
    public struct Dialect: Sendable, Hashable {
        /// The field that limits tokens: `max_tokens`, or `max_completion_tokens` at OpenAI itself.
        public var tokenLimitField: String
        /// What it takes.
        public var features: ProviderFeatures

        /// OpenAI's own service.
        public static let openAI = Dialect(tokenLimitField: "max_completion_tokens", features: ProviderFeatures())
        /// Other servers.
        public static let compatible = Dialect(tokenLimitField: "max_tokens", features: ProviderFeatures())

        /// A dialect.
        public init(tokenLimitField: String, features: ProviderFeatures) {
            self.tokenLimitField = tokenLimitField
            self.features = features
        }

        /// The dialect of the service at `url`.
        public static func of(_ url: OutboundURL) -> Dialect {
            url.host == .name("api.openai.com") ? .openAI : .compatible
        }
    }

    private let connection: ProviderConnection
    private let key: String?
    private let dialect: Dialect

    /// The name it was configured under.
    public var name: String { connection.name }

    /// What the dialect takes.
    public var features: ProviderFeatures { dialect.features }

    /// A provider whose base URL ends in `/v1` with most servers.
    ///
    /// - Parameters:
    ///   - key: sent as bearer token; nil for servers that need none.
    ///   - dialect: nil to tell by the URL.
    public init(_ connection: ProviderConnection, key: String?, dialect: Dialect? = nil) {
        self.connection = connection
        self.key = key
        self.dialect = dialect ?? .of(connection.baseURL)
    }

    /// Asks a model; see ``ChatProvider/complete(_:onText:)``.
    public func complete(
        _ request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(ModelError) -> ChatResult {
        try await connection.ask(
            "chat/completions", OpenAIChatBody.json(for: request, dialect: dialect), headers: headers,
            model: request.model, reading: OpenAIChatStream.self, onText: onText)
    }

    /// The models the server lists under `/models`; some servers say their context there.
    public func models() async throws(ModelError) -> [OfferedModel] {
        let json = try await connection.fetch("models", headers: headers)
        guard let list = json["data"]?.arrayValue else {
            throw ModelError(.protocolError, "\(name) does not list its models in OpenAI's format.")
        }
        return list.compactMap { entry in
            guard let id = entry["id"]?.stringValue else { return nil }
            let context = entry["context_length"] ?? entry["max_model_len"] ?? entry["meta"]?["n_ctx"]
            return OfferedModel(id, context: context?.countValue)
        }
    }

    private var headers: HeaderFields {
        var headers: HeaderFields = [
            "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
        ]
        if let key { headers["Authorization"] = "Bearer \(key)" }
        return headers
    }
}
