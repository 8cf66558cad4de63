import FactoryExpressions
import FactoryJSON

/// Follows a value through the ops of a transform.
struct TransformType {
    let log: ProblemLog
    let draft: StepDraft
    let parts: [CheckedPart]
    let scope: TypeScope
    let check: PartCheck

    /// The type behind the last op. What an op does not take is reported, and nothing is known of the value from there.
    func result() -> ExpressionType {
        var byOp: [Int: [CheckedPart]] = [:]
        var value: ExpressionType?
        for part in parts {
            if case .index(let place) = part.path.parts.dropFirst(4).first, part.path.parts[3] == .key("ops") {
                byOp[place, default: []].append(part)
                continue
            }
            let type = check.check(part, in: scope).asJSON
            // Where `input` is a list or an object the parts lie inside it.
            if part.path.parts.count == 4, part.path.parts[3] == .key("input") { value = type }
        }
        var current = value ?? written(draft.fields.raw["input"])
        for (place, op) in (draft.fields.raw["ops"]?.arrayValue ?? []).enumerated() {
            let only = op.objectValue.flatMap { $0.count == 1 ? $0.first : nil }
            let step = OpType(
                name: only?.key ?? "", argument: only?.value ?? .null, value: current, parts: byOp[place] ?? [],
                scope: scope, check: check)
            if OpType.isKnown(step.name), step.isTaken {
                current = step.result()
                continue
            }
            // What is no op at all was refused where the fields were read.
            if OpType.isKnown(step.name) { report(step, place) }
            step.checkRest()
            current = .dyn
        }
        return current
    }

    /// The type of an input without a template of its own.
    private func written(_ input: JSON?) -> ExpressionType {
        switch input {
        case nil, .null?: .null
        case .array?: .list(of: .dyn)
        case .object?: .map(of: .dyn)
        case let scalar?: ExpressionType(of: Value(scalar))
        }
    }

    private func report(_ op: OpType, _ place: Int) {
        let path = draft.path + "with" + "ops" + place + op.name
        let member = draft.node["with"]?["ops"]?.elements?[place].members?.first
        log.add(
            .typeMismatch, at: member?.keyRange.lowerBound ?? draft.node.range.lowerBound, path,
            "`\(op.name)` takes \(op.wantedWords), and the value so far is \(op.value.kind)",
            hint: op.value == .null && draft.fields.raw["input"] == nil
                ? "add `input`: the value to begin with" : op.hint)
    }
}
