public import FactoryDomain
public import FactoryEngine
import FactoryStore
import Synchronization

/// Listens to the engine and passes what happens on to metrics, the log and traces.
public final class Telemetry: RunObserver {
    /// The registry behind `/metrics`.
    public let metrics: MetricsRegistry
    /// The program's log.
    public let log: Log

    private let runMetrics: RunMetrics
    private let runLog: RunLog
    private let tracer: RunTracer?
    private let runs = Mutex<[ID<Run>: RunFacts]>([:])

    /// - Parameters:
    ///   - metrics: where counts go.
    ///   - log: where lines go.
    ///   - tracer: where spans go; nil without an endpoint for them.
    public init(metrics: MetricsRegistry, log: Log, tracer: RunTracer? = nil) {
        self.metrics = metrics
        self.log = log
        self.tracer = tracer
        runMetrics = RunMetrics(metrics)
        runLog = RunLog(log)
    }

    /// Takes in a decision that was kept.
    public func kept(_ decision: KeptDecision) {
        let run = decision.run.id
        let facts = runs.withLock { $0[run, default: RunFacts()].facts(of: decision) }
        runMetrics.note(decision)
        for fact in facts {
            runMetrics.note(fact, of: decision.run)
            runLog.note(fact, of: decision.run)
            tracer?.note(fact, of: decision.run, at: decision.commit.events.first)
        }
    }

    /// Forgets a run that is no longer driven.
    public func left(_ run: ID<Run>) {
        _ = runs.withLock { $0.removeValue(forKey: run) }
        tracer?.forget(run)
    }
}
