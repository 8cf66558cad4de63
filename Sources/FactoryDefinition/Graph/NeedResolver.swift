import FactoryExpressions

/// Walks the steps from the top and gathers the needs of each.
struct NeedResolver {
    let drafts: [StepDraft]
    let indexes: [String: Int]
    let branches: BranchNeeds
    let outlined: StepCatalogue
    let log: ProblemLog
    /// For each step, without repetition, in document order.
    private(set) var needs: [[Need]] = []
    private var openEnds: [Int] = []
    private var isNeeded: [Bool]
    private var forward: [(step: Int, target: Int, use: StepUse)] = []

    init(
        drafts: [StepDraft], indexes: [String: Int], branches: BranchNeeds, outlined: StepCatalogue, log: ProblemLog
    ) {
        self.drafts = drafts
        self.indexes = indexes
        self.branches = branches
        self.outlined = outlined
        self.log = log
        isNeeded = [Bool](repeating: false, count: drafts.count)
    }

    mutating func resolve() {
        for index in drafts.indices {
            var gathered: [Int: Need.Source] = [:]
            func add(_ step: Int, _ source: Need.Source) {
                if step != index, gathered[step] == nil { gathered[step] = source }
            }
            if let written = drafts[index].writtenNeeds {
                for step in written.compactMap({ resolved($0, of: index) }) { add(step, .written) }
                for entry in branches.entries[index] ?? [] { add(entry.condition, .branch) }
            } else if let entries = branches.entries[index] {
                for entry in entries { add(entry.predecessor, .branch) }
            } else {
                for step in openEnds where !isNeeded[step] { add(step, .openEnd) }
                openEnds.removeAll(keepingCapacity: true)
            }
            for (step, use) in referenced(by: index) where gathered[step] == nil {
                if step < index { add(step, .reference) } else { forward.append((index, step, use)) }
            }
            needs.append(gathered.sorted { $0.key < $1.key }.map { Need(step: $0.key, source: $0.value) })
            for step in gathered.keys { isNeeded[step] = true }
            openEnds.append(index)
        }
        checkForwardReferences()
    }

    private func resolved(_ need: StepDraft.WrittenNeed, of index: Int) -> Int? {
        if let step = indexes[need.id] {
            guard step == index else { return step }
            log.add(
                .cycle, at: need.offset, need.path, "cycle: step `\(need.id)` needs itself",
                hint: "remove it from `needs`")
            return nil
        }
        guard outlined[need.id] == nil else { return nil }
        log.add(
            .unknownStep, at: need.offset, need.path, "unknown step `\(need.id.prefix(80))` in `needs`",
            hint: log.isFull ? nil : Suggestion.hint(for: need.id, among: outlined.ids) ?? "no step has this id")
        return nil
    }

    /// The steps whose names a step uses, itself left out (with a problem).
    private func referenced(by index: Int) -> [(step: Int, use: StepUse)] {
        var found: [(step: Int, use: StepUse)] = []
        var seen: Set<Int> = []
        for use in drafts[index].stepUses {
            guard let step = indexes[use.id], seen.insert(step).inserted else { continue }
            if step == index {
                log.add(
                    .forwardReference, at: use.offset, use.path, "step `\(drafts[index].id)` refers to itself",
                    hint: "a step sees only those before it; `result` is its own, in `outputs`")
            } else {
                found.append((step, use))
            }
        }
        return found
    }

    /// A reference downwards is allowed where the other rules make the step precede; it adds no need by itself.
    private func checkForwardReferences() {
        guard !forward.isEmpty else { return }
        let ancestors = Ancestors(of: needs)
        for (index, target, use) in forward where !ancestors.contains(target, of: index) {
            log.add(
                .forwardReference, at: use.offset, use.path,
                "step `\(drafts[index].id)` refers to `\(drafts[target].id)`, which does not precede it",
                hint: "move `\(drafts[target].id)` above it, or name it in `needs`")
        }
    }
}
