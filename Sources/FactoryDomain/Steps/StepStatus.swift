/// Where a step run stands.
public enum StepStatus: String, Sendable, CaseIterable {
    /// Not started; `waiting_for` says which steps it needs.
    case queued
    /// An attempt is running.
    case running
    /// A retry delay, a limiter, an approval or a pause holds it.
    case waiting
    /// Its output is there. Final.
    case succeeded
    /// Its last attempt failed and no retry is left. Final; `handled` tells whether `on_error` took it.
    case failed
    /// Its running attempt was stopped by a cancel. Final.
    case cancelled
    /// It was decided that it does not run (`skipped_because`). Final.
    case skipped

    /// True where nothing further happens by itself.
    public var isFinal: Bool { self == .succeeded || self == .failed || self == .cancelled || self == .skipped }
}

/// How one attempt ended, or that it runs.
public enum AttemptStatus: String, Sendable, CaseIterable {
    case running, succeeded, failed, cancelled
    /// The process that ran it ended first; it is repeated at once and does not count against `retry`.
    case lost
}

/// Why a step was skipped.
public enum SkipReason: String, Sendable, CaseIterable {
    /// Its `if` was false.
    case `if`
    /// It says `enabled: false`.
    case disabled
    /// A condition did not take the branch that leads to it.
    case branch
    /// A step it needs failed unhandled, or was skipped for that.
    case upstreamFailed = "upstream_failed"
    /// The run was cancelled, or ended by a condition's `fail` or `end`, before it could start.
    case cancelled
    /// Another step was run alone.
    case notAskedFor = "not_asked_for"
}
