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
    /// The run has no changes that wait.
    case nothingPending(ID<Run>)
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
        case .hasEnded(let id, let status): "\(id) has \(status.rawValue); there is nothing to continue"
        case .nothingPending(let id): "\(id) has no changes that wait for a decision"
        case .storage(let reason): "a value could not be stored or read: \(reason)"
        case .isStopping: "the engine is shutting down"
        }
    }
}
