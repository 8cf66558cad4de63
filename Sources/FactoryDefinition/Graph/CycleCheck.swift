/// Finds steps that wait for each other and prints the way round.
struct CycleCheck {
    let drafts: [StepDraft]
    let needs: [[Need]]
    let log: ProblemLog

    private enum Mark { case new, open, done }

    /// Adds a problem for each need that closes a circle, found in one walk.
    func check() {
        var marks = [Mark](repeating: .new, count: drafts.count)
        for start in drafts.indices where marks[start] == .new {
            // The path of steps being looked at, each with the number of its needs already followed.
            var path: [(step: Int, next: Int)] = [(start, 0)]
            marks[start] = .open
            while let top = path.last {
                guard top.next < needs[top.step].count else {
                    marks[top.step] = .done
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let need = needs[top.step][top.next].step
                switch marks[need] {
                case .done: continue
                case .new:
                    marks[need] = .open
                    path.append((need, 0))
                case .open:
                    let begin = path.firstIndex { $0.step == need } ?? 0
                    report(path[begin...].map(\.step))
                }
            }
        }
    }

    /// `steps` need each other in order; the last needs the first.
    private func report(_ steps: [Int]) {
        guard !log.isFull, let first = steps.min(), let turn = steps.firstIndex(of: first) else { return }
        let cycle = Array(steps[turn...] + steps[..<turn])
        let names = (cycle + [first]).map { drafts[$0].id }
        let shown =
            names.count > 20
            ? names.prefix(10).joined(separator: " → ") + " → … → " + names.suffix(9).joined(separator: " → ")
            : names.joined(separator: " → ")
        log.add(
            .cycle, at: drafts[first].node, drafts[first].path, "cycle: \(shown) (each needs the next)",
            hint: hint(cycle))
    }

    /// Names a need that nobody wrote, since that is what surprises.
    private func hint(_ cycle: [Int]) -> String {
        for (place, step) in cycle.enumerated() {
            let next = cycle[(place + 1) % cycle.count]
            guard let need = needs[step].first(where: { $0.step == next }), need.source != .written else { continue }
            let (id, other) = (drafts[step].id, drafts[next].id)
            switch need.source {
            case .openEnd: return "`\(id)` has no `needs`, so it needs `\(other)` above it; write `needs` for `\(id)`"
            case .branch:
                return "`\(id)` stands in a branch behind `\(other)`; put it below, or write `needs` for `\(other)`"
            case .reference: return "`\(id)` refers to `\(other)`; remove the reference or the need against it"
            case .written: continue
            }
        }
        return "remove one of these needs"
    }
}
