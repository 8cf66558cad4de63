public import FactoryDefinition
public import FactoryDomain
public import FactoryJSON
public import FactorySecrets

/// What to run.
public struct RunRequest: Sendable {
    /// The pipeline, valid and compiled.
    public var pipeline: Pipeline
    /// Its inputs, checked and with defaults filled in.
    public var inputs: JSON
    /// The secrets it may use.
    public var secrets: SecretVault
    /// The environment that its secrets and variables come from; nil for the values of none.
    public var environment: String?
    /// Whose secrets and variables these are, where they are not the owner's.
    public var lender: String?
    /// The variables it may look at.
    public var variables: JSONObject
    /// Absolute path of the workspace it reads and writes.
    public var workspace: String
    /// Who starts it: whose secrets and models it uses.
    public var owner: String
    /// What starts it: `manual`, `schedule` or `webhook`.
    public var trigger: String
    /// What `trigger` means in its expressions; nil for a run that a person starts.
    public var triggerValue: JSON?
    /// The stored pipeline it is a run of; nil for a file.
    public var pipelineID: ID<PipelineRecord>?
    /// A recording from which its model calls are answered; nil where models are asked.
    public var cassette: [UInt8]?
    /// The published version of it; nil for its draft or a file.
    public var version: Int64?
    /// The one step it runs; nil for all.
    public var only: LoneStep?
    /// The run that it goes on from; nil for one that begins at the beginning.
    public var fork: RunFork?
    /// The id the run is given; nil for a new one. A caller that may have to ask twice knows by it what it asked for.
    public var id: ID<Run>?

    /// A request to run `pipeline`.
    public init(
        pipeline: Pipeline, inputs: JSON, secrets: SecretVault, environment: String? = nil, lender: String? = nil,
        variables: JSONObject = [:], workspace: String, owner: String = Owner.local, trigger: String = "manual",
        triggerValue: JSON? = nil, pipelineID: ID<PipelineRecord>? = nil, cassette: [UInt8]? = nil,
        version: Int64? = nil, only: LoneStep? = nil, fork: RunFork? = nil,
        id: ID<Run>? = nil
    ) {
        self.pipeline = pipeline
        self.inputs = inputs
        self.secrets = secrets
        self.environment = environment
        self.lender = lender
        self.variables = variables
        self.workspace = workspace
        self.owner = owner
        self.trigger = trigger
        self.triggerValue = triggerValue
        self.pipelineID = pipelineID
        self.cassette = cassette
        self.version = version
        self.only = only
        self.fork = fork
        self.id = id
    }
}

/// A run that the engine drives.
public struct DrivenRun: Sendable {
    /// Its identity.
    public let id: ID<Run>
    /// Everything that happens in it from the start, live text included; ends after its last event, or when the
    /// engine stops driving it (``Engine/failure(of:)`` then tells why).
    public let events: AsyncStream<RunEvent>
}
