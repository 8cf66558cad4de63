import FactoryAPI
import FactoryBlobs
import FactoryDomain
import FactoryJSON
import FactoryWorkspace

extension API {
    /// A file of the workspace, or what a folder holds; without a path what the workspace holds.
    func getFile(_ request: APIRequest) throws(APIProblem) -> Reply {
        try inWorkspace(request) { workspace throws(WorkspaceError) in
            guard let text = request.query("path"), !text.isEmpty else {
                return try Self.listing(workspace, nil, request)
            }
            let path = try WorkspacePath(text, in: workspace)
            guard let status = try workspace.status(of: path) else { throw .notFound(path: text) }
            guard status.kind == .file else { return try Self.listing(workspace, path, request) }
            let bytes = try workspace.read(path)
            return { () throws(APIProblem) in
                try Download(bytes: bytes, name: text, tag: BlobStore.hash(of: bytes).rawValue).reply(request)
            }
        }
    }

    func putFile(_ request: APIRequest) throws(APIProblem) -> Reply {
        let token = services.ids.make(FileWrite.self).rawValue.filter { $0 != "_" }
        return try inWorkspace(request) { workspace throws(WorkspaceError) in
            let text = request.query("path") ?? ""
            let path = try WorkspacePath(text, in: workspace)
            let old = try workspace.hash(of: path)
            if let refusal = Self.refusal(request, old) { return { () throws(APIProblem) in throw refusal } }
            try workspace.write(
                request.body, to: path, onlyIfAbsent: request.header("If-None-Match") == "*", token: token)
            let tag = EntityTag(BlobStore.hash(of: request.body).rawValue)
            let reply = Reply.json(
                ["path": .string(text), "size": .int(Int64(request.body.count)), "sha256": .string(tag.value)],
                status: old == nil ? 201 : 200, headers: [(name: "ETag", value: tag.description)])
            return { () throws(APIProblem) in reply }
        }
    }

    func deleteFile(_ request: APIRequest) throws(APIProblem) -> Reply {
        try inWorkspace(request) { workspace throws(WorkspaceError) in
            let text = request.query("path") ?? ""
            let path = try WorkspacePath(text, in: workspace)
            guard let old = try workspace.hash(of: path) else { throw .notFound(path: text) }
            if let refusal = Self.refusal(request, old) { return { () throws(APIProblem) in throw refusal } }
            try workspace.delete(path)
            return { () throws(APIProblem) in .empty() }
        }
    }

    /// Why a file with this content may not be changed, by the request's conditions.
    private static func refusal(_ request: APIRequest, _ hash: ContentHash?) -> APIProblem? {
        guard let match = request.match() else { return nil }
        if let hash, match.matches(EntityTag(hash.rawValue)) { return nil }
        return APIProblem(
            .preconditionFailed, "the file has another content than the one that If-Match names",
            headers: hash.map { [(name: "ETag", value: EntityTag($0.rawValue).description)] } ?? [])
    }

    /// What a folder holds, by name. What is there and not taken stands on the first page.
    private static func listing(
        _ workspace: Workspace, _ folder: WorkspacePath?, _ request: APIRequest
    ) throws(WorkspaceError) -> () throws(APIProblem) -> Reply {
        let listing = try workspace.list(folder, recursive: false)
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
                "next_cursor": next.map { .string(Cursor.text(["after": .string($0)])) } ?? .null,
            ])
        }
    }

    private static func json(of entry: Listing.Entry) -> JSON {
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
            answer = try body(try Workspace(root: services.workspace(request.owner), kind: .managed))
        } catch { throw APIProblem(error) }
        return try answer()
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
