import FactoryAPI
import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryWorkspace

extension API {
    /// Bytes that the unfinished uploads of `owner` have, or will have when they are whole.
    func unfinishedBytes(of owner: String) async throws(APIProblem) -> Int64 {
        try await stored { () throws(StoreError) in
            try await services.uploads.store.unfinishedUploads(of: owner).reduce(0) { $0 + $1.sizeBytes }
        }
    }

    /// The caller's own workspace.
    func ownWorkspace(_ request: APIRequest) throws(APIProblem) -> Workspace {
        do throws(WorkspaceError) {
            return try Workspace(root: services.workspace(request.owner), kind: .managed)
        } catch { throw APIProblem(error) }
    }
}

extension APIProblem {
    /// There is no room for `wanted` more bytes.
    static func quotaExceeded(used: Int64, quota: Int64, wanted: Int64) -> APIProblem {
        APIProblem(
            .quotaExceeded, "the workspace and its unfinished uploads have \(used) of \(quota) bytes; \(wanted) more "
                + "do not fit",
            hint: "delete files or unfinished uploads, or have the quota raised",
            members: ["used": .int(used), "quota": .int(quota)])
    }
}
