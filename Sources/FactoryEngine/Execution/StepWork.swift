public import FactoryDefinition
public import FactoryDomain
public import FactoryExpressions
public import FactoryJSON
public import FactorySecrets

/// Everything one attempt gets to see.
public struct StepWork: Sendable {
    /// The run it belongs to.
    public let run: ID<Run>
    /// The step run; stays the same on every attempt, so it serves as idempotency key towards other systems.
    public let stepRun: ID<StepRun>
    /// This attempt.
    public let attempt: ID<Attempt>
    /// 1 for the first attempt.
    public let attemptNumber: Int
    /// The step as the document describes it.
    public let step: Step
    /// The step's `with`: templates rendered (secrets still as opaque marks), static and expression fields as written.
    public let with: JSON
    /// What names mean in expressions the executor evaluates itself.
    public let scope: Scope
    /// The secrets of this run: puts values in the place of marks at the last moment.
    public let secrets: SecretVault
    /// Who started the run: whose models and workspace it uses.
    public let owner: String
    /// Folder of the workspace of the person who started the run.
    public let workspace: String
    /// The recording from which model calls are answered; nil where models are asked.
    public let cassette: ContentHash?
    /// File changes settled before this attempt began, in order of settlement.
    public let settledChanges: [FileChange]
    /// Announces what happens while the attempt runs. Never blocks.
    public let announce: @Sendable (Announcement) -> Void

    /// The work of one attempt; the engine makes it, tests of executors too.
    public init(
        run: ID<Run>, stepRun: ID<StepRun>, attempt: ID<Attempt>, attemptNumber: Int, step: Step, with: JSON,
        scope: Scope, secrets: SecretVault, owner: String = Owner.local, workspace: String,
        cassette: ContentHash? = nil,
        settledChanges: [FileChange],
        announce: @escaping @Sendable (Announcement) -> Void
    ) {
        self.run = run
        self.stepRun = stepRun
        self.attempt = attempt
        self.attemptNumber = attemptNumber
        self.step = step
        self.with = with
        self.scope = scope
        self.secrets = secrets
        self.owner = owner
        self.workspace = workspace
        self.cassette = cassette
        self.settledChanges = settledChanges
        self.announce = announce
    }
}

/// Something worth showing while an attempt still runs. Secrets are redacted on the way to whoever looks.
public enum Announcement: Sendable, Hashable {
    /// A piece of text a model generated.
    case text(String)
    /// Output of a program, in the order it came, not necessarily whole lines.
    case log(LogStream, String)
    /// `done` of `of` (nil where the end is unknown), with a word about it.
    case progress(done: Double, of: Double?, note: String?)
}

/// Where log text came from.
public enum LogStream: String, Sendable, CaseIterable {
    case stdout, stderr
    /// Text a model generated.
    case text
}
