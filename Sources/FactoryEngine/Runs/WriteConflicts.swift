import FactoryDomain
import FactoryStore

/// Finds file changes that two independent steps made to one path, or to a file and to one in a folder of its name.
struct WriteConflicts: Sendable {
    /// Settled changes by path, in order of settlement; one of each step and kind is enough.
    private var byPath: [String: [SettledChange]] = [:]
    /// The first change of each step that makes a file somewhere below a path, by that path.
    private var below: [String: [SettledChange]] = [:]

    /// Knows what has been settled.
    init(_ settled: [SettledChange]) {
        for change in settled { add(change) }
    }

    /// Takes a settled change in.
    mutating func add(_ settled: SettledChange) {
        let last = byPath[settled.change.path]?.last
        if last?.position != settled.position || last?.change.kind != settled.change.kind {
            byPath[settled.change.path, default: []].append(settled)
        }
        guard settled.change.action != .delete else { return }
        for folder in Self.folders(of: settled.change.path) where below[folder]?.last?.position != settled.position {
            below[folder, default: []].append(settled)
        }
    }

    /// The first path in `changes` that a step which is no ancestor of `place` changed too, with that step's change.
    ///
    /// Two appends do not conflict. The order of settlement makes `place` the later one, so it is never an ancestor
    /// of a step that has settled changes.
    func first(in changes: [FileChange], of place: Int, plan: RunPlan) -> (path: String, other: SettledChange)? {
        var ancestors: Set<Int>?
        for change in changes {
            let others = colliding(with: change).filter { $0.position != place }
            guard !others.isEmpty else { continue }
            let above = ancestors ?? plan.ancestors(of: place)
            ancestors = above
            if let other = others.first(where: { !above.contains($0.position) }) { return (change.path, other) }
        }
        return nil
    }

    private func colliding(with change: FileChange) -> [SettledChange] {
        let same = (byPath[change.path] ?? []).filter { !($0.change.isAppend && change.isAppend) }
        guard change.action != .delete else { return same }
        // What one makes a file of, the other needs to be a folder.
        let inside = below[change.path] ?? []
        let around = Self.folders(of: change.path).flatMap { byPath[$0] ?? [] }.filter { $0.change.action != .delete }
        return same + inside + around
    }

    /// Every folder that a path lies in.
    private static func folders(of path: String) -> [String] {
        path.utf8.indices.filter { path.utf8[$0] == UInt8(ascii: "/") }.map { String(path[..<$0]) }
    }
}

extension FileChange {
    fileprivate enum Kind { case append, delete, write }

    fileprivate var kind: Kind {
        switch action {
        case .append: .append
        case .delete: .delete
        case .write: .write
        }
    }
}
