import FactoryAPI
import FactoryBlobs
import FactoryDomain
import FactoryJSON
import FactoryWorkspace

extension API {
    /// A file of the workspace, or what a folder holds; without a path what the workspace holds.
    func getFile(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let room = Room(
            unfinishedBytes: try await unfinishedBytes(of: request.owner), quotaBytes: services.uploads.quotaBytes)
        return try inWorkspace(request) { workspace throws(WorkspaceError) in
            guard let text = request.query("path"), !text.isEmpty else {
                return try Self.listing(workspace, nil, request, room)
            }
            let path = try WorkspacePath(text, in: workspace)
            guard let status = try workspace.status(of: path) else { throw .notFound(path: text) }
            guard status.kind == .file else { return try Self.listing(workspace, path, request, room) }
            let file = try workspace.reader(of: path)
            guard file.status.size <= Int64(Workspace.maximumFileBytes) else {
                return { () throws(APIProblem) in try LargeDownload(file: file, name: text).reply(request) }
            }
            let bytes = try workspace.read(path)
            return { () throws(APIProblem) in
                try Download(bytes: bytes, name: text, tag: BlobStore.hash(of: bytes).rawValue).reply(request)
            }
        }
    }

    func putFile(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let room = Room(
            unfinishedBytes: try await unfinishedBytes(of: request.owner), quotaBytes: services.uploads.quotaBytes)
        let token = services.ids.make(FileWrite.self).rawValue.filter { $0 != "_" }
        return try inWorkspace(request) { workspace throws(WorkspaceError) in
            let text = request.query("path") ?? ""
            let path = try WorkspacePath(text, in: workspace)
            let old = try Standing(of: path, in: workspace)
            if let refusal = Self.refusal(request, old) { return { () throws(APIProblem) in throw refusal } }
            if let refusal = try room.refusal(of: request.body.count, at: path, in: workspace) {
                return { () throws(APIProblem) in throw refusal }
            }
            if let hash = old?.hash, request.match() != nil {
                // What was looked at may be another by now: the file is taken out of the way and looked at again.
                guard try workspace.replace(request.body, at: path, holding: hash, token: token) else {
                    let refusal = Self.changed(try Standing(of: path, in: workspace))
                    return { () throws(APIProblem) in throw refusal }
                }
            } else {
                try workspace.write(
                    request.body, to: path, onlyIfAbsent: request.header("If-None-Match") == "*", token: token)
            }
            let tag = EntityTag(BlobStore.hash(of: request.body).rawValue)
            let reply = Reply.json(
                ["path": .string(text), "size": .int(Int64(request.body.count)), "sha256": .string(tag.value)],
                status: old == nil ? 201 : 200, headers: [(name: "ETag", value: tag.description)])
            return { () throws(APIProblem) in reply }
        }
    }

    func deleteFile(_ request: APIRequest) throws(APIProblem) -> Reply {
        let token = services.ids.make(FileWrite.self).rawValue.filter { $0 != "_" }
        return try inWorkspace(request) { workspace throws(WorkspaceError) in
            let text = request.query("path") ?? ""
            let path = try WorkspacePath(text, in: workspace)
            guard let old = try Standing(of: path, in: workspace) else { throw .notFound(path: text) }
            if let refusal = Self.refusal(request, old) { return { () throws(APIProblem) in throw refusal } }
            if let hash = old.hash, request.match() != nil {
                guard try workspace.delete(path, holding: hash, token: token) else {
                    let refusal = Self.changed(try Standing(of: path, in: workspace))
                    return { () throws(APIProblem) in throw refusal }
                }
            } else {
                try workspace.delete(path)
            }
            return { () throws(APIProblem) in .empty() }
        }
    }

    /// Why a file with this content may not be changed, by the request's conditions.
    private static func refusal(_ request: APIRequest, _ standing: Standing?) -> APIProblem? {
        guard let match = request.match() else { return nil }
        if let standing, match.matches(standing.tag) { return nil }
        return changed(standing)
    }

    /// The refusal of a change to a file that holds something else by now.
    private static func changed(_ standing: Standing?) -> APIProblem {
        APIProblem(
            .preconditionFailed, "the file has another content than the one that If-Match names",
            headers: standing.map { [(name: "ETag", value: $0.tag.description)] } ?? [])
    }

