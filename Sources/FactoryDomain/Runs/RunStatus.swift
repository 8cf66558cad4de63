/// Where a run stands. `docs/run-lifecycle.md` draws the transitions.
public enum RunStatus: String, Sendable, CaseIterable {
    /// Written to the store, nothing started yet. Left by starting the first step, or by a cancel.
    case queued
    /// At least one step is running or can start. Left when nothing more can.
    case running
    /// Nothing is running; a retry delay, a pause or a person is waited for.
    case waiting
    /// Every step ended and none failed unhandled. Final.
    case succeeded
    /// A step failed unhandled, or the run itself did (`error` says why). Left only by `resume` and `retry`.
    case failed
    /// A cancel was asked for and everything that ran has ended. Left only by `resume` and `retry`.
    case cancelled

    /// True where nothing further happens by itself.
    public var isFinal: Bool { self == .succeeded || self == .failed || self == .cancelled }
}
