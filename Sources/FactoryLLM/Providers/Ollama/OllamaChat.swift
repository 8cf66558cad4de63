import FactoryJSON
import FactoryNetwork

/// Ollama's own interface.
public struct OllamaChat: ChatProvider {
    private let connection: ProviderConnection
    private let key: String?

    /// The name it was configured under.
    public var name: String { connection.name }

    /// What the interface takes.
    public static let features = ProviderFeatures(maxStops: 16)

    /// The same for every base URL.
    public var features: ProviderFeatures { Self.features }

    /// A provider at a base URL such as `http://127.0.0.1:11434`, with or without `/api` at its end.
    ///
    /// - Parameter key: sent as bearer token, for an Ollama behind a proxy; nil for none.
    public init(_ connection: ProviderConnection, key: String?) {
        self.connection = connection
        self.key = key
    }

    /// Asks a model; see ``ChatProvider/complete(_:onText:)``.
    public func complete(
        _ request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(ModelError) -> ChatResult {
        try await connection.ask(
            path("chat"), OllamaBody.json(for: request), headers: headers, model: request.model,
            reading: OllamaStream.self, onText: onText)
    }

    /// The models under `/api/tags`, each with what `/api/show` says of it.
    public func models() async throws(ModelError) -> [OfferedModel] {
        let tags = try await connection.fetch(path("tags"), headers: headers)
        guard let list = tags["models"]?.arrayValue else {
            throw ModelError(.protocolError, "\(name) does not list its models in Ollama's format.")
        }
        var models: [OfferedModel] = []
        for name in list.compactMap({ ($0["name"] ?? $0["model"])?.stringValue }) {
            guard models.count < Self.maxShown else {
                models.append(OfferedModel(name))
                continue
            }
            // What cannot be shown is still offered; only less is known of it.
            let shown = try? await connection.fetch(path("show"), body: ["model": .string(name)], headers: headers)
            models.append(Self.model(name, shown))
        }
        return models
    }

    /// One request each: enough for what one machine holds.
    private static let maxShown = 100

    private static func model(_ name: String, _ shown: JSON?) -> OfferedModel {
        let facts = shown?["model_info"]
        let context = facts?["general.architecture"]?.stringValue.flatMap { facts?["\($0).context_length"]?.countValue }
        let names: [String: OfferedModel.Capability] = [
            "tools": .tools, "vision": .vision, "thinking": .reasoning, "embedding": .embeddings,
        ]
        // Ollama binds the answers of every model that chats to a schema by itself.
        let listed = shown?["capabilities"]?.arrayValue?.compactMap(\.stringValue)
        let capabilities = listed.map { listed in
            (listed.compactMap { names[$0] } + (listed.contains("completion") ? [.schema] : [])).sorted()
        }
        return OfferedModel(name, context: context, capabilities: capabilities)
    }

    private func path(_ name: String) -> String { connection.baseURL.pathEnds(in: "/api") ? name : "api/" + name }

    private var headers: HeaderFields {
        var headers: HeaderFields = ["Content-Type": "application/json"]
        if let key { headers["Authorization"] = "Bearer \(key)" }
        return headers
    }
}
