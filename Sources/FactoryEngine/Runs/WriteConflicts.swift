import FactoryDomain
import FactoryStore

/// Finds file changes that two independent steps made to one path, or to a file and to one in a folder of its name.
enum WriteConflicts {
    /// The first path in `changes` that a step which is no ancestor of `place` changed too, with that step's place.
    ///
    /// Two appends do not conflict. The order of settlement makes `place` the later one, so it is never an ancestor
    /// of a step that has settled changes.
    static func first(
        in changes: [FileChange], of place: Int, settled: [SettledChange], plan: RunPlan
    ) -> (path: String, other: SettledChange)? {
        guard !changes.isEmpty, settled.contains(where: { $0.position != place }) else { return nil }
        let ancestors = plan.ancestors(of: place)
        for change in changes {
            let other = settled.first { earlier in
                earlier.position != place && !ancestors.contains(earlier.position)
                    && (earlier.change.path == change.path
                        ? !(earlier.change.isAppend && change.isAppend)
                        : collide(earlier.change, change))
            }
            if let other { return (change.path, other) }
        }
        return nil
    }

    /// True when one makes a file of what the other needs to be a folder.
    private static func collide(_ first: FileChange, _ second: FileChange) -> Bool {
        guard first.action != .delete, second.action != .delete else { return false }
        return second.path.utf8.starts(with: (first.path + "/").utf8)
            || first.path.utf8.starts(with: (second.path + "/").utf8)
    }
}
