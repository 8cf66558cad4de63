import FactoryJSON
import FactoryNetwork

/// The Messages interface of Anthropic, and of servers that speak the same.
public struct AnthropicMessages: ChatProvider {
    private let connection: ProviderConnection
    private let key: String?

    /// The name it was configured under.
    public var name: String { connection.name }

    /// What the interface takes: no `seed`, temperatures up to 1, and always a limit on tokens. How long models think is
    /// set in ways that differ from model to model, so `reasoning` is not sent.
    public static let features = ProviderFeatures(
        takesSeed: false, takesReasoning: false, maxTemperature: 1, maxStops: 16, neededTokenLimit: 4_096)

    /// The same for every base URL.
    public var features: ProviderFeatures { Self.features }

    /// A provider at a base URL such as `https://api.anthropic.com`, with or without `/v1` at its end.
    ///
    /// - Parameter key: sent as `x-api-key`; nil for servers that need none.
    public init(_ connection: ProviderConnection, key: String?) {
        self.connection = connection
        self.key = key
    }

    /// Asks a model; see ``ChatProvider/complete(_:onText:)``.
    public func complete(
        _ request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(ModelError) -> ChatResult {
        try await connection.ask(
            path("messages"), AnthropicBody.json(for: request, tokenLimit: Self.features.neededTokenLimit ?? 4_096),
            headers: headers, model: request.model, reading: AnthropicStream.self, onText: onText)
    }

    /// The models under `/v1/models`, page by page.
    public func models() async throws(ModelError) -> [OfferedModel] {
        var models: [OfferedModel] = []
        var query = [(name: "limit", value: "1000")]
        for _ in 0..<Self.maxPages {
            let page = try await connection.fetch(path("models"), query: query, headers: headers)
            guard let list = page["data"]?.arrayValue else {
                throw ModelError(.protocolError, "\(name) does not list its models in Anthropic's format.")
            }
            models += list.compactMap(Self.model)
            guard page["has_more"]?.boolValue == true, let last = page["last_id"]?.stringValue else { break }
            query = [(name: "limit", value: "1000"), (name: "after_id", value: last)]
        }
        return models
    }

    /// A list that never ends is one that a server gets wrong.
    private static let maxPages = 20

    private static func model(_ entry: JSON) -> OfferedModel? {
        guard let id = entry["id"]?.stringValue else { return nil }
        return OfferedModel(
            id, context: entry["max_input_tokens"]?.countValue, outputLimit: entry["max_tokens"]?.countValue)
    }

    private func path(_ name: String) -> String {
        connection.baseURL.pathEnds(in: "/v1") ? name : "v1/" + name
    }

    private var headers: HeaderFields {
        var headers: HeaderFields = [
            "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
            "anthropic-version": "2023-06-01",
        ]
        if let key { headers["x-api-key"] = key }
        return headers
    }
}

extension OutboundURL {
    /// True when the path ends in `end`, a slash after it or not.
    func pathEnds(in end: String) -> Bool {
        let path = target.prefix { $0 != "?" }
        return path.hasSuffix(end) || path.hasSuffix(end + "/")
    }
}
