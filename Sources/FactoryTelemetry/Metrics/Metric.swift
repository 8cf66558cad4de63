import Synchronization

/// Something the registry writes out.
protocol Metric: Sendable {
    var description: MetricDescription { get }
    func write(to text: inout String)
}

/// Values by label values, bounded: what outside data could blow up is counted under `other` from some point on.
struct LabelledValues<Value> {
    /// Sets of label values that one metric tells apart.
    static var limit: Int { 1_000 }

    private(set) var values: [[String]: Value] = [:]

    /// The value of these label values; of `other` where there are too many sets already.
    mutating func change(_ labels: [String], from initial: @autoclosure () -> Value, _ body: (inout Value) -> Void) {
        let isKnown = values[labels] != nil || values.count < Self.limit
        body(&values[isKnown ? labels : labels.map { _ in "other" }, default: initial()])
    }

    /// All values, by label values.
    var sorted: [(labels: [String], value: Value)] {
        values.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, $0.value) }
    }
}

/// A count that only grows.
public final class Counter: Metric {
    let description: MetricDescription
    private let values = Mutex(LabelledValues<Double>())

    init(_ description: MetricDescription) {
        self.description = description
        if description.labels.isEmpty { add(0) }
    }

    /// Adds `amount`, which is not negative, under these label values, one for each label.
    public func add(_ amount: Double = 1, _ labels: String...) {
        precondition(labels.count == description.labels.count, "\(description.name) has other labels")
        values.withLock { $0.change(labels, from: 0) { $0 += max(0, amount) } }
    }

    func write(to text: inout String) {
        text.header(of: description)
        for (labels, value) in values.withLock({ $0.sorted }) {
            text.sample(description.name, description.labels, labels, value)
        }
    }
}

/// The distribution of a value over fixed buckets.
public final class Histogram: Metric {
    private struct Distribution {
        var counts: [UInt64]
        var count: UInt64 = 0
        var sum = 0.0
    }

    let description: MetricDescription
    private let buckets: [Double]
    private let values = Mutex(LabelledValues<Distribution>())

    init(_ description: MetricDescription, buckets: [Double]) {
        precondition(buckets == buckets.sorted() && !buckets.isEmpty, "buckets grow")
        self.description = description
        self.buckets = buckets
    }

    /// Takes in one value under these label values, one for each label.
    public func observe(_ value: Double, _ labels: String...) {
        precondition(labels.count == description.labels.count, "\(description.name) has other labels")
        let place = buckets.firstIndex { value <= $0 }
        values.withLock { values in
            values.change(labels, from: Distribution(counts: buckets.map { _ in 0 })) { distribution in
                if let place { distribution.counts[place] += 1 }
                distribution.count += 1
                distribution.sum += value
            }
        }
    }

    func write(to text: inout String) {
        text.header(of: description)
        for (labels, value) in values.withLock({ $0.sorted }) {
            var below: UInt64 = 0
            for (bucket, count) in zip(buckets, value.counts) {
                below += count
                text.sample(
                    description.name + "_bucket", description.labels + ["le"],
                    labels + [String.number(bucket)], Double(below))
            }
            text.sample(
                description.name + "_bucket", description.labels + ["le"], labels + ["+Inf"], Double(value.count))
            text.sample(description.name + "_sum", description.labels, labels, value.sum)
            text.sample(description.name + "_count", description.labels, labels, Double(value.count))
        }
    }
}

/// Values that are looked up when they are asked for.
struct ObservedMetric: Metric {
    let description: MetricDescription
    let read: @Sendable () -> [(labels: [String], value: Double)]

    init(
        _ description: MetricDescription, read: @escaping @Sendable () -> [(labels: [String], value: Double)]
    ) {
        self.description = description
        self.read = read
    }

    func write(to text: inout String) {
        text.header(of: description)
        for (labels, value) in read().sorted(by: { $0.labels.lexicographicallyPrecedes($1.labels) }) {
            text.sample(description.name, description.labels, labels, value)
        }
    }
}
