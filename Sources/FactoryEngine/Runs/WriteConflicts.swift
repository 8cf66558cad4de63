import FactoryDomain
import FactoryStore

/// Finds file changes that two independent steps made to one path.
enum WriteConflicts {
    /// The first path in `changes` that a step which is no ancestor of `place` changed too, with that step's place.
    ///
    /// Two appends do not conflict. The order of settlement makes `place` the later one, so it is never an ancestor
    /// of a step that has settled changes.
    static func first(
        in changes: [FileChange], of place: Int, settled: [SettledChange], plan: RunPlan
    ) -> (path: String, other: Int)? {
        guard !changes.isEmpty, settled.contains(where: { $0.position != place }) else { return nil }
        let ancestors = plan.ancestors(of: place)
        for change in changes {
            let other = settled.first { earlier in
                earlier.change.path == change.path && earlier.position != place
                    && !ancestors.contains(earlier.position) && !(earlier.change.isAppend && change.isAppend)
            }
            if let other { return (change.path, other.position) }
        }
        return nil
    }
}
