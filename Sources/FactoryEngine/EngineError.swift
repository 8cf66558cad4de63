public import FactoryDefinition
public import FactoryDomain
public import FactoryStore

/// Why the engine did not do what it was asked.
public enum EngineError: Error, Sendable, CustomStringConvertible {
    /// The store did not do it.
    case store(StoreError)
    /// The run's stored document is not one that this program can run.
    case invalidDocument([Problem])
    /// The run is being driven already.
    case isRunning(ID<Run>)
    /// The run ended, and not in a way that can be continued.
    case hasEnded(ID<Run>, RunStatus)
    /// The run has not ended, so it cannot be retried; it can be resumed.
    case hasNotEnded(ID<Run>)
    /// The run is paused already.
    case isPaused(ID<Run>)
    /// The run is being cancelled, so there is nothing to pause.
    case isCancelling(ID<Run>)
    /// The run succeeded: without the name of a step there is nothing to retry.
    case nothingToRetry(ID<Run>)
    /// The run's pipeline has no step of this id.
    case unknownStep(String, in: ID<Run>)
    /// The run is of another step alone, so this one cannot be retried in it.
    case notAskedFor(String, in: ID<Run>)
    /// Steps that a retry would keep have changed files in the workspace already.
    case changesCarriedOut(ID<Run>)
    /// The run has no changes that wait.
    case nothingPending(ID<Run>)
    /// The run has carried out no changes that could be taken back.
    case nothingApplied(ID<Run>)
    /// The run's change set has no file of this path.
    case unknownChange(String, in: ID<Run>)
    /// The changes do not fit into the workspace; nothing was changed.
    case noRoom(reason: String)
    /// A value could not be kept or read back.
    case storage(reason: String)
    /// The engine is shutting down.
    case isStopping

    /// One sentence that is safe to show.
    public var description: String {
        switch self {
        case .store(let error): error.description
        case .invalidDocument(let problems):
            "the run's document cannot be run by this program: \(problems.first?.message ?? "no reason given")"
        case .isRunning(let id): "\(id) is running"
        case .hasEnded(let id, .succeeded): "\(id) has succeeded already"
        case .hasEnded(let id, let status): "\(id) has ended: it is \(status.rawValue)"
        case .hasNotEnded(let id): "\(id) has not ended; resume it, or cancel it and then retry it"
        case .isPaused(let id): "\(id) is paused already"
        case .isCancelling(let id): "\(id) is being cancelled"
        case .nothingToRetry(let id): "\(id) has succeeded; name the step from which it shall run once more"
        case .unknownStep(let step, let id): "\(id) has no step \(step)"
        case .notAskedFor(let step, let id):
            "\(id) is a run of another step alone; start one of \(step)"
        case .changesCarriedOut(let id):
            "steps of \(id) that a retry would keep have changed files in the workspace already; start a new run"
        case .nothingPending(let id): "\(id) has no changes that wait for a decision"
        case .nothingApplied(let id): "\(id) has carried out no changes that could be taken back"
        case .unknownChange(let path, let id): "\(id) has no change of \"\(path.prefix(200))\""
        case .noRoom(let reason): reason
        case .storage(let reason): "a value could not be stored or read: \(reason)"
        case .isStopping: "the engine is shutting down"
        }
    }
}
