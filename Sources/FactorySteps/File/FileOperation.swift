import FactoryBlobs
import FactoryDomain
import FactoryJSON
import FactoryWorkspace

/// One operation of a `file` step on what the attempt sees.
struct FileOperation {
    var view: WorkspaceView
    /// What could not be listed, and why.
    private(set) var warnings: [String] = []

    init(view: WorkspaceView) { self.view = view }

    /// The output of the step. Throws `WorkspaceError` and `StepFailure`.
    mutating func perform(_ request: FileRequest) throws -> JSON {
        switch request.operation {
        case .read: try read(request)
        case .write: try write(request)
        case .append: try append(request)
        case .edit: try edit(request)
        case .delete: try delete(request)
        case .list: try list(request)
        case .copy, .move: try transfer(request)
        case .stat: try stat(request)
        }
    }

    private mutating func read(_ request: FileRequest) throws -> JSON {
        let path = try request.path()
        guard let bytes = try content(at: path, missingOK: request.missingOK) else {
            return describe(path, nil, ["content": .null])
        }
        return describe(
            path, bytes, ["content": try FileContent.parse(bytes, as: request.parse, path: path.rawValue)])
    }

    private mutating func write(_ request: FileRequest) throws -> JSON {
        let path = try request.path()
        let bytes = try request.content(isAddition: false)
        let written = try view.write(bytes, to: path, ifExists: request.ifExists)
        return describe(path, written ? bytes : try view.read(path))
    }

    private mutating func append(_ request: FileRequest) throws -> JSON {
        let path = try request.path()
        let isAddition = try view.status(of: path).map { $0.size > 0 } ?? false
        // A file that is still empty gets the header of its CSV, and JSON on one line all the same.
        try view.append(try request.content(isAddition: isAddition || !request.isTable), to: path)
        return describe(path, try view.read(path))
    }

    private mutating func edit(_ request: FileRequest) throws -> JSON {
        let path = try request.path()
        let edit = try request.edit()
        let old = try content(at: path, missingOK: request.missingOK) ?? []
        guard let text = String(validating: old, as: UTF8.self) else {
            throw StepFailure(code: "file_not_text", message: "\(path) is not UTF-8 text, so it cannot be edited")
        }
        let new: String
        do throws(EditError) {
            switch edit {
            case .pieces(let edits): new = try TextEdit.apply(edits, to: text)
            case .answer(let answer, let format): new = try format.apply(answer, to: text)
            }
        } catch {
            throw StepFailure(error, path: path.rawValue)
        }
        try view.write(Array(new.utf8), to: path)
        return describe(path, Array(new.utf8))
    }

    private mutating func delete(_ request: FileRequest) throws -> JSON {
        let path = try request.path()
        let bytes = try content(at: path, missingOK: request.missingOK)
        if bytes != nil { try view.delete(path) }
        return describe(path, bytes)
    }

    private mutating func transfer(_ request: FileRequest) throws -> JSON {
        let (source, target) = (try request.path(), try request.path("to"))
        guard try content(at: source, missingOK: request.missingOK) != nil else { return describe(target, nil) }
        if request.operation == .copy {
            try view.copy(source, to: target, ifExists: request.ifExists)
        } else {
            try view.move(source, to: target, ifExists: request.ifExists)
        }
        return describe(target, try view.read(target))
    }

    private mutating func stat(_ request: FileRequest) throws -> JSON {
        let path = try request.path()
        guard let status = try view.status(of: path) else {
            guard request.missingOK else { throw WorkspaceError.notFound(path: path.rawValue) }
            return describe(path, nil, ["type": .null])
        }
        guard status.kind == .file else { return describe(path, nil, ["type": "folder"]) }
        guard status.size <= Int64(Workspace.maximumFileBytes) else {
            // Too large to be read: its size is known, its hash is not.
            return describe(path, nil, ["size": .int(status.size), "type": "file"])
        }
        return describe(path, try view.read(path), ["type": "file"])
    }

    private mutating func list(_ request: FileRequest) throws -> JSON {
        let folder = try request.folder()
        let shown = JSON.string(folder?.rawValue ?? ".")
        let pattern = try request.pattern()
        let listing: Listing
        do throws(WorkspaceError) {
            listing = try view.list(folder, matching: pattern)
        } catch {
            guard case .notFound = error, request.missingOK else { throw error }
            return ["path": shown, "entries": []]
        }
        warnings = listing.refused.prefix(20).map { "\($0.name) is not listed. \($0.reason)" }
        if listing.refused.count > 20 { warnings.append("\(listing.refused.count - 20) more are not listed.") }
        return ["path": shown, "entries": .array(listing.entries.map(Self.describe))]
    }

    /// nil when there is no file and that is no error.
    private mutating func content(
        at path: FactoryWorkspace.WorkspacePath, missingOK: Bool
    ) throws(WorkspaceError) -> [UInt8]? {
        if let bytes = try view.readIfPresent(path) { return bytes }
        guard missingOK else { throw .notFound(path: path.rawValue) }
        return nil
    }

    private static func describe(_ entry: Listing.Entry) -> JSON {
        let isFile = entry.status.kind == .file
        return [
            "path": .string(entry.path.rawValue), "type": isFile ? "file" : "folder",
            "size": isFile ? .int(entry.status.size) : .null,
        ]
    }

    /// The output: unknown is null, where there is no file.
    private func describe(
        _ path: FactoryWorkspace.WorkspacePath, _ bytes: [UInt8]?, _ more: JSONObject = [:]
    ) -> JSON {
        var object: JSONObject = ["path": .string(path.rawValue)]
        object["size"] = bytes.map { .int(Int64($0.count)) } ?? .null
        object["sha256"] = bytes.map { .string(BlobStore.hash(of: $0).rawValue) } ?? .null
        for (key, value) in more { object[key] = value }
        object["media_type"] = bytes.map { .string(MediaType.of(name: path.name, bytes: $0)) } ?? .null
        return .object(object)
    }
}
