import FactoryDefinition
public import FactoryDomain
public import FactoryEngine
public import FactoryJSON
import Synchronization

/// Plays the part of a step type: what each step does is written in the test.
public final class ScriptedExecutor: StepExecutor {
    /// What one step does.
    public typealias Action = @Sendable (StepWork) async throws(StepFailure) -> StepOutcome

    /// The step type it plays.
    public let type: String
    /// The lane it counts in.
    public let lane: Lane

    private let actions: [String: Action]
    private let executed = Mutex<[String]>([])

    /// Steps without an action succeed at once with `{"step": their id}`.
    ///
    /// - Parameter actions: what steps do, by id.
    public init(type: String = "transform", lane: Lane = .other, _ actions: [String: Action] = [:]) {
        self.type = type
        self.lane = lane
        self.actions = actions
    }

    /// Ids of the steps whose attempts were executed, in order.
    public var executedSteps: [String] { executed.withLock { $0 } }

    /// Does what the test wrote for this step.
    public func execute(_ work: StepWork) async throws(StepFailure) -> StepOutcome {
        executed.withLock { $0.append(work.step.id) }
        if let action = actions[work.step.id] { return try await action(work) }
        return .output(StepOutput(value: ["step": .string(work.step.id)]))
    }
}

extension StepOutcome {
    /// A plain success with `value`.
    public static func value(_ value: JSON) -> StepOutcome { .output(StepOutput(value: value)) }
}
