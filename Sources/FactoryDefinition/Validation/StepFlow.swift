import FactoryExpressions

/// Follows the steps from the top and notes those that no run can come to.
struct StepFlow {
    private let drafts: [StepDraft]
    private let needs: [[String]]
    private let ways: [String: Ways]
    /// The conditions whose branches name a step.
    private var conditions: [String: [String]] = [:]
    private let places: [String: Int]
    /// Each step behind all that it needs.
    private let order: [Int]
    private var reasons: [Int: NeverRuns] = [:]
    /// Steps that are skipped because of a branch, always.
    private var skipped: Set<String> = []

    init(_ drafts: [StepDraft], needs: [[String]], ways: [Ways]) {
        (self.drafts, self.needs) = (drafts, needs)
        order = Self.order(drafts, needs)
        self.ways = Dictionary(ways.map { ($0.condition, $0) }, uniquingKeysWith: { first, _ in first })
        places = Dictionary(drafts.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        for way in ways {
            for target in way.liveTargets.union(way.deadTargets) {
                conditions[target, default: []].append(way.condition)
            }
        }
    }

    /// The places of such steps and why; a disabled step is not among them, since its author said so.
    mutating func unreachable() -> [(place: Int, reason: NeverRuns)] {
        for place in order { note(place) }
        noteWhatComesAfterAnEnd()
        return reasons.filter { drafts[$0.key].isEnabled }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private mutating func note(_ place: Int) {
        let id = drafts[place].id
        if let named = conditions[id] {
            if let condition = named.first(where: { isNeverTaken(id, by: $0) }) {
                reasons[place] = .branch(condition)
                skipped.insert(id)
                return
            }
        } else if !needs[place].isEmpty, needs[place].allSatisfy(skipped.contains), !decidesItself(drafts[place]) {
            reasons[place] = .needs
            skipped.insert(id)
            return
        }
        if ConstantFold.bool(drafts[place].condition) == false { reasons[place] = .isFalse }
    }

    /// An `if` that asks how the steps before it ended takes the place of the rule about skipped needs.
    private func decidesItself(_ draft: StepDraft) -> Bool {
        draft.condition.map { !$0.calledFunctions.isDisjoint(with: ["succeeded", "failed", "always"]) } ?? false
    }

    /// A condition that does not run takes no branch.
    private func isNeverTaken(_ id: String, by condition: String) -> Bool {
        guard let place = places[condition] else { return false }
        return ways[condition]?.deadTargets.contains(id) == true || reasons[place] != nil || skipped.contains(condition)
    }

    /// Notes the steps behind a condition that surely runs where the run comes to it, and whose every way out ends it.
    private mutating func noteWhatComesAfterAnEnd() {
        // What a branch that is not taken may leave out, while what comes after it runs.
        var open: Set<String> = []
        var ended: [String: String] = [:]
        for place in order {
            let draft = drafts[place]
            let isOpen =
                conditions[draft.id] != nil || (!needs[place].isEmpty && needs[place].allSatisfy(open.contains))
            if isOpen { open.insert(draft.id) }
            if let condition = needs[place].compactMap({ ended[$0] }).first {
                ended[draft.id] = condition
                if reasons[place] == nil { reasons[place] = .afterEnd(condition) }
            } else if !isOpen, reasons[place] == nil, endsTheRun(draft) {
                ended[draft.id] = draft.id
            }
        }
    }

    private func endsTheRun(_ draft: StepDraft) -> Bool {
        guard let ways = ways[draft.id], ways.alwaysEnds else { return false }
        return draft.condition == nil || ConstantFold.bool(draft.condition) == true
    }

    /// The document has no cycles.
    private static func order(_ drafts: [StepDraft], _ needs: [[String]]) -> [Int] {
        var open = needs.map(\.count)
        var needing: [String: [Int]] = [:]
        for (place, ids) in needs.enumerated() { for id in ids { needing[id, default: []].append(place) } }
        var order = drafts.indices.filter { open[$0] == 0 }
        var next = 0
        while next < order.count {
            for place in needing[drafts[order[next]].id] ?? [] {
                open[place] -= 1
                if open[place] == 0 { order.append(place) }
            }
            next += 1
        }
        return order
    }
}
