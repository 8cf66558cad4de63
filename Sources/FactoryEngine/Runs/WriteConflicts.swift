import FactoryDomain
import FactoryStore

/// Finds file changes that two independent steps made to one path.
struct WriteConflicts: Sendable {
    /// The steps that changed one path, by place, in order of settlement.
    private struct Writers {
        /// Those that did more than append.
        var replacing: [Int] = []
        var appending: [Int] = []
    }

    private var byPath: [String: Writers] = [:]

    /// Knows what has been settled.
    init(_ settled: [SettledChange]) {
        for change in settled { add(change) }
    }

    /// Takes a settled change in.
    mutating func add(_ settled: SettledChange) {
        let list = settled.change.isAppend ? \Writers.appending : \Writers.replacing
        guard byPath[settled.change.path]?[keyPath: list].last != settled.position else { return }
        byPath[settled.change.path, default: Writers()][keyPath: list].append(settled.position)
    }

    /// The first path in `changes` that a step which is no ancestor of `place` changed too, with that step's place.
    ///
    /// Two appends do not conflict. The order of settlement makes `place` the later one, so it is never an ancestor
    /// of a step that has settled changes.
    func first(in changes: [FileChange], of place: Int, plan: RunPlan) -> (path: String, other: Int)? {
        var ancestors: Set<Int>?
        for change in changes {
            guard let writers = byPath[change.path] else { continue }
            let others = (change.isAppend ? writers.replacing : writers.replacing + writers.appending)
                .filter { $0 != place }
            guard !others.isEmpty else { continue }
            let above = ancestors ?? plan.ancestors(of: place)
            ancestors = above
            if let other = others.first(where: { !above.contains($0) }) { return (change.path, other) }
        }
        return nil
    }
}
