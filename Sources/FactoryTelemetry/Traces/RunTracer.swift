import FactoryDomain
import FactoryJSON
import Synchronization

/// Draws every run as a trace: a span for the run, one for each step in it, one for each attempt in that.
///
/// A run that is taken up again continues its trace with another span for the run.
public final class RunTracer: Sendable {
    private struct Open {
        let trace: TraceID
        let root: SpanID
        let start: Timestamp
        /// The span of each step under way, and when its first attempt here began.
        var steps: [ID<StepRun>: (id: SpanID, start: Timestamp)] = [:]
    }

    private let exporter: SpanExporter
    private let runs = Mutex<[ID<Run>: Open]>([:])

    /// A tracer whose spans go out through `exporter`.
    public init(exporter: SpanExporter) { self.exporter = exporter }

    /// Takes in a fact; `first` is the first event of the decision that told it.
    func note(_ fact: RunFact, of run: RunRecord, at first: RunEvent?) {
        let span = runs.withLock { runs -> Span? in
            if case .runBegan = fact, let first {
                runs[run.id] = Open(
                    trace: TraceID(run.id), root: SpanID("\(run.id) \(first.sequence ?? 0)"), start: first.at)
            }
            guard var open = runs.removeValue(forKey: run.id) else { return nil }
            let span = Self.span(for: fact, of: run, &open)
            if case .runEnded = fact { return span }
            runs[run.id] = open
            return span
        }
        guard let span else { return }
        exporter.add(span)
    }

    /// Forgets a run that is no longer driven.
    func forget(_ run: ID<Run>) { _ = runs.withLock { $0.removeValue(forKey: run) } }

    private static func span(for fact: RunFact, of run: RunRecord, _ open: inout Open) -> Span? {
        switch fact {
        case .attemptBegan(let attempt):
            if open.steps[attempt.step.id] == nil {
                open.steps[attempt.step.id] = (SpanID("\(attempt.step.id) \(attempt.id)"), attempt.startedAt)
            }
            return nil
        case .attemptEnded(let attempt):
            return Span(
                trace: open.trace, id: SpanID(attempt.id.rawValue),
                parent: open.steps[attempt.step.id]?.id ?? open.root, name: name(of: attempt),
                kind: attempt.callsModel ? .client : .internal, start: attempt.startedAt,
                end: attempt.finishedAt ?? attempt.startedAt,
                attributes: SpanAttributes.values(of: attempt, SpanAttributes.attempt),
                failure: attempt.error?.message)
        case .stepEnded(let step):
            guard let (id, start) = open.steps.removeValue(forKey: step.id) else { return nil }
            return Span(
                trace: open.trace, id: id, parent: open.root, name: "step \(step.path)", kind: .internal, start: start,
                end: step.finishedAt ?? start, attributes: SpanAttributes.values(of: step, SpanAttributes.step),
                failure: step.status == .failed ? step.error?.message ?? "" : nil)
        case .runEnded:
            return Span(
                trace: open.trace, id: open.root, parent: nil, name: "run \(run.pipeline)", kind: .internal,
                start: open.start, end: run.finishedAt ?? open.start,
                attributes: SpanAttributes.values(of: run, SpanAttributes.run),
                failure: run.status == .failed ? run.error?.message ?? "" : nil)
        case .runBegan, .retryDue, .other: return nil
        }
    }

    /// Attempts that call a model are called as the conventions say, `chat MODEL`.
    private static func name(of attempt: AttemptFact) -> String {
        guard attempt.callsModel else { return "attempt \(attempt.step.type)" }
        return attempt.model.map { "chat \($0)" } ?? "chat"
    }
}
