import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryExpressions
import FactoryJSON
import FactorySecrets
import FactoryStore

/// One attempt to carry out: what the store knows as started.
struct AttemptOrder: Sendable {
    /// Place of the step in the document.
    let place: Int
    let run: ID<Run>
    let step: Step
    let stepRun: ID<StepRun>
    let attempt: ID<Attempt>
    let startEvent: Int64
    let number: Int
    var view: RunView
    let secrets: SecretVault
    let owner: String
    let workspace: String
    let cassette: ContentHash?
    let settledChanges: [SettledChange]
    /// Keeps what the attempt puts until its settlement is on the disk.
    let blobLease: BlobLease

    /// Everything whose value the attempt's expressions and templates look at.
    var references: [Reference] { Self.references(of: step) }

    static func references(of step: Step) -> [Reference] {
        guard let outputs = step.outputs else { return step.fields.references }
        return step.fields.references + outputs.flatMap(\.expression.references)
    }
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
        /// The disk is full, and the engine does not wait for room.
        case noRoom
    }

    let place: Int
    let attempt: ID<Attempt>
    let startEvent: Int64
    /// The rendered `with`, secrets concealed; nil where rendering failed.
    let with: StoredValue?
    let result: Result
    /// Log text that has not been kept yet.
    let logs: [LogChunk]
    /// Held until the settlement is on the disk.
    let blobLease: BlobLease
}
