public import FactoryBlobs
public import FactoryDomain

/// Works out a ``ChangePlan``: compares the workspace with what the run saw, and puts the content before and after
/// into the blob store, where applying and undoing find it.
public struct ChangePlanner: Sendable {
    private let workspace: Workspace
    private let blobs: BlobStore

    /// Plans for `workspace`.
    public init(workspace: Workspace, blobs: BlobStore) {
        self.workspace = workspace
        self.blobs = blobs
    }

    /// The plan for `changes` under `policy`.
    ///
    /// Every path is `planned`, `pending`, `conflict` or `discarded`. A plan that was carried out in part may be made
    /// again: what is done already is not in it.
    /// - Throws: when a path can no longer be reached (a link was put in its way), or contents cannot be read or kept.
    public func plan(_ changes: ChangeSet, policy: ChangePolicy) throws(WorkspaceError) -> ChangePlan {
        var planned: [PlannedChange] = []
        for change in changes.entries {
            let path = try WorkspacePath(change.path, in: workspace)
            let (bytes, isBlocked) = try now(at: path)
            let after = try change.content(from: blobs)
            let (before, target) = (bytes.map { BlobStore.hash(of: $0) }, after.map { BlobStore.hash(of: $0) })
            guard isBlocked || before != target else { continue }
            let isHarmless = change.base == nil && !path.isGitInternal
            let state = Self.state(
                of: change, before: before, isBlocked: isBlocked, isHarmless: isHarmless, policy: policy)
            if let bytes { try keep(bytes) }
            if let after { try keep(after) }
            planned.append(
                PlannedChange(
                    path: change.path, before: before, after: target, sizeBytes: after.map { Int64($0.count) },
                    state: state))
        }
        return ChangePlan(changes: planned, policy: policy)
    }

    /// The file's bytes; blocked by a folder, or a file on the way, or one that grew too large, it changed for certain.
    private func now(at path: WorkspacePath) throws(WorkspaceError) -> (bytes: [UInt8]?, isBlocked: Bool) {
        do throws(WorkspaceError) {
            return (try workspace.readIfPresent(path), false)
        } catch {
            switch error {
            case .isFolder, .notFolder, .limit: return (nil, true)
            default: throw error
            }
        }
    }

    private static func state(
        of change: ChangeSet.Entry, before: ContentHash?, isBlocked: Bool, isHarmless: Bool, policy: ChangePolicy
    ) -> PlannedChange.State {
        if policy == .discard { return .discarded }
        if isBlocked || before != change.base { return .conflict }
        switch policy {
        case .apply: return .planned
        case .auto: return isHarmless ? .planned : .pending
        case .review: return .pending
        case .discard: return .discarded
        }
    }

    private func keep(_ bytes: [UInt8]) throws(WorkspaceError) {
        do {
            _ = try blobs.put(bytes)
        } catch {
            throw .blobs(error)
        }
    }
}
