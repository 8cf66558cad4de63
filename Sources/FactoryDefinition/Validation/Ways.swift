import FactoryExpressions

/// The ways out of one condition, by what is known of it before a run.
struct Ways {
    /// A branch that is never taken.
    struct Dead {
        var name: String
        var why: String
        var hint: String
        var node: Node
        var path: DocumentPath
    }

    let condition: String
    private(set) var dead: [Dead] = []
    /// Ids that only a branch leads to that is taken sometimes.
    private(set) var liveTargets: Set<String> = []
    /// Ids that a branch leads to that is never taken.
    private(set) var deadTargets: Set<String> = []
    /// True when every way out that can be taken ends the run.
    private(set) var alwaysEnds = false

    init(of draft: StepDraft) {
        condition = draft.id
        let with = draft.path + "with"
        var live: [BranchDraft?] = []
        func branch(_ name: String) -> BranchDraft? { draft.branches.first { $0.name == name } }
        func add(_ name: String, at key: String, why: String?, hint: String) {
            let branch = branch(name)
            guard let why else { return live.append(branch) }
            guard let branch, !branch.targets.isEmpty else { return }
            deadTargets.formUnion(branch.targets.map(\.text))
            dead.append(
                Dead(
                    name: name, why: why, hint: hint, node: draft.node["with"]?[key] ?? draft.node, path: with + key))
        }
        if let expression = draft.fields.expression(at: "/if") {
            let value = ConstantFold.bool(expression)
            let hint = "let `if` ask for something that a run decides, or remove the branch"
            add("then", at: "then", why: value == false ? "`if` is always false" : nil, hint: hint)
            add("else", at: "else", why: value == true ? "`if` is always true" : nil, hint: hint)
        } else {
            let cases = Self.cases(of: draft)
            for (place, why) in cases.enumerated() {
                let branch = branch("cases[\(place)]")
                guard let why else {
                    live.append(branch)
                    continue
                }
                guard let branch else { continue }
                deadTargets.formUnion(branch.targets.map(\.text))
                let node = draft.node["with"]?["cases"]?.elements?[place]["when"]
                dead.append(
                    Dead(
                        name: branch.name, why: why, hint: "mend `when`, change the order, or remove the case",
                        node: node ?? draft.node, path: with + "cases" + place + "when"))
            }
            let sure = Self.firstTrue(in: draft)
            add(
                "else", at: "else", why: sure.map { "`cases[\($0)]` is always true" },
                hint: "mend that case, or remove `else`")
        }
        liveTargets = Set(live.compactMap { $0 }.flatMap { $0.targets.map(\.text) })
        deadTargets.subtract(liveTargets)
        alwaysEnds =
            !live.isEmpty
            && live.allSatisfy { branch in
                branch.map { $0.targets.count == 1 && ["end", "fail"].contains($0.targets[0].text) } ?? false
            }
    }

    private static func whens(of draft: StepDraft) -> [Expression?] {
        let count = draft.node["with"]?["cases"]?.elements?.count ?? 0
        return (0..<count).map { draft.fields.expression(at: "/cases/\($0)/when") }
    }

    private static func firstTrue(in draft: StepDraft) -> Int? {
        whens(of: draft).firstIndex { ConstantFold.bool($0) == true }
    }

    /// For each case why it is never taken; nil where it may be.
    private static func cases(of draft: StepDraft) -> [String?] {
        var asked: [String: Int] = [:]
        var sure: Int?
        return whens(of: draft).enumerated().map { place, expression in
            if let sure { return "`cases[\(sure)]` before it is always true" }
            guard let expression else { return nil }
            switch ConstantFold.bool(expression) {
            case false?: return "`when` is always false"
            case true?:
                sure = place
                return nil
            case nil: break
            }
            guard ConstantFold.isStable(expression) else { return nil }
            if let first = asked[expression.source] { return "`cases[\(first)]` before it asks the same" }
            asked[expression.source] = place
            return nil
        }
    }
}
