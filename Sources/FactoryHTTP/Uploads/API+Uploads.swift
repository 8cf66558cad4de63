import FactoryAPI
import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryWorkspace

extension API {
    /// How long an upload is kept: 24 hours.
    static let uploadLifetime = Duration.seconds(24 * 60 * 60)
    /// Unfinished uploads that one account may have.
    static let uploadLimit = 100
    /// Bytes of a piece that serve well: few enough to be sent again, many enough not to wait for the disk often.
    static let pieceBytes: Int64 = 8 << 20
    /// The largest size that is exact in every client.
    static let largestFile: Int64 = 1 << 53 - 1

    func listUploads(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let workspace = try ownWorkspace(request)
        let now = services.now()
        let uploads = try await stored { () throws(StoreError) in
            try await services.uploads.store.unfinishedUploads(of: request.owner)
        }
        var items: [JSON] = []
        for upload in uploads where upload.expiresAt > now { items.append(try view(upload, in: workspace)) }
        return .json(["items": .array(items), "next_cursor": nil])
    }

    func createUpload(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let wish = try UploadWish(request.members(known: ["path", "size", "replace"]))
        let workspace = try ownWorkspace(request)
        let now = services.now()
        try await stored { () throws(StoreError) in
            try await UploadSweep(store: services.uploads.store, workspace: services.workspace).sweep(at: now)
        }
        return try await once(request, UploadRecord.self) { id throws(APIProblem) in
            let known = try await stored { () throws(StoreError) in
                try await services.uploads.store.upload(id, of: request.owner)
            }
            var upload =
                known
                ?? UploadRecord(
                    id: id, owner: request.owner, path: wish.path.rawValue, sizeBytes: wish.sizeBytes,
                    isReplacing: wish.isReplacing, status: .open, createdAt: now,
                    expiresAt: Timestamp(milliseconds: now.milliseconds + Self.uploadLifetime.wholeMilliseconds))
            if known == nil { try await add(upload, to: workspace, at: wish.path) }
            if upload.sizeBytes == 0, upload.status == .open {
                do throws(WorkspaceError) { _ = try workspace.part(upload.part, rest: 0) } catch {
                    throw APIProblem(error)
                }
                try await place(&upload, in: workspace)
            }
            return .json(
                try view(upload, in: workspace), status: 201,
                headers: [(name: "Location", value: "/api/v1/uploads/\(id)")])
        }
    }

    func getUpload(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let workspace = try ownWorkspace(request)
        return .json(try view(try await upload(request, in: workspace), in: workspace))
    }

    func removeUpload(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let workspace = try ownWorkspace(request)
        let upload = try await upload(request, in: workspace)
        guard inlets.shut(upload.id) else { throw Self.isBeingPlaced }
        do throws(WorkspaceError) { try workspace.removePart(upload.part) } catch { throw APIProblem(error) }
        try await stored { () throws(StoreError) in try await services.uploads.store.removeUpload(upload.id) }
        return .empty()
    }

    /// The upload that the path names, if it is one of the caller's; one whose placing was interrupted is settled.
    func upload(_ request: APIRequest, in workspace: Workspace) async throws(APIProblem) -> UploadRecord {
        let id = try request.identity(UploadRecord.self)
        let found = try await stored { () throws(StoreError) in
            try await services.uploads.store.upload(id, of: request.owner)
        }
        guard var upload = found, upload.expiresAt > services.now() else {
            throw APIProblem(.notFound, "there is no upload \(id)", hint: "uploads are forgotten after 24 hours")
        }
        guard upload.status == .placing, inlets.beginPlacing(id) else { return upload }
        defer { inlets.endPlacing(id) }
        try await settle(&upload, in: workspace)
        return upload
    }

    /// The form that is sent.
    func view(_ upload: UploadRecord, in workspace: Workspace) throws(APIProblem) -> JSON {
        do throws(WorkspaceError) {
            let isComplete = upload.status == .complete
            let received = isComplete ? upload.sizeBytes : try workspace.partBytes(upload.part) ?? 0
            var file: JSON = .null
            if isComplete {
                let path = try WorkspacePath(upload.path, in: workspace)
                if let status = try workspace.status(of: path) {
                    file = Self.json(of: Listing.Entry(path: path, status: status))
                }
            }
            return [
                "id": .string(upload.id.rawValue), "path": .string(upload.path), "size": .int(upload.sizeBytes),
                "received": .int(min(received, upload.sizeBytes)), "status": isComplete ? "complete" : "open",
                "replace": .bool(upload.isReplacing), "piece_bytes": .int(Self.pieceBytes),
                "created_at": .string(upload.createdAt.description),
                "expires_at": .string(upload.expiresAt.description), "file": file,
            ]
        } catch { throw APIProblem(error) }
    }

    /// Keeps a new upload, if it can come to an end.
    private func add(
        _ upload: UploadRecord, to workspace: Workspace, at path: WorkspacePath
    ) async throws(APIProblem) {
        let used: Int64
        do throws(WorkspaceError) {
            if let status = try workspace.status(of: path) {
                guard status.kind == .file else { throw WorkspaceError.isFolder(path: upload.path) }
                guard upload.isReplacing else { throw WorkspaceError.exists(path: upload.path) }
            }
            used = try workspace.usedBytes()
            try workspace.checkSpace(for: upload.sizeBytes)
        } catch { throw APIProblem(error) }
        let quota = services.uploads.quotaBytes
        let isAdded = try await stored { () throws(StoreError) in
            try await services.uploads.store.add(upload, limit: Self.uploadLimit, room: quota.map { $0 - used })
        }
        if !isAdded, let quota {
            let open = try await unfinishedBytes(of: upload.owner)
            throw .quotaExceeded(used: used + open, quota: quota, wanted: upload.sizeBytes)
        }
    }
}

/// What a request for an upload asks for.
private struct UploadWish {
    let path: WorkspacePath
    let sizeBytes: Int64
    let isReplacing: Bool

    init(_ members: JSONObject) throws(APIProblem) {
        guard let text = members["path"]?.stringValue else { throw .invalid(field: "path", "must be text") }
        do throws(WorkspacePathError) { path = try WorkspacePath(text) } catch {
            throw APIProblem(WorkspaceError.invalidPath(error))
        }
        guard let size = members["size"]?.intValue, (0...API.largestFile).contains(size) else {
            throw .invalid(field: "size", "must be a whole number of bytes from 0 to \(API.largestFile)")
        }
        sizeBytes = size
        let replace = members["replace"] ?? false
        guard let replace = replace.boolValue else { throw .invalid(field: "replace", "must be true or false") }
        isReplacing = replace
    }
}
