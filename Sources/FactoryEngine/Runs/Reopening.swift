import FactoryDomain
import FactoryJSON

/// How much of what a run has behind it is taken back when it goes on.
enum Reopening: Sendable, Hashable {
    /// It has not ended, and keeps all it has.
    case nothing
    /// It ended, and is resumed.
    case ended
    /// It ended, and is retried.
    case retried
    /// It ended, and is retried from this step.
    case retriedFrom(String)

    /// True where the run had ended.
    var isOfAnEnd: Bool { self != .nothing }

    /// What is told of why the run goes on; nil where it does not, because it is paused.
    func cause(of record: RunRecord) -> (kind: RunEvent.Kind, data: JSON)? {
        switch self {
        case .nothing: record.pausedAt == nil ? (.runResumed, [:]) : nil
        case .ended: (.runResumed, [:])
        case .retried: (.runRetried, ["from": nil])
        case .retriedFrom(let step): (.runRetried, ["from": .string(step)])
        }
    }

    /// The places of the steps that run anew.
    func places(of steps: [StepRunRecord], in plan: RunPlan, of run: RunRecord) throws(EngineError) -> Set<Int> {
        switch self {
        case .nothing: return []
        case .ended, .retried: return Self.unfinished(steps, plan).filter { run.runs(steps[$0]) }
        case .retriedFrom(let step):
            guard let place = steps.firstIndex(where: { $0.stepID == step }) else {
                throw .unknownStep(step, in: run.id)
            }
            guard run.runs(steps[place]) else { throw .notAskedFor(step, in: run.id) }
            return plan.descendants(of: [place])
        }
    }

    /// What failed, was cancelled or was never reached, with all that comes after it. What succeeded before it is kept.
    private static func unfinished(_ steps: [StepRunRecord], _ plan: RunPlan) -> Set<Int> {
        let open = steps.indices.filter { place in
            switch steps[place].status {
            case .failed: !steps[place].isHandled
            case .skipped: [.cancelled, .upstreamFailed].contains(steps[place].skipped?.reason)
            case .succeeded: false
            case .cancelled, .queued, .running, .waiting: true
            }
        }
        let reopened = plan.descendants(of: Set(open))
        let untaken = Set(steps.indices.filter { steps[$0].skipped?.reason == .branch })
        // Where a condition that is kept has ended the run, what it cut off stays cut off.
        let kept = steps.enumerated().map { place, step in
            reopened.contains(place) ? .pending : RunMachine.StepState(step)
        }
        if RunMachine.ending(in: plan, kept) != nil { return reopened.subtracting(untaken) }
        // Else an ending may have cut off any step whose branch was not taken: these are decided anew. What came after
        // them and succeeded is kept: it was decided without them.
        return reopened.union(untaken)
    }
}

extension RunRecord {
    /// Whether `step` has a part in it: not where another was asked for alone.
    func runs(_ step: StepRunRecord) -> Bool { only == nil || only?.step == step.stepID }

    /// This run with its end taken back.
    var reopened: RunRecord {
        var run = self
        run.status = .queued
        run.outputs = nil
        run.error = nil
        run.finishedAt = nil
        run.cancelRequestedAt = nil
        run.changes = .none
        return run
    }
}

extension StepRunRecord {
    /// This step run as it was before it first started, but for what its attempts so far have used and their number.
    func reopened(after attempts: Int) -> StepRunRecord {
        var step = StepRunRecord(id: id, path: path, stepID: stepID, type: type, position: position)
        step.usage = usage
        step.attemptsBefore = attempts
        return step
    }
}
