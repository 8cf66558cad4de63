/// What is counted about requests to the server; the HTTP layer tells it of each.
public final class HTTPMetrics: Sendable {
    private let requests: Counter
    private let seconds: Histogram
    private let bytes: Counter
    private let streams: Counter

    /// Metrics of one server in `metrics`.
    public init(_ metrics: MetricsRegistry) {
        requests = metrics.counter(
            "code_factory_http_requests_total", "Requests answered.", labels: ["method", "route", "status"])
        seconds = metrics.histogram(
            "code_factory_http_request_duration_seconds", "From the head of a request to the end of its answer.",
            labels: ["route"], buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30])
        bytes = metrics.counter("code_factory_http_sent_bytes_total", "Bytes of answers' bodies.", labels: ["route"])
        streams = metrics.counter(
            "code_factory_http_event_streams_total", "Streams of events begun (begun) and ended (ended).",
            labels: ["change"])
    }

    /// Counts a request that has been answered.
    ///
    /// - Parameters:
    ///   - route: the route's pattern as it is declared, for example `/api/v1/runs/{id}`; never the path itself. For a
    ///     request that no route takes, `none`.
    ///   - duration: from the request's head to the end of the answer; nil for streams of events, which would say how
    ///     long people look.
    public func answered(
        method: String, route: String, status: Int, after duration: Duration?, bodyBytes: Int
    ) {
        requests.add(1, Self.methods.contains(method) ? method : "other", route, String(status))
        if let duration { seconds.observe(duration.seconds, route) }
        bytes.add(Double(bodyBytes), route)
    }

    /// Counts a stream of events that has begun.
    public func streamBegan() { streams.add(1, "begun") }

    /// Counts the end of a stream of events.
    public func streamEnded() { streams.add(1, "ended") }

    private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
}
