public import FactoryBlobs
public import FactoryDomain
public import FactoryEngine
public import FactoryWorkspace

/// Carries the change sets of runs over into their workspaces, for the engine.
public struct WorkspaceChanges: ChangeApplying {
    private let blobs: BlobStore
    private let kind: Workspace.Kind
    private let quotaBytes: Int64?

    /// - Parameters:
    ///   - blobs: holds the contents.
    ///   - kind: whose the workspaces are.
    ///   - quotaBytes: bytes that the files of one workspace may have together; nil for no limit.
    public init(blobs: BlobStore, kind: Workspace.Kind, quotaBytes: Int64? = nil) {
        self.blobs = blobs
        self.kind = kind
        self.quotaBytes = quotaBytes
    }

    /// What becomes of each changed path.
    ///
    /// - Throws: `change_conflict` under `apply` when a file changed since the run first touched it; `path_denied` and
    ///   the like when a path cannot be reached any more.
    public func plan(
        _ changes: [FileChange], policy: ChangePolicy, workspace: String
    ) async throws(StepFailure) -> [PlannedChange] {
        let plan: ChangePlan
        do throws(WorkspaceError) {
            plan = try ChangePlanner(workspace: try Workspace(root: workspace, kind: kind), blobs: blobs)
                .plan(ChangeSet(changes), policy: policy)
        } catch {
            throw StepFailure(error)
        }
        if let failure = plan.conflictFailure { throw failure }
        return plan.changes
    }

    /// Carries out what is `planned`; may be repeated after a crash at any point.
    ///
    /// - Throws: `change_conflict` under `apply` for a file that is neither as before nor as after; everything is then
    ///   as before the plan. `quota_exceeded` before anything was changed.
    public func carryOut(
        _ plan: [PlannedChange], of run: ID<Run>, policy: ChangePolicy, workspace: String
    ) async throws(StepFailure) -> [PlannedChange] {
        if let quotaBytes {
            do throws(WorkspaceError) {
                try checkRoom(for: plan, in: try Workspace(root: workspace, kind: kind), quotaBytes)
            } catch { throw StepFailure(error) }
        }
        let done = try carrying(run, in: workspace) { try $0.apply(ChangePlan(changes: plan, policy: policy)) }
        if let failure = done.conflictFailure { throw failure }
        return done.changes
    }

    /// Takes back what is `applied`; may be repeated after a crash at any point.
    public func undo(
        _ plan: [PlannedChange], of run: ID<Run>, workspace: String
    ) async throws(StepFailure) -> [PlannedChange] {
        try carrying(run, in: workspace) { try $0.undo(ChangePlan(changes: plan, policy: .review)) }.changes
    }

    /// Refuses a plan that makes the workspace larger than it may be. One that was begun is carried on in any case.
    private func checkRoom(
        for plan: [PlannedChange], in workspace: Workspace, _ quotaBytes: Int64
    ) throws(WorkspaceError) {
        var growth: Int64 = 0
        for change in plan where change.state == .planned {
            let path = try WorkspacePath(change.path, in: workspace)
            let old: Int64
            do throws(WorkspaceError) {
                old = try workspace.status(of: path)?.size ?? 0
                if change.before != change.after, try workspace.hash(of: path) == change.after { return }
            } catch {
                switch error {
                // In conflict, as carrying out will find.
                case .isFolder, .notFolder: continue
                default: throw error
                }
            }
            growth += (change.sizeBytes ?? 0) - old
        }
        guard growth > 0 else { return }
        let used = try workspace.usedBytes()
        guard growth > quotaBytes - used else { return }
        throw .limit(.workspaceBytes(used: used, wanted: growth, quota: quotaBytes))
    }

    private func carrying(
        _ run: ID<Run>, in workspace: String, _ body: (ChangeApplier) throws -> ChangePlan
    ) throws(StepFailure) -> ChangePlan {
        do {
            return try body(
                ChangeApplier(
                    workspace: try Workspace(root: workspace, kind: kind), blobs: blobs, token: run.rawValue))
        } catch let error as WorkspaceError {
            throw StepFailure(error)
        } catch {
            throw StepFailure(code: "storage_error", message: String(describing: error))
        }
    }
}
