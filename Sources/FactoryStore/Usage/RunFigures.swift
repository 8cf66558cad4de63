/// How runs went, in all, by day and by pipeline.
public struct RunFigures: Sendable, Hashable {
    /// How many ended how.
    public struct Outcomes: Sendable, Hashable {
        /// Ended with success.
        public var succeeded = 0
        /// Ended with an error.
        public var failed = 0
        /// Were cancelled.
        public var cancelled = 0

        /// None.
        public init() {}

        /// All of them.
        public var ended: Int { succeeded + failed + cancelled }

        /// The share that succeeded; nil where none ended.
        public var successRate: Double? { ended == 0 ? nil : Double(succeeded) / Double(ended) }

        /// Adds those of `other`.
        public static func += (left: inout Self, right: Self) {
            left.succeeded += right.succeeded
            left.failed += right.failed
            left.cancelled += right.cancelled
        }
    }

    /// How the runs of one day ended.
    public struct Day: Sendable, Hashable {
        /// Days since 1970-01-01, in UTC.
        public var day: Int64
        /// How they ended.
        public var outcomes: Outcomes

        /// A day of these values.
        public init(day: Int64, outcomes: Outcomes) {
            self.day = day
            self.outcomes = outcomes
        }
    }

    /// How the runs of one pipeline went.
    public struct Pipeline: Sendable, Hashable {
        /// Which.
        public var pipeline: UsagePipeline
        /// How they ended.
        public var outcomes: Outcomes
        /// How long those took that succeeded.
        public var durations: Durations

        /// A pipeline of these values.
        public init(pipeline: UsagePipeline, outcomes: Outcomes, durations: Durations) {
            self.pipeline = pipeline
            self.outcomes = outcomes
            self.durations = durations
        }
    }

    /// How long runs took, in milliseconds, to within 1.25 percent from 100 on.
    public struct Durations: Sendable, Hashable {
        /// Runs under which the time of the next one is not told from them.
        public static let leastForEstimate = 3

        /// How many there are.
        public var count: Int
        /// The median; nil where there are none.
        public var p50: Int64?
        /// What 95 of 100 did not exceed; nil where there are none.
        public var p95: Int64?

        /// Of this many runs of each duration.
        public init(counts: [Int64: Int]) {
            let sorted = counts.sorted { $0.key < $1.key }
            let all = sorted.reduce(0) { $0 + $1.value }
            count = all
            p50 = Self.quantile(0.5, of: sorted, all)
            p95 = Self.quantile(0.95, of: sorted, all)
        }

        /// How long the next run will take, from how long the others took; nil where they are too few.
        public var estimate: Int64? { count < Self.leastForEstimate ? nil : p50 }

        /// The smallest value that this share of all does not exceed.
        private static func quantile(
            _ share: Double, of sorted: [(key: Int64, value: Int)], _ all: Int
        ) -> Int64? {
            var left = max(1, Int((share * Double(all)).rounded(.up)))
            for (duration, count) in sorted {
                left -= count
                if left <= 0 { return duration }
            }
            return nil
        }
    }

    /// How all of them ended.
    public var outcomes: Outcomes
    /// How long those took that succeeded.
    public var durations: Durations
    /// By day, the earliest first; days without a run are left out.
    public var days: [Day]
    /// By pipeline, those with the most runs first.
    public var pipelines: [Pipeline]

    /// Figures of these values.
    public init(outcomes: Outcomes, durations: Durations, days: [Day], pipelines: [Pipeline]) {
        self.outcomes = outcomes
        self.durations = durations
        self.days = days
        self.pipelines = pipelines
    }
}

/// How steps went in the latest of some runs.
public struct StepSample: Sendable, Hashable {
    /// How many runs that were.
    public var runs: Int
    /// Their steps.
    public var steps: [StepFigures]

    /// A sample of these values.
    public init(runs: Int, steps: [StepFigures]) {
        self.runs = runs
        self.steps = steps
    }
}

/// How one step went in several runs of its pipeline.
public struct StepFigures: Sendable, Hashable {
    /// Its pipeline.
    public var pipeline: UsagePipeline
    /// Its id in the document.
    public var step: String
    /// Its type.
    public var type: String
    /// How often it ran to an end.
    public var runs: Int
    /// How often it failed, handled or not.
    public var failures: Int
    /// Mean of what it took, in milliseconds, with its waits and retries; nil where that was not measured.
    public var meanDuration: Int64?

    /// Figures of these values.
    public init(
        pipeline: UsagePipeline, step: String, type: String, runs: Int, failures: Int, meanDuration: Int64?
    ) {
        self.pipeline = pipeline
        self.step = step
        self.type = type
        self.runs = runs
        self.failures = failures
        self.meanDuration = meanDuration
    }
}
