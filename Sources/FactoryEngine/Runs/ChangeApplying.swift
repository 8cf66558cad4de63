public import FactoryDomain

/// Carries a run's change set over into the workspace. The engine decides when; what a file is, it does not know.
public protocol ChangeApplying: Sendable {
    /// What becomes of each changed path under `policy`, looking at the workspace as it is now. Changes nothing.
    ///
    /// - Throws: `change_conflict` under `apply` when a file changed since the run first touched it.
    func plan(
        _ changes: [FileChange], policy: ChangePolicy, workspace: String
    ) async throws(StepFailure) -> [PlannedChange]

    /// Carries out every change that is `planned` and gives the plan with its new states.
    ///
    /// Repeating it after a crash at any point gives the same result. A file that is neither as before nor as after
    /// becomes a `conflict` and is left alone.
    ///
    /// - Throws: `change_conflict` under `apply` for such a file; the workspace is then as before the plan.
    func carryOut(
        _ plan: [PlannedChange], of run: ID<Run>, policy: ChangePolicy, workspace: String
    ) async throws(StepFailure) -> [PlannedChange]

    /// Takes back every change that is `applied` and gives the plan with its new states.
    ///
    /// Repeating it after a crash at any point gives the same result. A file that is not what the run wrote becomes a
    /// `conflict` and is left alone; the others are taken back all the same.
    func undo(
        _ plan: [PlannedChange], of run: ID<Run>, workspace: String
    ) async throws(StepFailure) -> [PlannedChange]
}

extension ChangesStatus {
    /// What a plan in these states amounts to. A conflict waits for a person, as an undecided change does.
    init(_ plan: [PlannedChange]) {
        let states = Set(plan.map(\.state))
        if states.contains(.conflict) || states.contains(.pending) || states.contains(.planned) {
            self = .pending
        } else if states.contains(.applied) {
            self = .applied
        } else if states.contains(.undone) {
            self = .undone
        } else {
            self = states.isEmpty ? .none : .discarded
        }
    }
}
