import Synchronization

/// All metrics of the program, in the order they were made, and their text for Prometheus.
///
/// Source of the form: "Exposition formats" of the Prometheus documentation, text format 0.0.4.
public final class MetricsRegistry: Sendable {
    /// What ``text()`` is, for the `Content-Type` of an answer.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private let metrics = Mutex<[any Metric]>([])

    /// A registry without metrics.
    public init() {}

    /// A count that only grows.
    public func counter(_ name: String, _ help: String, labels: [String] = []) -> Counter {
        add(Counter(MetricDescription(name: name, type: .counter, help: help, labels: labels)))
    }

    /// The distribution of a value over fixed buckets.
    ///
    /// - Parameter buckets: upper bounds, growing; values above the last are counted too.
    public func histogram(
        _ name: String, _ help: String, labels: [String] = [], buckets: [Double]
    ) -> Histogram {
        add(Histogram(MetricDescription(name: name, type: .histogram, help: help, labels: labels), buckets: buckets))
    }

    /// Values that are looked up whenever the text is made.
    ///
    /// - Parameter read: gives the present values with their label values.
    public func observed(
        _ name: String, type: MetricType = .gauge, _ help: String, labels: [String] = [],
        read: @escaping @Sendable () -> [(labels: [String], value: Double)]
    ) {
        add(ObservedMetric(MetricDescription(name: name, type: type, help: help, labels: labels), read: read))
    }

    /// Every metric there is, in the order of the text.
    public var descriptions: [MetricDescription] { metrics.withLock { $0.map(\.description) } }

    /// The present values.
    public func text() -> String {
        var text = ""
        for metric in metrics.withLock({ $0 }) { metric.write(to: &text) }
        return text
    }

    @discardableResult
    private func add<Kind: Metric>(_ metric: Kind) -> Kind {
        metrics.withLock { metrics in
            let name = metric.description.name
            precondition(!metrics.contains { $0.description.name == name }, "the metric \(name) is there already")
            metrics.append(metric)
        }
        return metric
    }
}

/// What kind of number a metric is.
public enum MetricType: String, Sendable {
    /// Only grows, until the program starts anew.
    case counter
    /// Goes up and down.
    case gauge
    /// Counts of values by size.
    case histogram
}

/// What a metric is called and means.
public struct MetricDescription: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// Its kind.
    public let type: MetricType
    /// What it means, one line.
    public let help: String
    /// Names of its labels.
    public let labels: [String]
}
