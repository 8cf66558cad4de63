import FactoryDomain
import FactoryJSON

/// One thing that a decision about a run tells: what metrics count, logs say and traces draw.
enum RunFact: Sendable {
    /// A new run has begun, or one that another process left is being driven again.
    case runBegan(isNew: Bool)
    case runEnded
    case stepEnded(StepRunRecord)
    case attemptBegan(AttemptFact)
    case attemptEnded(AttemptFact)
    /// A failed step waits for its next attempt, until the given moment.
    case retryDue(StepRunRecord)
    /// Any other event worth a line in the log.
    case other(RunEvent)
}

/// An attempt as far as one process has seen it.
struct AttemptFact: Sendable {
    let id: ID<Attempt>
    let number: Int
    /// The step run it belongs to, as it stood when the attempt began, or ended.
    var step: StepRunRecord
    let startedAt: Timestamp
    var status = AttemptStatus.running
    var finishedAt: Timestamp?
    var error: StepFailure?
    /// What its model calls used.
    var usage: Usage?
    /// The model that the step's fields name.
    var requestedModel: String?
}
