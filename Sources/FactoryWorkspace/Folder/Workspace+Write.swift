import CFile
import FactoryBlobs

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Workspace {
    static let folderMode: mode_t = 0o700

    /// Writes the file at `path`: a temporary file, synced, renamed, and its folder synced, so that at every moment
    /// either the old or the new content stands there.
    ///
    /// A new file has mode 0600 and missing folders are made with 0700; a replaced file keeps its permission bits.
    /// - Parameters:
    ///   - onlyIfAbsent: an existing file is `exists`, decided by the kernel together with the rename.
    ///   - token: names the temporary file: up to 64 letters and digits that no other writer of this folder uses at
    ///     the same time. A leftover of the same token is replaced.
    public func write(
        _ bytes: [UInt8], to path: WorkspacePath, onlyIfAbsent: Bool = false, token: String
    ) throws(WorkspaceError) {
        try checkSpace(for: Int64(bytes.count))
        try makeFolders(path.folders)
        let folder = try open(path.parent, as: .folder)
        let mode = try modeOfReplaced(path, in: folder)
        if onlyIfAbsent, mode != nil { throw .exists(path: path.rawValue) }
        let temporary = WorkspacePath.reservedPrefix + token
        try clear(temporary, in: folder, shown: path.rawValue)
        do throws(WorkspaceError) {
            try fill(temporary, in: folder, with: bytes, mode: mode, shown: path.rawValue)
            let renamed = cfile_rename(folder.number, temporary, path.name, onlyIfAbsent ? 0 : 1)
            guard renamed == 0 else { throw WorkspaceError(code: -renamed, operation: "write", path: path.rawValue) }
        } catch {
            _ = cfile_remove(folder.number, temporary, 0)
            throw error
        }
        try sync(folder, shown: path.rawValue)
    }

    /// Removes what an interrupted writer of the same token left.
    func clear(_ temporary: String, in folder: borrowing Descriptor, shown: String) throws(WorkspaceError) {
        let leftover = cfile_remove(folder.number, temporary, 0)
        guard leftover == 0 || leftover == -ENOENT else {
            throw WorkspaceError(code: -leftover, operation: "clear away a leftover beside", path: shown)
        }
    }

    /// Removes the file at `path`; one that is gone already is no error.
    public func delete(_ path: WorkspacePath) throws(WorkspaceError) {
        do throws(WorkspaceError) {
            let folder = try open(path.parent, as: .folder)
            let status = try FileStatus(entry(path.name, in: folder, shown: path.rawValue), shown: path.rawValue)
            guard status.kind == .file else { throw WorkspaceError.isFolder(path: path.rawValue) }
            let result = cfile_remove(folder.number, path.name, 0)
            guard result == 0 else { throw WorkspaceError(code: -result, operation: "delete", path: path.rawValue) }
            try sync(folder, shown: path.rawValue)
        } catch {
            guard case .notFound = error else { throw error }
        }
    }

    /// Removes the folder at `path` when it is empty and has the mode that ``write(_:to:onlyIfAbsent:token:)`` gives to
    /// the folders it makes.
    func removeIfMadeHere(_ path: WorkspacePath) throws(WorkspaceError) {
        do throws(WorkspaceError) {
            let folder = try open(path.parent, as: .folder)
            let status = try entry(path.name, in: folder, shown: path.rawValue)
            guard status.st_mode & S_IFMT == S_IFDIR, status.st_mode & 0o7777 == Self.folderMode else { return }
            let result = cfile_remove(folder.number, path.name, 1)
            if result == -ENOTEMPTY || result == -EEXIST { return }
            guard result == 0 else { throw WorkspaceError(code: -result, operation: "remove", path: path.rawValue) }
            try sync(folder, shown: path.rawValue)
        } catch {
            guard case .notFound = error else { throw error }
        }
    }

    /// Free bytes of the volume for this process, and the volume's size.
    public func space() throws(WorkspaceError) -> (freeBytes: Int64, totalBytes: Int64) {
        var (free, total): (UInt64, UInt64) = (0, 0)
        let result = cfile_space(root, &free, &total)
        guard result == 0 else { throw WorkspaceError(code: -result, operation: "measure", path: ".") }
        return (Int64(clamping: free), Int64(clamping: total))
    }

    /// Refuses with `diskFull` what the volume has no room for above the ``floor``.
    public func checkSpace(for bytes: Int64) throws(WorkspaceError) {
        let (free, total) = try space()
        let floor = self.floor.bytes(ofTotal: total)
        guard free - bytes >= floor else { throw .diskFull(freeBytes: free, floorBytes: floor) }
    }

    func makeFolders(_ folders: [WorkspacePath]) throws(WorkspaceError) {
        for folder in folders {
            do throws(WorkspaceError) {
                _ = try open(folder, as: .folder)
            } catch {
                guard case .notFound = error else { throw error }
                let parent = try open(folder.parent, as: .folder)
                let result = cfile_make_folder(parent.number, folder.name, Self.folderMode)
                guard result == 0 || result == -EEXIST else {
                    throw WorkspaceError(code: -result, operation: "make the folder", path: folder.rawValue)
                }
                try sync(parent, shown: folder.rawValue)
            }
        }
    }

    /// The permission bits of the file that is replaced, nil when there is none.
    func modeOfReplaced(
        _ path: WorkspacePath, in folder: borrowing Descriptor
    ) throws(WorkspaceError) -> mode_t? {
        let status: stat
        do throws(WorkspaceError) {
            status = try entry(path.name, in: folder, shown: path.rawValue)
        } catch {
            guard case .notFound = error else { throw error }
            return nil
        }
        guard try FileStatus(status, shown: path.rawValue).kind == .file else { throw .isFolder(path: path.rawValue) }
        guard status.st_nlink == 1 else { throw .denied(path: path.rawValue, reason: .hardLink) }
        guard status.st_uid == geteuid() || kind == .personal else {
            throw .denied(path: path.rawValue, reason: .foreignOwner)
        }
        return status.st_mode & 0o777
    }

    func fill(
        _ temporary: String, in folder: borrowing Descriptor, with bytes: [UInt8], mode: mode_t?, shown: String
    ) throws(WorkspaceError) {
        let file = try create(temporary, in: folder, shown: shown)
        do throws(SystemCall.Failure) {
            try SystemCall.writeAll(file.number, bytes)
            if let mode, fchmod(file.number, mode) != 0 { throw SystemCall.Failure(code: errno) }
            try SystemCall.sync(file.number)
        } catch {
            throw WorkspaceError(code: error.code, operation: "write", path: shown)
        }
    }

    func sync(_ folder: borrowing Descriptor, shown: String) throws(WorkspaceError) {
        do throws(SystemCall.Failure) {
            try SystemCall.sync(folder.number)
        } catch {
            throw WorkspaceError(code: error.code, operation: "sync the folder of", path: shown)
        }
    }
}
