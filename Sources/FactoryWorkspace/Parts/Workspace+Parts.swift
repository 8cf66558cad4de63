import CFile

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Files that come in pieces. Until the last of them is there a file stands at the top of the workspace under a name that
/// no path can have, so that it is on the right volume and no list shows it.
extension Workspace {
    /// How many bytes of the part are there; nil where there is none.
    ///
    /// - Parameter token: names the part: up to 64 letters and digits.
    public func partBytes(_ token: String) throws(WorkspaceError) -> Int64? {
        let folder = try open(nil, as: .folder)
        do throws(WorkspaceError) {
            let status = try entry(Self.partName(token), in: folder, shown: ".")
            try checkFile(status, shown: ".")
            return Int64(status.st_size)
        } catch {
            guard case .notFound = error else { throw error }
            return nil
        }
    }

    /// Opens the part for writing, and makes it where there is none.
    ///
    /// - Parameter rest: bytes that are still to come; refused now where the volume has no room for them.
    public func part(_ token: String, rest: Int64) throws(WorkspaceError) -> PartFile {
        try checkSpace(for: rest)
        let file = try openBeneath(root, Self.partName(token), flags: O_WRONLY | O_CREAT, shown: ".")
        let status = try status(of: file, shown: ".")
        try checkFile(status, shown: ".")
        return PartFile(file.release(), bytes: Int64(status.st_size))
    }

    /// Removes the part; one that is gone already is no error.
    public func removePart(_ token: String) throws(WorkspaceError) {
        let folder = try open(nil, as: .folder)
        try clear(Self.partName(token), in: folder, shown: ".")
    }

    /// Lets the part, which is whole and synced, stand at `path` from one moment to the next.
    ///
    /// A replaced file's permission bits are kept, and missing folders made, as ``write(_:to:onlyIfAbsent:token:)`` does.
    /// - Parameter isReplacing: false refuses with `exists` where a file stands there, decided with the rename.
    public func place(
        part token: String, at path: WorkspacePath, isReplacing: Bool
    ) throws(WorkspaceError) {
        let shown = path.rawValue
        try makeFolders(path.folders)
        let folder = try open(path.parent, as: .folder)
        let mode = try modeOfReplaced(path, in: folder)
        if !isReplacing, mode != nil { throw .exists(path: shown) }
        let top = try open(nil, as: .folder)
        if let mode {
            let file = try openBeneath(top.number, Self.partName(token), flags: O_WRONLY, shown: shown)
            guard fchmod(file.number, mode) == 0 else {
                throw WorkspaceError(code: errno, operation: "write", path: shown)
            }
        }
        let moved = cfile_move(top.number, Self.partName(token), folder.number, path.name, isReplacing ? 1 : 0)
        guard moved == 0 else { throw WorkspaceError(code: -moved, operation: "write", path: shown) }
        try sync(folder, shown: shown)
        try sync(top, shown: ".")
    }

    private static func partName(_ token: String) -> String { WorkspacePath.reservedPrefix + token }
}
