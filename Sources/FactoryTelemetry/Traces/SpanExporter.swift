import FactoryJSON
public import FactoryNetwork
import Synchronization

/// Sends spans to a collector, in batches, in the background: OTLP over HTTP with JSON.
///
/// Nothing waits for it. Spans that find the queue full, and batches that cannot be sent, are dropped and counted; the
/// first failure after a success is written to the log.
public final class SpanExporter: Sendable {
    /// Spans that wait at the most.
    public static let queueLimit = 2_048
    /// Spans in one request at the most.
    public static let batchLimit = 512
    /// Longest wait of a span for others to go with.
    public static let interval = Duration.seconds(5)

    private enum Wake: Sendable {
        /// The first span waits.
        case began
        /// It is time to send.
        case due
    }

    private struct State {
        var spans: [Span] = []
        var hasFailed = false
    }

    private let state = Mutex(State())
    private let wakes: AsyncStream<Wake>
    private let wake: AsyncStream<Wake>.Continuation
    private let target: TraceTarget
    private let egress: Egress
    private let clock: any Clock<Duration>
    private let log: Log
    private let outcomes: Counter

    /// - Parameters:
    ///   - target: where spans go; its endpoint must be open in `egress`.
    ///   - clock: measures ``interval``.
    public init(
        to target: TraceTarget, through egress: Egress, clock: any Clock<Duration>, log: Log, metrics: MetricsRegistry
    ) {
        self.target = target
        self.egress = egress
        self.clock = clock
        self.log = log
        outcomes = Self.outcomes(in: metrics)
        (wakes, wake) = AsyncStream.makeStream()
    }

    static func outcomes(in metrics: MetricsRegistry) -> Counter {
        metrics.counter(
            "code_factory_trace_spans_total",
            "Spans that were exported, that could not be sent (failed), that found the queue full (dropped).",
            labels: ["outcome"])
    }

    /// Sends what comes until ``finish()``, and then the rest.
    public func run() async {
        await withDiscardingTaskGroup { group in
            for await wake in wakes {
                switch wake {
                case .began:
                    group.addTask { [clock, wake = self.wake] in
                        do { try await clock.sleep(for: Self.interval) } catch { return }
                        wake.yield(.due)
                    }
                case .due: await flush()
                }
            }
            group.cancelAll()
        }
        await flush()
    }

    /// Takes no further wishes to wait: ``run()`` sends what there is and returns.
    public func finish() { wake.finish() }

    func add(_ span: Span) {
        let count = state.withLock { state -> Int? in
            guard state.spans.count < Self.queueLimit else { return nil }
            state.spans.append(span)
            return state.spans.count
        }
        switch count {
        case nil: outcomes.add(1, "dropped")
        case 1: wake.yield(.began)
        case Self.batchLimit: wake.yield(.due)
        default: break
        }
    }

    private func flush() async {
        while true {
            let batch = state.withLock { state in
                let batch = Array(state.spans.prefix(Self.batchLimit))
                state.spans.removeFirst(batch.count)
                return batch
            }
            guard !batch.isEmpty else { return }
            await send(batch)
        }
    }

    private func send(_ batch: [Span]) async {
        var failure: String?
        do throws(EgressError) {
            let response = try await egress.send(target.request(batch))
            if !(200..<300).contains(response.status) { failure = "the collector answered \(response.status)" }
        } catch { failure = error.message }
        outcomes.add(Double(batch.count), failure == nil ? "exported" : "failed")
        let isNews = state.withLock { state in
            defer { state.hasFailed = failure != nil }
            return failure != nil && !state.hasFailed
        }
        if let failure, isNews {
            log(
                .warning, "trace", message: "spans could not be exported; further failures are only counted",
                fields: ["reason": .string(failure), "endpoint": .string(target.url.authority)])
        }
    }
}

/// Where spans go.
public struct TraceTarget: Sendable {
    /// The full URL, ending in `/v1/traces`.
    public let url: OutboundURL
    /// Header fields to send along, such as a key; all of them count as secret.
    public let headers: [(String, String)]
    /// What the spans come from: `service.name`, `service.version`.
    public let service: (name: String, version: String)

    /// A target; `endpoint` is the base URL of the collector, to which `/v1/traces` is added.
    ///
    /// - Throws: ``URLProblem`` for an endpoint that is no http or https URL.
    public init(
        endpoint: String, headers: [(String, String)] = [], service: (name: String, version: String)
    ) throws(URLProblem) {
        let base = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
        url = try OutboundURL(parsing: base.hasSuffix("/v1/traces") ? base : base + "/v1/traces")
        self.headers = headers
        self.service = service
    }

    func request(_ spans: [Span]) -> OutboundRequest {
        let resource: [(name: String, value: JSON)] = [
            ("service.name", .string(service.name)), ("service.version", .string(service.version)),
        ]
        let body: JSON = [
            "resourceSpans": [
                [
                    "resource": ["attributes": Span.attributes(resource)],
                    "scopeSpans": [
                        ["scope": ["name": "code-factory"], "spans": .array(spans.map(\.json))]
                    ],
                ]
            ]
        ]
        return OutboundRequest(
            .post, url, headers: HeaderFields([("Content-Type", "application/json")] + headers),
            body: body.serializedBytes(), secretHeaders: Set(headers.map(\.0)),
            limits: EgressLimits(total: .seconds(10), responseBytes: 64 << 10))
    }
}
