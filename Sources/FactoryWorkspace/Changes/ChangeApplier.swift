public import FactoryBlobs
import FactoryDomain

/// Carries out a ``ChangePlan``: one temporary file and rename per path. Repeating it after a crash at any point leads
/// to the same end, because each path tells by its content whether it is done.
public struct ChangeApplier: Sendable {
    private let workspace: Workspace
    private let blobs: BlobStore
    private let token: String
    private let willChange: @Sendable (String) throws -> Void

    /// - Parameters:
    ///   - token: what tells this application's temporary files from others: the run's id.
    ///   - willChange: called with each path before it is changed; an error stops there, as a crash would.
    public init(
        workspace: Workspace, blobs: BlobStore, token: String,
        willChange: @escaping @Sendable (String) throws -> Void = { _ in }
    ) {
        self.workspace = workspace
        self.blobs = blobs
        self.token = String(BlobStore.hash(of: Array(token.utf8)).rawValue.prefix(16))
        self.willChange = willChange
    }

    /// Applies what is `planned` and gives the plan with the new states: `applied`, or `conflict` for a path whose
    /// content is neither the old nor the new one; such a path is left alone.
    ///
    /// With ``ChangePlan/allOrNothing`` a conflict anywhere leaves every path as it was before the plan, and `planned`;
    /// paths that an interrupted earlier application had changed already are put back.
    /// - Throws: `WorkspaceError`, or what `willChange` threw.
    public func apply(_ plan: ChangePlan) throws -> ChangePlan {
        var plan = plan
        guard plan.allOrNothing else {
            try carryOut(&plan, from: .planned, to: .applied, stopAtConflict: false)
            return plan
        }
        for place in plan.changes.indices where plan.changes[place].state == .planned {
            if try standing(of: plan.changes[place]) == .neither { plan.changes[place].state = .conflict }
        }
        let start = plan
        if plan.isReady { try carryOut(&plan, from: .planned, to: .applied, stopAtConflict: true) }
        guard !plan.paths(.conflict).isEmpty else { return plan }
        let conflicts = Set(plan.paths(.conflict))
        var back = start
        for place in back.changes.indices where !conflicts.contains(back.changes[place].path) {
            back.changes[place].state = .applied
        }
        _ = try undo(back)
        for place in plan.changes.indices where plan.changes[place].state == .applied {
            plan.changes[place].state = .planned
        }
        return plan
    }

    /// Puts back what is `applied` and gives the plan with the new states: `undone`, or `conflict` for a path that
    /// changed again since; such a path is left alone, the others are put back all the same.
    ///
    /// Folders that only held new files go too, if they are empty and have the mode this workspace gives to folders.
    public func undo(_ plan: ChangePlan) throws -> ChangePlan {
        var plan = plan
        plan.changes = plan.changes.map(\.reversed)
        try carryOut(&plan, from: .applied, to: .undone, stopAtConflict: false)
        var folders: Set<WorkspacePath> = []
        for change in plan.changes where change.state == .undone && change.after == nil {
            folders.formUnion(try WorkspacePath(change.path, in: workspace).folders)
        }
        for folder in folders.sorted().reversed() { try workspace.removeIfMadeHere(folder) }
        plan.changes = plan.changes.map(\.reversed)
        return plan
    }

    private enum Standing { case before, after, neither }

    private func standing(of change: PlannedChange) throws(WorkspaceError) -> Standing {
        let hash: ContentHash?
        do throws(WorkspaceError) {
            hash = try workspace.hash(of: try WorkspacePath(change.path, in: workspace))
        } catch {
            switch error {
            case .isFolder, .notFolder, .limit: return .neither
            default: throw error
            }
        }
        return hash == change.after ? .after : hash == change.before ? .before : .neither
    }

    private func carryOut(
        _ plan: inout ChangePlan, from wanted: PlannedChange.State, to done: PlannedChange.State, stopAtConflict: Bool
    ) throws {
        for place in plan.changes.indices where plan.changes[place].state == wanted {
            let change = plan.changes[place]
            switch try standing(of: change) {
            case .after: plan.changes[place].state = try settleLeftover(of: change) ? done : .conflict
            case .neither: plan.changes[place].state = .conflict
            case .before:
                try willChange(change.path)
                plan.changes[place].state = try carryOut(change) ? done : .conflict
            }
            if stopAtConflict, plan.changes[place].state == .conflict { return }
        }
    }

    /// False when an interrupted application took away a file that was not what it expected; it is back.
    private func settleLeftover(of change: PlannedChange) throws(WorkspaceError) -> Bool {
        guard let before = change.before else { return true }
        return try workspace.settleLeftover(
            beside: try WorkspacePath(change.path, in: workspace), before: before, after: change.after, token: token)
    }

    /// False when somebody changed the file at the last moment, or made one where none was.
    private func carryOut(_ change: PlannedChange) throws(WorkspaceError) -> Bool {
        let path = try WorkspacePath(change.path, in: workspace)
        guard let after = change.after else {
            guard let before = change.before else { return true }
            return try workspace.delete(path, holding: before, token: token)
        }
        let bytes: [UInt8]
        do {
            bytes = try blobs.read(after, maxBytes: Workspace.maximumFileBytes)
        } catch {
            throw .blobs(error)
        }
        if let before = change.before {
            return try workspace.replace(bytes, at: path, holding: before, token: token)
        }
        do throws(WorkspaceError) {
            try workspace.write(bytes, to: path, onlyIfAbsent: true, token: token)
            return true
        } catch {
            guard case .exists = error else { throw error }
            return false
        }
    }
}

extension PlannedChange {
    /// The way back.
    fileprivate var reversed: PlannedChange {
        PlannedChange(path: path, before: after, after: before, sizeBytes: sizeBytes, state: state)
    }
}
