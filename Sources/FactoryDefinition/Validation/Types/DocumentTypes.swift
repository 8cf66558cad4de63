import FactoryExpressions
import FactoryJSON

/// Checks the names and types in all expressions and templates of a document: in the order of the graph, so that each
/// step is checked against what the steps before it give.
struct DocumentTypes {
    let log: ProblemLog
    private var scope: TypeScope
    /// True where some step may look at one that failed, and so at what a failed attempt left.
    private var looksAtFailures = false
    private var check: PartCheck

    init(inputs: [InputField], inputNames: Set<String>, log: ProblemLog) {
        self.log = log
        check = PartCheck(log: log, types: [:])
        scope = TypeScope(growing: ["steps"])
        scope["inputs"] = Self.inputs(inputs, inputNames)
        for root in ["secrets", "vars", "trigger"] { scope[root] = .dyn }
        scope["run"] = Self.run
        scope["pipeline"] = Self.pipeline
    }

    /// Checks the steps.
    ///
    /// - Parameter needs: the places of the steps that each needs.
    mutating func check(_ drafts: [StepDraft], needs: [[Int]]) {
        looksAtFailures = drafts.contains { draft in
            !(draft.condition?.calledFunctions.isDisjoint(with: NameCheck.outcomeFunctions) ?? true)
        }
        let types = drafts.filter { $0.outputs == nil }.compactMap { draft in
            StepType.named(draft.typeName).map { (draft.id, $0) }
        }
        check = PartCheck(log: log, types: Dictionary(types, uniquingKeysWith: { first, _ in first }))
        for place in Self.order(needs) {
            guard !log.isFull else { return }
            check(drafts[place])
        }
    }

    /// Checks the document's own outputs, behind all steps.
    func check(outputs: [CheckedPart]) {
        for part in outputs { _ = check.check(part, in: scope) }
    }

    private mutating func check(_ draft: StepDraft) {
        var outputs: [(name: String, part: CheckedPart)] = []
        var fields: [CheckedPart] = []
        for part in draft.parts {
            guard part.path.parts.count > 2, case .key(let key) = part.path.parts[2] else { continue }
            switch (key, part.path.parts.last) {
            case ("outputs", .key(let name)): outputs.append((name, part))
            case ("with", _): fields.append(part)
            default: _ = check.check(part, in: scope)
            }
        }
        guard let type = StepType.named(draft.typeName) else { return }
        var transformed = ExpressionType.dyn
        if type.result.contains(where: { $0.shape == .transformed }) {
            transformed = TransformType(log: log, draft: draft, parts: fields, scope: scope, check: check).result()
        } else {
            for part in fields { _ = check.check(part, in: scope) }
        }
        let result = ResultType(type: type, with: draft.fields.raw, transformed: transformed)
        scope["steps", draft.id] = Self.step(output(of: draft, result, outputs))
    }

    /// What `steps.<id>.output` is, where it is there.
    private func output(
        of draft: StepDraft, _ result: ResultType, _ outputs: [(name: String, part: CheckedPart)]
    ) -> ExpressionType {
        var output = result.success
        if let written = draft.outputs {
            var scope = scope
            scope["result"] = output
            let types = Dictionary(
                outputs.map { ($0.name, check.check($0.part, in: scope).asJSON) }, uniquingKeysWith: { $1 })
            output = .object(ObjectType(written.map { ObjectType.Field($0.name, types[$0.name] ?? .dyn) }))
        }
        if looksAtFailures { output = output.joined(with: result.failure) }
        if case .value(let value) = draft.onError { output = output.joined(with: ExpressionType(of: Value(value))) }
        return output
    }

    // MARK: What names are

    private static let error = ExpressionType.object(
        ObjectType([
            ObjectType.Field("code", .string), ObjectType.Field("class", .string), ObjectType.Field("message", .string),
            ObjectType.Field("hint", .string, isOptional: true),
        ]))

    private static let run = ExpressionType.object(
        ObjectType([
            ObjectType.Field("id", .string), ObjectType.Field("number", .int, isOptional: true),
            ObjectType.Field("url", .string, isOptional: true), ObjectType.Field("started_at", .string),
            ObjectType.Field("trigger", .dyn),
        ]))

    private static let pipeline = ExpressionType.fields([("name", .string), ("version", .dyn)])

    private static func step(_ output: ExpressionType) -> ExpressionType {
        .object(
            ObjectType([
                ObjectType.Field("status", .string), ObjectType.Field("output", output, isOptional: true),
                ObjectType.Field("error", error, isOptional: true),
            ]))
    }

    private static func inputs(_ inputs: [InputField], _ names: Set<String>) -> ExpressionType {
        var fields = inputs.map { input in
            let type = SchemaType.of(input.schema)
            return ObjectType.Field(input.name, input.isOptional ? type.joined(with: .null) : type)
        }
        // An input whose schema could not be read is there all the same.
        let read = Set(inputs.map(\.name))
        fields += names.subtracting(read).sorted().map { ObjectType.Field($0, .dyn) }
        return .object(ObjectType(fields))
    }

    /// The steps, each behind those it needs; steps on a cycle, and behind one, left out.
    private static func order(_ needs: [[Int]]) -> [Int] {
        var open = needs.map(\.count)
        var needing = [[Int]](repeating: [], count: needs.count)
        for (step, list) in needs.enumerated() { for need in list { needing[need].append(step) } }
        var order = needs.indices.filter { open[$0] == 0 }
        var place = 0
        while place < order.count {
            for next in needing[order[place]] {
                open[next] -= 1
                if open[next] == 0 { order.append(next) }
            }
            place += 1
        }
        return order
    }
}
