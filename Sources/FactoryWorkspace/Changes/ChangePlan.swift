public import FactoryDomain

/// What applying a run's changes to a workspace means, path by path. Its ``changes`` are stored before the first file
/// is touched, so that an application that a crash interrupted is repeated to the same end.
public struct ChangePlan: Sendable, Hashable {
    /// The paths that change, sorted; both contents of each are in the blob store. A path whose content is already
    /// what it becomes is not among them.
    public var changes: [PlannedChange]
    /// True under `changes: apply`: one conflict, and nothing is applied.
    public var allOrNothing: Bool

    /// A plan as it was stored.
    ///
    /// - Parameter policy: the policy it was made under.
    public init(changes: [PlannedChange], policy: ChangePolicy) {
        self.changes = changes
        allOrNothing = policy == .apply
    }

    /// The paths in one state.
    public func paths(_ state: PlannedChange.State) -> [String] {
        changes.filter { $0.state == state }.map(\.path)
    }

    /// True when there is something to carry out that no conflict forbids.
    public var isReady: Bool {
        !paths(.planned).isEmpty && (!allOrNothing || paths(.conflict).isEmpty)
    }

    /// The failure of a run whose changes must all be applied and cannot, nil when there is no conflict.
    public var conflictFailure: StepFailure? {
        let paths = paths(.conflict)
        guard allOrNothing, let first = paths.first else { return nil }
        let others = paths.count == 1 ? "" : " and \(paths.count - 1) more"
        return StepFailure(
            code: "change_conflict",
            message: "\(first.quotedForMessage)\(others) changed in the workspace since the run first touched it; "
                + "nothing was applied.",
            hint: "Look at the run's changes, then run the pipeline again on the new state.")
    }
}
