import FactoryDefinition
import FactoryDomain
import FactoryJSON
import FactorySecrets

/// One attempt to carry out: what the store knows as started.
struct AttemptOrder: Sendable {
    /// Place of the step in the document.
    let place: Int
    let run: ID<Run>
    let step: Step
    let stepRun: ID<StepRun>
    let attempt: ID<Attempt>
    let number: Int
    let view: RunView
    let secrets: SecretVault
    let workspace: String
    let settledChanges: [FileChange]
}

/// How an attempt went.
struct AttemptReport: Sendable {
    /// What a succeeded attempt leaves behind, ready to be stored.
    struct Success: Sendable {
        var output: StoredValue
        var decision: BranchDecision?
        var usage: Usage?
        var changes: [FileChange]
        var warnings: [String]
        var isolation: String?
    }

    enum Result: Sendable {
        case succeeded(Success)
        /// With the output it produced all the same.
        case failed(StepFailure, output: StoredValue?)
        /// The run was cancelled meanwhile.
        case stopped
    }

    let place: Int
    let attempt: ID<Attempt>
    /// The rendered `with`, secrets concealed; nil where rendering failed.
    let with: StoredValue?
    let result: Result
    /// Log text that has not been kept yet.
    let logs: [LogChunk]
}
