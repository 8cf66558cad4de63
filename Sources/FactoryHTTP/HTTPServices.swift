public import FactoryBlobs
public import FactoryDomain
public import FactoryEngine
public import FactoryJSON
public import FactoryStore
public import FactoryTriggers

/// Everything the server's handlers work with, put together by whoever starts it.
public struct HTTPServices: Sendable {
    /// How one thing that the server needs stands.
    public struct Check: Sendable, Hashable {
        /// What was looked at.
        public var name: String
        /// Whether the server can do its work with it.
        public var isReady: Bool
        /// What was found, without paths of the host.
        public var detail: String

        /// A check of these values.
        public init(name: String, isReady: Bool, detail: String) {
            self.name = name
            self.isReady = isReady
            self.detail = detail
        }
    }

    /// Who is let in, and who may do what.
    public var access: AccessServices
    /// Pipelines to begin with.
    public var templates: TemplateServices
    /// Starts, stops and continues runs.
    public var engine: Engine
    /// Where runs are read from.
    public var runs: any RunStore
    /// Where pipelines are kept.
    public var pipelines: any PipelineStore
    /// What people do with pipelines together.
    public var collaboration: CollaborationServices
    /// Where requests under a key are remembered.
    public var keys: any RequestKeyStore
    /// What starts pipelines by itself.
    public var triggers: Triggers
    /// Tells other systems of runs.
    public var outbox: Outbox
    /// Tells people what they want to know of runs.
    public var alerts: Alerts
    /// Where large values and the contents of files are.
    public var blobs: BlobStore
    /// Makes ids.
    public var ids: IDGenerator
    /// The wall clock.
    public var now: @Sendable () -> Timestamp
    /// The clock of waits.
    public var clock: any Clock<Duration>
    /// Secrets, variables and environments.
    public var secrets: SecretServices
    /// The folder of an owner's workspace.
    public var workspace: @Sendable (_ owner: String) -> String
    /// Files that come in pieces, and how much an account may keep.
    public var uploads: UploadServices
    /// Does the ops of a preview.
    public var transform: any StepExecutor
    /// Opens once the runs that an earlier process left are driven on.
    public var recovered: Latch
    /// Model providers and their models.
    public var providers: any ProviderServices
    /// What runs used and how they went.
    public var usage: any UsageStore
    /// Looks at what the server needs.
    public var readiness: @Sendable () async -> [Check]
    /// What works on this machine and what does not.
    public var doctor: @Sendable () async -> JSON
    /// The figures of this server as Prometheus reads them.
    public var metrics: @Sendable () async -> String
    /// Is told of every answer, and of streams.
    public var answered: @Sendable (RequestEvent) -> Void

    /// Services of these parts.
    public init(
        access: AccessServices, templates: TemplateServices, engine: Engine, runs: any RunStore,
        pipelines: any PipelineStore, collaboration: CollaborationServices, keys: any RequestKeyStore,
        triggers: Triggers, outbox: Outbox, alerts: Alerts,
        blobs: BlobStore, ids: IDGenerator, now: @escaping @Sendable () -> Timestamp, clock: any Clock<Duration>,
        secrets: SecretServices,
        workspace: @escaping @Sendable (_ owner: String) -> String, uploads: UploadServices,
        transform: any StepExecutor,
        recovered: Latch, providers: any ProviderServices,
        usage: any UsageStore, readiness: @escaping @Sendable () async -> [Check],
        doctor: @escaping @Sendable () async -> JSON,
        metrics: @escaping @Sendable () async -> String, answered: @escaping @Sendable (RequestEvent) -> Void
    ) {
        self.access = access
        self.templates = templates
        self.engine = engine
        self.runs = runs
        self.pipelines = pipelines
        self.collaboration = collaboration
        self.keys = keys
        self.triggers = triggers
        self.outbox = outbox
        self.alerts = alerts
        self.blobs = blobs
        self.ids = ids
        self.now = now
        self.clock = clock
        self.secrets = secrets
        self.workspace = workspace
        self.uploads = uploads
        self.transform = transform
        self.recovered = recovered
        self.providers = providers
        self.usage = usage
        self.readiness = readiness
        self.doctor = doctor
        self.metrics = metrics
        self.answered = answered
    }
}

/// What is told of requests while they are answered.
public enum RequestEvent: Sendable {
    /// A request has been answered.
    case answered(AnsweredRequest)
    /// A stream of events has begun.
    case streamBegan
    /// A stream of events has ended.
    case streamEnded
}

/// What is told of an answer: nothing of what was sent.
public struct AnsweredRequest: Sendable {
    /// The method.
    public var method: String
    /// The path of the route as it is declared; nil where the request was not let in.
    public var route: String?
    /// The HTTP status.
    public var status: Int
    /// Names the request.
    public var requestID: String
    /// From the head's arrival to the answer's end; nil for streams of events.
    public var duration: Duration?
    /// Bytes of the answer's body; 0 for streams.
    public var bodyBytes: Int
}
