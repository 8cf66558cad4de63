public import FactoryDomain
public import FactoryJSON

/// Does the work of one step type. The engine knows executors by the `type` they name, and nothing else about them.
///
/// An executor is called once per attempt. When the surrounding task is cancelled (a timeout, a cancel of the run) it
/// ends everything it started and returns or throws; what it then returns is not used.
public protocol StepExecutor: Sendable {
    /// The step type it executes, as written under `type` in a document.
    var type: String { get }

    /// Which width counts its attempts.
    var lane: Lane { get }

    /// Does the work of one attempt.
    ///
    /// - Throws: why the attempt failed; its class decides which retries apply.
    func execute(_ work: StepWork) async throws(StepFailure) -> StepOutcome
}

/// A kind of work with a width of its own: how many attempts of that kind run at once on this machine.
public enum Lane: String, Sendable, CaseIterable {
    case llm, code, api, other
}

/// What an executor hands back.
public enum StepOutcome: Sendable {
    /// The step succeeded with this output.
    case output(StepOutput)
    /// The step decided which of its branches is taken; steps named only in other branches are skipped.
    case branches(taken: BranchDecision, StepOutput)
}

/// Which way a branching step went.
public struct BranchDecision: Sendable, Hashable {
    /// Name of the taken branch among the step's `branches`; nil when none applies.
    public var name: String?
    /// What the run fails with, where the taken branch leads to `fail`.
    public var failureMessage: String?

    /// A decision for the branch `name`, or for none.
    public init(name: String?, failureMessage: String? = nil) {
        self.name = name
        self.failureMessage = failureMessage
    }
}

/// The result of a succeeded attempt.
public struct StepOutput: Sendable {
    /// The result object; the step's `outputs`, where it has them, are evaluated over it.
    public var value: JSON
    /// What model calls used; nil where none were made.
    public var usage: Usage?
    /// Files written, in order. Kept only together with the attempt's settlement.
    public var changes: [FileChange]
    /// What the person who reads the run should know although the step succeeded.
    public var warnings: [String]
    /// How code was isolated (`full`); nil for steps that run none.
    public var isolation: String?

    /// A result of `value` and, where there are any, its side products.
    public init(
        value: JSON, usage: Usage? = nil, changes: [FileChange] = [], warnings: [String] = [], isolation: String? = nil
    ) {
        self.value = value
        self.usage = usage
        self.changes = changes
        self.warnings = warnings
        self.isolation = isolation
    }
}
