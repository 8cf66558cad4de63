import FactoryDefinition
public import FactoryDomain
public import FactoryEngine
import FactoryExpressions
import FactoryJSON

/// Makes one value of another, op by op, without any effect outside: step type `transform`.
public struct TransformExecutor: StepExecutor {
    /// `transform`.
    public var type: String { "transform" }
    /// Neither a model, nor code, nor a network.
    public var lane: Lane { .other }

    /// An executor; it keeps nothing.
    public init() {}

    /// Applies the ops, each to the value so far.
    ///
    /// - Throws: `expression_error`, `invalid_input`, `invalid_output` (an op `validate`) or `invalid_field`; each
    ///   message begins with the op and its place.
    public func execute(_ work: StepWork) async throws(StepFailure) -> StepOutcome {
        let input = work.with["input"] ?? .null
        var value = input
        for (place, op) in (work.with["ops"]?.arrayValue ?? []).enumerated() {
            let context = try OpContext(op: op, place: place, fields: work.step.fields, scope: work.scope)
            do throws(OpFailure) {
                value = try context.apply(to: value)
            } catch {
                throw context.failure(error)
            }
        }
        return .output(
            StepOutput(
                value: [
                    "result": value, "input_type": .string(input.kindName), "result_type": .string(value.kindName),
                ]))
    }
}
