import FactoryJSON
public import FactoryNetwork
import Synchronization

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

    /// The name it was configured under.
    public let name: String
    private let baseURL: OutboundURL
    private let key: String?
    private let dialect: Dialect
    private let egress: Egress
    private let limits: EgressLimits
    private let now: @Sendable () -> ContinuousClock.Instant

    /// What the dialect takes.
    public var features: ProviderFeatures { dialect.features }

    /// The provider `name` at `baseURL`, which ends in `/v1` with most servers.
    ///
    /// - Parameters:
    ///   - key: sent as bearer token; nil for servers that need none.
    ///   - dialect: nil to tell by the URL.
    ///   - limits: of each call; the step's own time-out comes on top.
    ///   - now: reads a monotonic clock, for latencies.
    public init(
        name: String, baseURL: OutboundURL, key: String?, egress: Egress, dialect: Dialect? = nil,
        limits: EgressLimits = OpenAIChat.standardLimits,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.name = name
        self.baseURL = baseURL
        self.key = key
        self.egress = egress
        self.dialect = dialect ?? .of(baseURL)
        self.limits = limits
        self.now = now
    }

    /// A model may think for long before its first word: 10 min to the first byte and between pieces, 2 h in all; 32 MiB
    /// either way.
    public static let standardLimits = EgressLimits(
        firstByte: .seconds(600), total: .seconds(7_200), idle: .seconds(600), responseBytes: 32 << 20,
        requestBytes: 32 << 20)

    /// Asks a model; see ``ChatProvider/complete(_:onText:)``.
    public func complete(
        _ request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(ModelError) -> ChatResult {
        let start = now()
        let reception = Reception(request: request, provider: name, onText: onText, start: start, now: now)
        let outbound = try post("chat/completions", OpenAIChatBody.json(for: request, dialect: dialect))
        let head: ResponseHead
        do {
            head = try await egress.stream(outbound) { head, bytes in reception.take(bytes, head) }
        } catch {
            throw reception.failure ?? ModelError(error, provider: name)
        }
        return try reception.result(head)
    }

    /// The models the server lists under `/models`.
    public func models() async throws(ModelError) -> [String] {
        let response: InboundResponse
        do {
            response = try await egress.send(OutboundRequest(.get, try url("models"), headers: headers, limits: limits))
        } catch {
            throw ModelError(error, provider: name)
        }
        guard response.status == 200 else {
            throw OpenAIErrors.error(response.head, response.body, provider: name)
        }
        guard let json = try? JSON(parsing: response.body), let list = json["data"]?.arrayValue else {
            throw ModelError(.protocolError, "\(name) does not list its models in OpenAI's format.")
        }
        return list.compactMap { $0["id"]?.stringValue }
    }

    private var headers: HeaderFields {
        var headers: HeaderFields = [
            "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
        ]
        if let key { headers["Authorization"] = "Bearer \(key)" }
        return headers
    }

    private func post(_ path: String, _ body: JSON) throws(ModelError) -> OutboundRequest {
        do {
            return OutboundRequest(
                .post, try url(path), headers: headers, body: body.serializedBytes(), limits: limits)
        } catch {
            throw ModelError(error, provider: name)
        }
    }

    private func url(_ path: String) throws(EgressError) -> OutboundURL {
        do throws(URLProblem) { return try baseURL.appendingPath(path) } catch { throw EgressError(error) }
    }
}

/// Collects an answer while it comes.
private final class Reception: Sendable {
    private struct State {
        var stream = OpenAIChatStream()
        var whole: [UInt8] = []
        var firstToken: Duration?
        var failure: ModelError?
    }

    private let state = Mutex(State())
    private let request: ChatRequest
    private let provider: String
    private let onText: @Sendable (String) -> Void
    private let start: ContinuousClock.Instant
    private let now: @Sendable () -> ContinuousClock.Instant

    init(
        request: ChatRequest, provider: String, onText: @escaping @Sendable (String) -> Void,
        start: ContinuousClock.Instant, now: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        self.request = request
        self.provider = provider
        self.onText = onText
        self.start = start
        self.now = now
    }

    var failure: ModelError? { state.withLock { $0.failure } }

    func take(_ bytes: [UInt8], _ head: ResponseHead) -> StreamDemand {
        guard isStream(head) else {
            state.withLock { $0.whole.append(contentsOf: bytes) }
            return .more
        }
        let (text, demand) = state.withLock { state -> (String, StreamDemand) in
            do throws(ModelError) {
                let text = try state.stream.take(bytes, provider: provider)
                if !text.isEmpty, state.firstToken == nil { state.firstToken = start.duration(to: now()) }
                return (text, state.stream.isComplete ? .enough : .more)
            } catch {
                state.failure = error
                return ("", .enough)
            }
        }
        if !text.isEmpty { onText(text) }
        return demand
    }

    func result(_ head: ResponseHead) throws(ModelError) -> ChatResult {
        let state = state.withLock { ($0.stream, $0.whole, $0.firstToken, $0.failure) }
        if let failure = state.3 { throw failure }
        let total = start.duration(to: now())
        guard isStream(head) else {
            guard (200...299).contains(head.status) else {
                throw OpenAIErrors.error(head, state.1, provider: provider)
            }
            var result = try OpenAIChatBody.result(of: state.1, asked: request.model, provider: provider)
            result.total = total
            if !result.text.isEmpty { onText(result.text) }
            return result
        }
        return try state.0.result(asked: request.model, provider: provider, firstToken: state.2, total: total)
    }

    private func isStream(_ head: ResponseHead) -> Bool {
        (200...299).contains(head.status)
            && (head.headers["Content-Type"]?.lowercased().hasPrefix("text/event-stream") ?? false)
    }
}
