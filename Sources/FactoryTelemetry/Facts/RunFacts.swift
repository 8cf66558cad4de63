import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryStore

/// Reads the facts out of the decisions about one run, and remembers what of it is under way.
struct RunFacts {
    private var attempts: [ID<Attempt>: AttemptFact] = [:]
    private var steps: [ID<StepRun>: StepRunRecord] = [:]

    /// What `decision` tells, in order.
    mutating func facts(of decision: KeptDecision) -> [RunFact] {
        let commit = decision.commit
        var facts: [RunFact] = []
        if let began = commit.events.first(where: { [.runCreated, .runResumed].contains($0.kind) }) {
            facts.append(.runBegan(isNew: began.kind == .runCreated))
        }
        for step in commit.steps { steps[step.id] = step }
        for settlement in commit.settled {
            if let fact = end(of: settlement, in: commit) { facts.append(.attemptEnded(fact)) }
        }
        for event in commit.events {
            switch event.kind {
            case .stepSucceeded, .stepFailed, .stepCancelled, .stepSkipped:
                guard let step = commit.steps.first(where: { $0.path == event.step }) else { continue }
                facts.append(.stepEnded(step))
                steps[step.id] = nil
            case .stepWaiting:
                guard let step = commit.steps.first(where: { $0.path == event.step }), step.retryDueAt != nil else {
                    continue
                }
                facts.append(.retryDue(step))
            case .warning, .runCancelling, .runWaiting, .runContinued, .runChanges, .attemptLost:
                facts.append(.other(event))
            default: break
            }
        }
        for attempt in commit.started {
            guard let step = steps[attempt.stepRun] else { continue }
            let fact = AttemptFact(
                id: attempt.id, number: attempt.number, step: step, startedAt: attempt.startedAt)
            attempts[attempt.id] = fact
            facts.append(.attemptBegan(fact))
        }
        if commit.events.contains(where: { $0.kind == .runFinished }) { facts.append(.runEnded) }
        return facts
    }

    /// The end of an attempt whose beginning was seen; that of another process is told by its event alone.
    private mutating func end(of settlement: AttemptSettlement, in commit: RunCommit) -> AttemptFact? {
        guard var fact = attempts.removeValue(forKey: settlement.attempt) else { return nil }
        let before = fact.step.usage
        if let step = commit.steps.first(where: { $0.id == fact.step.id }) { fact.step = step }
        fact.status = settlement.status
        fact.finishedAt = settlement.finishedAt
        fact.error = settlement.error
        fact.usage = fact.step.usage.flatMap { $0 == before ? nil : $0.since(before) }
        if case .inline(let with)? = settlement.with { fact.requestedModel = with["model"]?.stringValue }
        return fact
    }
}

extension Usage {
    /// What came on top of `earlier`; unknown where one of the two is.
    func since(_ earlier: Usage?) -> Usage {
        guard let earlier else { return self }
        func rest<Number: AdditiveArithmetic>(_ later: Number?, _ earlier: Number?) -> Number? {
            if let later, let earlier { later - earlier } else { nil }
        }
        return Usage(
            calls: calls - earlier.calls, inputTokens: rest(inputTokens, earlier.inputTokens),
            outputTokens: rest(outputTokens, earlier.outputTokens), costUSD: rest(costUSD, earlier.costUSD),
            model: model)
    }
}
