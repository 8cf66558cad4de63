public import FactoryDomain

/// Answers what runs used and how they went, in a constant number of queries.
public protocol UsageStore: Sendable {
    /// Calls of models by day, model and pipeline, latest day first; also of runs that are no longer kept.
    func modelUse(_ filter: UsageFilter) async throws(StoreError) -> [ModelUseFigures]

    /// How the runs went that ended, by whole days; also those that are no longer kept.
    func runFigures(_ filter: UsageFilter) async throws(StoreError) -> RunFigures

    /// How the steps went of the latest of these runs that are still kept.
    func stepFigures(_ filter: UsageFilter, ofLatest limit: Int) async throws(StoreError) -> StepSample
}

/// Which runs to count.
public struct UsageFilter: Sendable, Hashable {
    /// Whose; nil for everybody's.
    public var owner: String?
    /// Only what ended at this moment or later.
    public var since: Timestamp?
    /// Only what ended before this moment.
    public var until: Timestamp?
    /// Only this stored pipeline.
    public var pipelineID: ID<PipelineRecord>?
    /// Only pipelines of this name.
    public var pipeline: String?

    /// A filter of these values; by default everything.
    public init(
        owner: String? = nil, since: Timestamp? = nil, until: Timestamp? = nil,
        pipelineID: ID<PipelineRecord>? = nil, pipeline: String? = nil
    ) {
        self.owner = owner
        self.since = since
        self.until = until
        self.pipelineID = pipelineID
        self.pipeline = pipeline
    }
}

/// Names the pipeline that figures are of.
public struct UsagePipeline: Sendable, Hashable {
    /// The stored pipeline; nil for runs of files.
    public var id: ID<PipelineRecord>?
    /// Its name, as the runs have it.
    public var name: String

    /// A pipeline of these values.
    public init(id: ID<PipelineRecord>?, name: String) {
        self.id = id
        self.name = name
    }
}

/// Calls of one model for one pipeline on one day.
public struct ModelUseFigures: Sendable, Hashable {
    /// Milliseconds of a day.
    public static let dayMilliseconds: Int64 = 86_400_000

    /// Days since 1970-01-01, in UTC.
    public var day: Int64
    /// `provider/model`; nil where it is not known.
    public var model: String?
    /// For which pipeline.
    public var pipeline: UsagePipeline
    /// The sums.
    public var sums: CallSums

    /// Figures of these values.
    public init(day: Int64, model: String?, pipeline: UsagePipeline, sums: CallSums) {
        self.day = day
        self.model = model
        self.pipeline = pipeline
        self.sums = sums
    }
}

/// Sums over calls of models. What a call did not tell is in no sum, and how many did not is told.
public struct CallSums: Sendable, Hashable {
    /// Calls.
    public var calls: Int64
    /// Those whose price is not known: they are not in ``costUSD``.
    public var callsWithoutPrice: Int64
    /// Those whose tokens the provider did not count: they are in no sum of tokens.
    public var callsWithoutCounts: Int64
    /// Tokens sent.
    public var inputTokens: Int64
    /// Tokens generated.
    public var outputTokens: Int64
    /// US dollars of the calls with a price.
    public var costUSD: Double

    /// Sums of these values.
    public init(
        calls: Int64 = 0, callsWithoutPrice: Int64 = 0, callsWithoutCounts: Int64 = 0, inputTokens: Int64 = 0,
        outputTokens: Int64 = 0, costUSD: Double = 0
    ) {
        self.calls = calls
        self.callsWithoutPrice = callsWithoutPrice
        self.callsWithoutCounts = callsWithoutCounts
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.costUSD = costUSD
    }

    /// Adds the calls of `other`.
    public static func += (left: inout Self, right: Self) {
        left.calls += right.calls
        left.callsWithoutPrice += right.callsWithoutPrice
        left.callsWithoutCounts += right.callsWithoutCounts
        left.inputTokens += right.inputTokens
        left.outputTokens += right.outputTokens
        left.costUSD += right.costUSD
    }
}
