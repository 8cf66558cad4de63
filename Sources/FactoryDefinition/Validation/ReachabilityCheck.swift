import FactoryExpressions

/// Finds what can never run: branches of conditions that always come to the same, and steps that nothing leads to.
///
/// Only warnings, and only for a document without errors: what is never reached is judged by the whole graph.
struct ReachabilityCheck {
    private let drafts: [StepDraft]
    private let needs: [[String]]
    private let log: ProblemLog

    /// - Parameter needs: the ids each step needs, for the steps in their order.
    init(_ drafts: [StepDraft], needs: [[String]], log: ProblemLog) {
        (self.drafts, self.needs, self.log) = (drafts, needs, log)
    }

    func check() {
        guard !log.hasErrors else { return }
        var ways: [Ways] = []
        // Of a disabled condition another warning says that no branch of it is taken.
        for draft in drafts where draft.typeName == StepType.condition.name && draft.isEnabled {
            let found = Ways(of: draft)
            report(found.dead, of: draft)
            ways.append(found)
        }
        var flow = StepFlow(drafts, needs: needs, ways: ways)
        for (place, reason) in flow.unreachable() {
            let draft = drafts[place]
            let node = draft.node["id"] ?? draft.node
            log.add(
                .neverRuns, severity: .warning, at: node, draft.path + "id",
                "step `\(draft.id)` never runs: \(reason.words)", hint: reason.hint)
        }
    }

    private func report(_ dead: [Ways.Dead], of draft: StepDraft) {
        for way in dead {
            log.add(
                .deadBranch, severity: .warning, at: way.node, way.path,
                "`\(way.name)` of the condition `\(draft.id)` is never taken: \(way.why)", hint: way.hint)
        }
    }
}

/// Why a step can never run.
enum NeverRuns {
    case isFalse
    case branch(String)
    case afterEnd(String)
    case needs

    var words: String {
        switch self {
        case .isFalse: "its `if` is always false"
        case .branch(let condition): "the condition `\(condition)` never takes the branch it stands in"
        case .afterEnd(let condition): "the condition `\(condition)` before it always ends the run"
        case .needs: "nothing that it needs ever runs"
        }
    }

    var hint: String {
        switch self {
        case .isFalse: "write `enabled: false` to switch it off, or remove it"
        case .branch, .needs: "mend the condition, or remove the step"
        case .afterEnd: "let a branch lead on, or move the step above the condition"
        }
    }
}
