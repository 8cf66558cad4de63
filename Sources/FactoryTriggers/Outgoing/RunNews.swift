public import FactoryDomain
public import FactoryEngine
import FactoryJSON
import FactoryStore

/// What is told of a run to other systems: how it stands, and nothing of what it holds.
struct RunNews: Sendable {
    /// Everything that can be heard of.
    static let events = ["run.started", "run.succeeded", "run.failed", "run.cancelled"]
    /// What is told of alerts, where somebody asks for it.
    static let alertEvents = [Alerts.Turn.opened.rawValue, Alerts.Turn.closed.rawValue]

    var event: String
    /// Tells it from what was told of the run before: a run that is retried ends more than once.
    var occasion: String
    var run: RunRecord
    var at: Timestamp

    /// The end of a run as the store has it.
    init?(end run: RunRecord) {
        guard run.status.isFinal, let at = run.finishedAt else { return nil }
        event = "run.\(run.status.rawValue)"
        occasion = "\(run.id) \(event) \(at.milliseconds)"
        self.run = run
        self.at = at
    }

    init(start run: RunRecord) {
        event = "run.started"
        occasion = "\(run.id) run.started"
        self.run = run
        at = run.startedAt ?? run.createdAt
    }

    /// What is sent to somebody: why a run failed is told in words to who started it alone.
    func body(for owner: String) -> String {
        var data: JSONObject = [
            "id": .string(run.id.rawValue), "number": .int(run.number),
            "pipeline": [
                "id": run.pipelineID.map { .string($0.rawValue) } ?? .null, "name": .string(run.pipeline),
            ], "status": .string(event == "run.started" ? "running" : run.status.rawValue),
            "trigger": .string(run.trigger), "created_at": run.createdAt.json,
            "started_at": run.startedAt?.json ?? .null, "finished_at": event == "run.started" ? .null : at.json,
        ]
        if event != "run.started", let start = run.startedAt {
            data["duration_ms"] = at.elapsedMilliseconds(since: start).map(JSON.int) ?? .null
        }
        if let error = run.error, event == "run.failed" {
            var told: JSONObject = ["code": .string(error.code)]
            if owner == run.owner { told["message"] = .string(error.message) }
            data["error"] = .object(told)
        }
        data["links"] = ["self": .string("/api/v1/runs/\(run.id)")]
        return JSON.object(["type": .string(event), "timestamp": at.json, "data": .object(data)]).serialized()
    }
}

/// Hears of runs from the engine and passes on, at once, what others may want to know.
public struct RunWatch: RunObserver {
    let news: AsyncStream<RunNews>
    private let sink: AsyncStream<RunNews>.Continuation

    /// How much is held that nobody has looked at yet; beyond it the oldest is dropped, and found again in the store at
    /// the next start.
    private static let limit = 10_000

    /// A watch that nobody listens to yet.
    public init() {
        (news, sink) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.limit))
    }

    /// Passes on the start and the end of a run.
    public func kept(_ decision: KeptDecision) {
        for event in decision.commit.events {
            switch event.kind {
            case .runStarted: sink.yield(RunNews(start: Self.lean(decision.run)))
            case .runFinished: if let news = RunNews(end: Self.lean(decision.run)) { sink.yield(news) }
            default: break
            }
        }
    }

    /// Nothing is to be done.
    public func left(_ run: ID<Run>) {}

    private static func lean(_ run: RunRecord) -> RunRecord {
        var run = run
        run.document = .null
        run.inputs = .inline(.null)
        run.outputs = nil
        run.triggerValue = nil
        return run
    }
}
