public import FactoryJSON

/// One thing that happened in a run. Events of a run are numbered from 1 without gaps.
public struct RunEvent: Sendable, Hashable {
    /// What happened.
    public enum Kind: String, Sendable, CaseIterable {
        case runCreated = "run.created"
        case runStarted = "run.started"
        case runWaiting = "run.waiting"
        /// A wait is over.
        case runContinued = "run.continued"
        /// It was paused: what runs goes on to its end, nothing more starts.
        case runPaused = "run.paused"
        /// Its pause is over, another engine took it over, or the end it had was taken back.
        case runResumed = "run.resumed"
        /// It runs once more after its end; `from` names the step it was asked to begin with.
        case runRetried = "run.retried"
        case runCancelling = "run.cancelling"
        case runFinished = "run.finished"
        case runChanges = "run.changes"
        case stepWaiting = "step.waiting"
        case stepSucceeded = "step.succeeded"
        case stepFailed = "step.failed"
        case stepCancelled = "step.cancelled"
        case stepSkipped = "step.skipped"
        case attemptStarted = "attempt.started"
        case attemptFailed = "attempt.failed"
        case attemptLost = "attempt.lost"
        case warning
        // The kinds below are shown live; their text is kept as log chunks, so they have no number of their own.
        case token
        case log
        case progress
    }

    /// Place in the run's event log, from 1; nil for live kinds, which are not kept as events.
    public var sequence: Int64?
    /// When it happened.
    public var at: Timestamp
    /// What happened.
    public var kind: Kind
    /// Path of the step it concerns; nil when it concerns the run.
    public var step: String?
    /// Details, by kind.
    public var data: JSON

    /// An event of these values.
    public init(sequence: Int64?, at: Timestamp, kind: Kind, step: String? = nil, data: JSON = [:]) {
        self.sequence = sequence
        self.at = at
        self.kind = kind
        self.step = step
        self.data = data
    }

    /// The form printed by `--events` and sent to subscribers.
    public func json(run: ID<Run>) -> JSON {
        var object: JSONObject = [:]
        if let sequence { object["id"] = .int(sequence) }
        object["type"] = .string(kind.rawValue)
        object["run"] = .string(run.rawValue)
        object["at"] = .string(at.description)
        if let step { object["step"] = .string(step) }
        object["data"] = data
        return .object(object)
    }
}

/// A stretch of log text of one attempt.
public struct LogChunk: Sendable, Hashable {
    /// The attempt that wrote it.
    public var attempt: ID<Attempt>
    /// Path of the step.
    public var step: String
    /// `stdout`, `stderr`, or `text` for what a model generated.
    public var stream: String
    /// When its last piece came.
    public var at: Timestamp
    /// The text, secrets redacted.
    public var text: String

    /// A chunk of these values.
    public init(attempt: ID<Attempt>, step: String, stream: String, at: Timestamp, text: String) {
        self.attempt = attempt
        self.step = step
        self.stream = stream
        self.at = at
        self.text = text
    }
}
