public import FactoryBlobs
public import FactoryDomain
public import FactoryEngine
public import FactoryWorkspace

/// Carries the change sets of runs over into their workspaces, for the engine.
public struct WorkspaceChanges: ChangeApplying {
    private let blobs: BlobStore
    private let kind: Workspace.Kind

    /// - Parameters:
    ///   - blobs: holds the contents.
    ///   - kind: whose the workspaces are.
    public init(blobs: BlobStore, kind: Workspace.Kind) {
        self.blobs = blobs
        self.kind = kind
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
    ///   as before the plan.
    public func carryOut(
        _ plan: [PlannedChange], of run: ID<Run>, policy: ChangePolicy, workspace: String
    ) async throws(StepFailure) -> [PlannedChange] {
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
