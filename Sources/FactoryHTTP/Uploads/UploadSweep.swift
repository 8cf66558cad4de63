public import FactoryDomain
public import FactoryStore
import FactoryWorkspace

/// Forgets uploads that expired, with what had come of them.
public struct UploadSweep: Sendable {
    /// How many are looked up at once.
    private static let page = 100

    private let store: any UploadStore
    private let workspace: @Sendable (_ owner: String) -> String

    /// A sweep of these parts.
    ///
    /// - Parameter workspace: the folder of an owner's workspace.
    public init(store: any UploadStore, workspace: @escaping @Sendable (_ owner: String) -> String) {
        self.store = store
        self.workspace = workspace
    }

    /// Forgets what has expired at `moment`. Where a part cannot be removed, its upload stays for the next sweep.
    public func sweep(at moment: Timestamp) async throws(StoreError) {
        var failed = 0
        while true {
            let expired = try await store.uploads(expiredAt: moment, limit: Self.page)
            failed = 0
            for upload in expired {
                do throws(WorkspaceError) {
                    try Workspace(root: workspace(upload.owner), kind: .managed).removePart(upload.part)
                } catch {
                    failed += 1
                    continue
                }
                try await store.removeUpload(upload.id)
            }
            guard expired.count == Self.page, failed == 0 else { return }
        }
    }
}

extension UploadRecord {
    /// Names its part in the workspace.
    var part: String { "upl" + id.rawValue.dropFirst(Self.idPrefix.count) }
}
