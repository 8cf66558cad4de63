/// One step inside one run, as the store keeps it.
public struct StepRunRecord: Sendable {
    /// Its identity; also the idempotency key its attempts show to other systems.
    public var id: ID<StepRun>
    /// Its address within the run.
    public var path: String
    /// Id of the step in the document.
    public var stepID: String
    /// The step's type.
    public var type: String
    /// Place in the document, from 0.
    public var position: Int
    /// Where it stands.
    public var status: StepStatus
    /// True when it failed and `on_error` took the failure.
    public var isHandled: Bool
    /// Its output; nil while there is none, or when it has none.
    public var output: StoredValue?
    /// Why it failed.
    public var error: StepFailure?
    /// Why it was skipped, with a sentence.
    public var skipped: SkipRecord?
    /// Name of the branch it took.
    public var branch: String?
    /// What its model calls used, all attempts together.
    public var usage: Usage?
    /// What the reader of the run should know although it succeeded.
    public var warnings: [String]
    /// How code was isolated.
    public var isolation: String?
    /// How many attempts it had made when its end was last taken back; they no longer count against `retry`.
    public var attemptsBefore: Int
    /// When the next attempt is due, while it waits for one.
    public var retryDueAt: Timestamp?
    /// When its first attempt started.
    public var startedAt: Timestamp?
    /// When it reached a final status.
    public var finishedAt: Timestamp?

    /// A step run that has not started.
    public init(id: ID<StepRun>, path: String, stepID: String, type: String, position: Int) {
        self.id = id
        self.path = path
        self.stepID = stepID
        self.type = type
        self.position = position
        status = .queued
        isHandled = false
        attemptsBefore = 0
        warnings = []
    }
}

/// Why a step was skipped.
public struct SkipRecord: Sendable, Hashable {
    /// The reason as a program reads it.
    public var reason: SkipReason
    /// The reason as a person reads it.
    public var text: String
    /// A reason with its sentence.
    public init(reason: SkipReason, text: String) {
        self.reason = reason
        self.text = text
    }
}
