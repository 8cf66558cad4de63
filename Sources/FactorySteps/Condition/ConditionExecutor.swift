import FactoryDefinition
public import FactoryDomain
public import FactoryEngine
import FactoryExpressions
import FactoryJSON

/// Chooses which steps run: step type `condition`.
public struct ConditionExecutor: StepExecutor {
    /// `condition`.
    public var type: String { "condition" }
    /// Conditions only compute.
    public var lane: Lane { .other }

    /// An executor for conditions.
    public init() {}

    /// Evaluates `if`, or the cases in order up to the first that is true.
    ///
    /// - Throws: `expression_error` for an expression without a value, or one that is neither true nor false.
    public func execute(_ work: StepWork) async throws(StepFailure) -> StepOutcome {
        var operands: JSONObject = [:]
        if work.step.fields.expression(at: "/if") != nil {
            let isTrue = try evaluate("/if", work, &operands)
            return outcome(isTrue ? "then" : "else", result: .bool(isTrue), operands, work)
        }
        for place in (work.with["cases"]?.arrayValue ?? []).indices {
            if try evaluate("/cases/\(place)/when", work, &operands) {
                return outcome("cases[\(place)]", result: .int(Int64(place)), operands, work)
            }
        }
        return outcome("else", result: nil, operands, work)
    }

    private func evaluate(
        _ pointer: String, _ work: StepWork, _ operands: inout JSONObject
    ) throws(StepFailure) -> Bool {
        guard let expression = work.step.fields.expression(at: pointer) else { return false }
        do throws(ExpressionError) {
            let isTrue = try expression.bool(in: work.scope)
            explain(expression, work.scope, &operands)
            return isTrue
        } catch {
            let field = "with" + pointer.replacing("/", with: ".")
            throw StepFailure(
                code: "expression_error",
                message: "\(field), line \(error.position.line), column \(error.position.column): \(error.message)",
                hint: error.hint)
        }
    }

    /// Notes what the names in `expression` stood for; a name without a value is left out.
    private func explain(_ expression: Expression, _ scope: Scope, _ operands: inout JSONObject) {
        for reference in expression.references {
            let name = reference.path.joined(separator: ".")
            var value = scope[reference.path[0]]
            for key in reference.path.dropFirst() { value = value?[key] }
            if let value { operands[name] = Self.shortened(value) }
        }
    }

    /// Long values are cut: an explanation is read by people.
    private static func shortened(_ value: JSON) -> JSON {
        let text = value.stringValue ?? value.serialized()
        return text.count <= 200 ? value : .string(text.prefix(200) + "…")
    }

    /// A branch that the step does not have means that none is taken.
    private func outcome(_ name: String, result: JSON, _ operands: JSONObject, _ work: StepWork) -> StepOutcome {
        let branch = work.step.branches.first { $0.name == name }
        let message: String? =
            if branch?.targets.contains(.fail) == true {
                work.with["message"]?.stringValue ?? "the condition \(work.step.id) led to `fail`"
            } else { nil }
        return .branches(
            taken: BranchDecision(name: branch?.name, failureMessage: message),
            StepOutput(
                value: [
                    "result": result, "branch": branch.map { .string($0.name) } ?? nil,
                    "explanation": .object(operands),
                ]))
    }
}
