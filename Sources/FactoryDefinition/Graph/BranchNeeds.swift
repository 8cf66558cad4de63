import FactoryJSON

/// What branches say of the order of steps, their targets checked.
struct BranchNeeds {
    struct Entry {
        /// The condition whose branch names the step.
        var condition: Int
        /// The step before it in the list; the condition for the first.
        var predecessor: Int
    }

    /// For each step named in a branch, where it stands.
    private(set) var entries: [Int: [Entry]] = [:]

    init(_ drafts: [StepDraft], indexes: [String: Int], outlined: StepCatalogue, log: ProblemLog) {
        for (index, draft) in drafts.enumerated() where draft.typeName == StepType.condition.name {
            checkPresence(of: draft, log: log)
            for branch in draft.branches {
                read(branch, of: index, draft, indexes: indexes, outlined: outlined, log: log)
            }
        }
    }

    private mutating func read(
        _ branch: BranchDraft, of condition: Int, _ draft: StepDraft, indexes: [String: Int], outlined: StepCatalogue,
        log: ProblemLog
    ) {
        var predecessor = condition
        var seen: Set<String> = []
        for target in branch.targets {
            guard seen.insert(target.text).inserted else {
                log.add(
                    .invalidBranch, at: target.node, target.path, "duplicate branch target `\(target.text)`",
                    hint: "remove it")
                continue
            }
            if target.text == "end" || target.text == "fail" {
                guard branch.targets.count > 1 else { continue }
                log.add(
                    .invalidBranch, at: target.node, target.path,
                    "`\(target.text)` must be the only target of its branch",
                    hint: "a run that \(target.text == "end" ? "ends" : "fails") runs no other step of the branch")
                continue
            }
            guard let step = indexes[target.text] else {
                guard outlined[target.text] == nil else { continue }
                log.add(
                    .unknownStep, at: target.node, target.path, "unknown step `\(target.text.prefix(80))` in a branch",
                    hint: log.isFull
                        ? nil : Suggestion.hint(for: target.text, among: Array(outlined.ids) + ["end", "fail"]))
                continue
            }
            guard step != condition else {
                log.add(
                    .invalidBranch, at: target.node, target.path,
                    "the condition `\(draft.id)` leads to itself (a cycle)",
                    hint: "name another step")
                continue
            }
            entries[step, default: []].append(Entry(condition: condition, predecessor: predecessor))
            predecessor = step
        }
    }

    private func checkPresence(of draft: StepDraft, log: ProblemLog) {
        let path = draft.path + "with"
        if draft.branches.allSatisfy(\.targets.isEmpty) {
            log.add(
                .invalidBranch, at: draft.node, path, "the condition `\(draft.id)` has no branches",
                hint: "add `then` or `else` with step ids, `end` or `fail`")
        }
        let fails = draft.branches.contains { $0.targets.contains { $0.text == "fail" } }
        if !fails, draft.fields.raw["message"] != nil {
            log.add(
                .noEffect, severity: .warning, at: draft.node["with"]?["message"] ?? draft.node, path + "message",
                "`message` has no effect: no branch of `\(draft.id)` is `fail`", hint: "remove it")
        }
        if !draft.isEnabled {
            log.add(
                .noEffect, severity: .warning, at: draft.node["enabled"] ?? draft.node, draft.path + "enabled",
                "the condition `\(draft.id)` is disabled, so none of its branches is taken and their steps are skipped",
                hint: "disable the steps instead, or remove the condition")
        }
    }
}
