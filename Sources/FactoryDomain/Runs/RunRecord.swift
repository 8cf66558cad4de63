public import FactoryJSON

/// A run as the store keeps it, without its steps.
public struct RunRecord: Sendable {
    /// Its identity.
    public var id: ID<Run>
    /// Counts the runs of this store from 1.
    public var number: Int64
    /// Who started it: whose workspace, secrets and models it uses.
    public var owner: String
    /// Name of the pipeline it runs.
    public var pipeline: String
    /// The stored pipeline it was started from; nil for a run of a file.
    public var pipelineID: ID<PipelineRecord>?
    /// The published version it runs; nil for a draft or a file.
    public var version: Int64?
    /// The one step it runs; nil for all.
    public var only: OnlyStep?
    /// The run whose steps it kept before it went on from there, which may be gone by now; nil for none.
    public var forkedFrom: ID<Run>?
    /// The document it runs, as it was at the start; null in lists, which leave it out.
    public var document: JSON
    /// Where it stands.
    public var status: RunStatus
    /// What started it: `manual`, `schedule` or `webhook`.
    public var trigger: String
    /// What `trigger` means in its expressions; nil for a run that a person started.
    public var triggerValue: StoredValue?
    /// The checked inputs, defaults filled in.
    public var inputs: StoredValue
    /// What the document's `outputs` gave; nil until it succeeded.
    public var outputs: StoredValue?
    /// Why it failed.
    public var error: StepFailure?
    /// The environment whose secrets and variables it uses; nil for the values of none.
    public var environment: String?
    /// Whose secrets and variables it uses, where they are not those of who started it.
    public var lender: String?
    /// The variables that its document names, as they were at the start; empty in lists, which leave them out.
    public var variables: JSONObject
    /// Folder of the workspace it reads and writes.
    public var workspace: String
    /// The recording from which its model calls are answered; nil where models are asked.
    public var cassette: ContentHash?
    /// Where its change set stands.
    public var changes: ChangesStatus
    /// When a cancel was asked for.
    public var cancelRequestedAt: Timestamp?
    /// When it was paused; nil while it is not.
    public var pausedAt: Timestamp?
    /// When it was written.
    public var createdAt: Timestamp
    /// When its first step started.
    public var startedAt: Timestamp?
    /// When it reached a final status.
    public var finishedAt: Timestamp?

    /// A run of these values.
    public init(
        id: ID<Run>, number: Int64, owner: String = Owner.local, pipeline: String,
        pipelineID: ID<PipelineRecord>? = nil, version: Int64? = nil, only: OnlyStep? = nil,
        forkedFrom: ID<Run>? = nil, document: JSON, status: RunStatus,
        trigger: String, triggerValue: StoredValue? = nil, inputs: StoredValue, outputs: StoredValue? = nil,
        error: StepFailure? = nil, environment: String? = nil, lender: String? = nil, variables: JSONObject = [:],
        workspace: String, cassette: ContentHash? = nil, changes: ChangesStatus = .none,
        cancelRequestedAt: Timestamp? = nil, pausedAt: Timestamp? = nil, createdAt: Timestamp,
        startedAt: Timestamp? = nil, finishedAt: Timestamp? = nil
    ) {
        self.id = id
        self.number = number
        self.owner = owner
        self.pipeline = pipeline
        self.pipelineID = pipelineID
        self.version = version
        self.only = only
        self.forkedFrom = forkedFrom
        self.document = document
        self.status = status
        self.trigger = trigger
        self.triggerValue = triggerValue
        self.inputs = inputs
        self.outputs = outputs
        self.error = error
        self.environment = environment
        self.lender = lender
        self.variables = variables
        self.workspace = workspace
        self.cassette = cassette
        self.changes = changes
        self.cancelRequestedAt = cancelRequestedAt
        self.pausedAt = pausedAt
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
    }
}

extension RunRecord {
    /// Who answers its model calls: `normal` for models, `replay` for a recording.
    public var mode: RunMode { cassette == nil ? .normal : .replay }
}

/// Who answers the model calls of a run.
public enum RunMode: String, Sendable, CaseIterable {
    /// Models.
    case normal
    /// A recording: no model is asked, and nothing is used.
    case replay
}