    /// What a folder holds, by name. What is there and not taken stands on the first page.
    private static func listing(
        _ workspace: Workspace, _ folder: WorkspacePath?, _ request: APIRequest, _ room: Room
    ) throws(WorkspaceError) -> () throws(APIProblem) -> Reply {
        let listing = try workspace.list(folder, recursive: false)
        let used = try workspace.usedBytes() + room.unfinishedBytes
        return { () throws(APIProblem) in
            let limit = try request.limit()
            var entries = listing.entries[...]
            var refused = listing.refused
            if let cursor = request.query("cursor") {
                guard let last = Cursor.value(cursor)?["after"]?.stringValue else {
                    throw .invalid(parameter: "cursor", "is none that this list gave")
                }
                entries = entries.drop { !last.utf8.lexicographicallyPrecedes($0.path.rawValue.utf8) }
                refused = []
            }
            let page = entries.prefix(limit)
            let next = page.count < entries.count ? page.last?.path.rawValue : nil
            return .json([
                "items": .array(page.map(Self.json(of:))),
                "refused": .array(
                    refused.map { ["name": .string($0.name), "reason": .string($0.reason)] }),
                "used": .int(used), "quota": room.quotaBytes.map(JSON.int) ?? .null,
                "next_cursor": next.map { .string(Cursor.text(["after": .string($0)])) } ?? .null,
            ])
        }
    }

    static func json(of entry: Listing.Entry) -> JSON {
        [
            "path": .string(entry.path.rawValue), "kind": entry.status.kind == .file ? "file" : "folder",
            "size": .int(entry.status.size),
            "modified_at": entry.status.modified.map { .string($0.description) } ?? .null,
        ]
    }

    private func inWorkspace(
        _ request: APIRequest, _ body: (Workspace) throws(WorkspaceError) -> () throws(APIProblem) -> Reply
    ) throws(APIProblem) -> Reply {
        let answer: () throws(APIProblem) -> Reply
        do throws(WorkspaceError) {
            answer = try body(Workspace(root: services.workspace(request.owner), kind: .managed))
        } catch { throw APIProblem(error) }
        return try answer()
    }
}

/// What stands at a path.
private struct Standing {
    /// Names the content.
    let tag: EntityTag
    /// The hash of the content; nil for one too large to be read for that.
    let hash: ContentHash?

    /// nil where there is no file.
    init?(of path: WorkspacePath, in workspace: Workspace) throws(WorkspaceError) {
        let file: FileReader
        do throws(WorkspaceError) { file = try workspace.reader(of: path) } catch {
            guard case .notFound = error else { throw error }
            return nil
        }
        hash = file.status.size > Int64(Workspace.maximumFileBytes) ? nil : try file.hash()
        tag = EntityTag(hash?.rawValue ?? file.mark)
    }
}

/// What an account may keep, and what its unfinished uploads take of it.
private struct Room {
    let unfinishedBytes: Int64
    let quotaBytes: Int64?

    /// Why a file of so many bytes cannot be written at `path`; nil where it can. What does not grow always can.
    func refusal(of bytes: Int, at path: WorkspacePath, in workspace: Workspace) throws(WorkspaceError) -> APIProblem? {
        guard let quotaBytes else { return nil }
        let growth = Int64(bytes) - (try workspace.status(of: path)?.size ?? 0)
        guard growth > 0 else { return nil }
        let used = try workspace.usedBytes() + unfinishedBytes
        guard growth > quotaBytes - used else { return nil }
        return .quotaExceeded(used: used, quota: quotaBytes, wanted: growth)
    }
}

/// One writing of a file, for the name of its temporary one.
private enum FileWrite: Identified {
    static let idPrefix = "w_"
}

extension APIProblem {
    /// What an error of the workspace means to a client.
    init(_ error: WorkspaceError) {
        let code: APIProblemCode =
            switch error {
            case .invalidPath: .invalidField
            case .denied: .forbidden
            case .notFound: .notFound
            case .isFolder, .notFolder: .conflict
            case .exists: .preconditionFailed
            case .limit: .bodyTooLarge
            case .diskFull: .storageFull
            case .system, .blobs: .unavailable
            }
        let isPath = if case .invalidPath = error { true } else { false }
        self.init(
            code, error.description, hint: error.hint,
            errors: isPath
                ? [Entry(path: "path", code: code.rawValue, message: error.description, hint: error.hint)] : [])
    }
}
