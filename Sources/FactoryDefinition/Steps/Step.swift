public import FactoryExpressions
public import FactoryJSON

/// One step of a pipeline.
public struct Step: Sendable {
    /// Unique in the document.
    public var id: String
    /// The step type's name, as ``StepType`` lists it.
    public var type: String
    /// For people.
    public var title: String?
    /// What it does.
    public var description: String?
    /// False for a step that is recorded as skipped.
    public var isEnabled: Bool
    /// The ids of the steps that settle before this one, in document order: written, open ends, order of a branch, and
    /// those it refers to.
    public var needs: [String]
    /// `if`: whether the step runs.
    public var condition: Expression?
    /// Its `with`, compiled.
    public var fields: StepFields
    /// Where a condition leads; empty for other types.
    public var branches: [Branch]
    /// What becomes the step's output, over `result`; nil for the result as it is.
    public var outputs: [NamedExpression]?
    /// For one attempt, from the executor's start.
    public var timeout: Duration
    /// What happens after a failed attempt.
    public var retry: RetryPolicy
    /// What happens after the last failed attempt.
    public var onError: OnError
}

/// One way out of a condition.
public struct Branch: Sendable, Hashable {
    /// `then`, `else` or `cases[0]`.
    public var name: String
    /// In order; ``BranchTarget/end`` and ``BranchTarget/fail`` stand alone.
    public var targets: [BranchTarget]

    /// A branch that leads to `targets`.
    public init(name: String, targets: [BranchTarget]) {
        self.name = name
        self.targets = targets
    }
}

/// Where a branch leads.
public enum BranchTarget: Sendable, Hashable {
    /// To the step with this id.
    case step(String)
    /// To the run's end: it succeeds.
    case end
    /// To the run's failure, with the condition's `message`.
    case fail
}

/// What a failure that no retry mended does to the run.
public enum OnError: Sendable, Hashable {
    /// The step fails, and the run with it.
    case fail
    /// The step counts as succeeded; its output is absent.
    case `continue`
    /// The step counts as succeeded with this output.
    case value(JSON)
}
