extension WorkspaceView {
    /// Lists `folder`, nil being the whole workspace, as the attempt sees it.
    ///
    /// A pattern that reaches into folders enters none named `.git` unless it says so: those are many files that
    /// nobody means by `**`. Only the folders that its first components leave are walked through.
    /// - Parameter pattern: keeps the entries whose path within `folder` it matches; nil keeps those directly in it.
    /// - Throws: `notFound` when there is no such folder, `limit(.entries)` past ``Workspace/maximumEntries``.
    public func list(
        _ folder: WorkspacePath? = nil, matching pattern: PathPattern? = nil
    ) throws(WorkspaceError) -> Listing {
        guard let pattern, pattern.isRecursive else {
            return try list(folder, recursive: false, excluding: []) { pattern?.matches($0) ?? true }
        }
        let excluded: Set<String> = pattern.source.contains(".git") ? [] : [".git"]
        guard let inner = pattern.fixedFolder else {
            return try list(folder, recursive: true, excluding: excluded, where: pattern.matches)
        }
        let start = try WorkspacePath(folder.map { "\($0)/\(inner)" } ?? inner, in: workspace)
        do throws(WorkspaceError) {
            return try list(start, recursive: true, excluding: excluded) { pattern.matches("\(inner)/\($0)") }
        } catch {
            guard case .notFound = error else { throw error }
            // Nothing matches, but the folder itself must be there.
            return try list(folder, recursive: false, excluding: []) { _ in false }
        }
    }

    /// Every file the attempt sees, with its size, for a step that works on the whole folder; ``read(_:)`` gives the
    /// bytes. Folders named `.git` are left out: they are many files that no step should change by hand.
    public func allFiles(excluding: Set<String> = [".git"]) throws(WorkspaceError) -> Listing {
        var listing = try list(nil, recursive: true, excluding: excluding) { _ in true }
        listing.entries.removeAll { $0.status.kind == .folder }
        return listing
    }

    private func list(
        _ folder: WorkspacePath?, recursive: Bool, excluding: Set<String>, where isWanted: (String) -> Bool
    ) throws(WorkspaceError) -> Listing {
        var listing = Listing()
        var found: [WorkspacePath: FileStatus] = [:]
        var exists = folder == nil
        do throws(WorkspaceError) {
            listing = try workspace.list(folder, recursive: recursive, excluding: excluding)
            exists = true
        } catch {
            guard case .notFound = error else { throw error }
        }
        for entry in listing.entries { found[entry.path] = entry.status }
        for entry in overlay.entries {
            let path = try WorkspacePath(entry.path, in: workspace)
            guard folder.map({ path.isBeneath($0) }) ?? true else { continue }
            guard entry.isPresent else {
                found[path] = nil
                continue
            }
            exists = true
            let status = FileStatus(kind: .file, size: try entry.size(in: blobs), modified: nil)
            add(path, status, in: folder, recursive: recursive, to: &found)
        }
        guard exists else { throw .notFound(path: folder?.rawValue ?? ".") }
        let skipped = folder.map { $0.rawValue.utf8.count + 1 } ?? 0
        listing.entries =
            found
            .filter { isWanted(String(decoding: $0.key.rawValue.utf8.dropFirst(skipped), as: UTF8.self)) }
            .map { Listing.Entry(path: $0.key, status: $0.value) }
        listing.entries.sort { $0.path < $1.path }
        guard listing.entries.count <= Workspace.maximumEntries else {
            throw .limit(.entries(Workspace.maximumEntries))
        }
        return listing
    }

    /// A staged file, and the folders it brings along; of those only the part that a flat listing shows.
    private func add(
        _ path: WorkspacePath, _ status: FileStatus, in folder: WorkspacePath?, recursive: Bool,
        to found: inout [WorkspacePath: FileStatus]
    ) {
        let isShown = { (path: WorkspacePath) in recursive || path.parent == folder }
        if isShown(path) { found[path] = status }
        for above in path.folders where folder.map({ above.isBeneath($0) }) ?? true {
            if isShown(above), found[above] == nil {
                found[above] = FileStatus(kind: .folder, size: 0, modified: nil)
            }
        }
    }
}
