import CFile
import FactoryBlobs
public import FactoryDomain

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Changes of a file whose content is known, beside people who save it meanwhile: the old file is taken out of the way
/// in one step, looked at only then, and put back where it is not what was expected. So nothing that was saved up to
/// the last moment is lost. What an editor writes into a file it still holds open after that is not seen.
extension Workspace {
    /// Makes `bytes` the content of the file at `path`, which holds `before`.
    ///
    /// - Returns: false when it holds something else; that stays.
    public func replace(
        _ bytes: [UInt8], at path: WorkspacePath, holding before: ContentHash, token: String
    ) throws(WorkspaceError) -> Bool {
        let temporary = WorkspacePath.reservedPrefix + token
        let shown = path.rawValue
        try checkSpace(for: Int64(bytes.count))
        let folder = try open(path.parent, as: .folder)
        guard let mode = try modeOfReplaced(path, in: folder) else { return false }
        try clear(temporary, in: folder, shown: shown)
        do throws(WorkspaceError) {
            try fill(temporary, in: folder, with: bytes, mode: mode, shown: shown)
        } catch {
            _ = cfile_remove(folder.number, temporary, 0)
            throw error
        }
        let exchanged = cfile_exchange(folder.number, temporary, path.name)
        switch exchanged {
        case 0: return try settleExchange(path, in: folder, temporary, before: before, after: BlobStore.hash(of: bytes))
        case -EINVAL, -ENOSYS, -EPERM:
            let renamed = cfile_rename(folder.number, temporary, path.name, 1)
            guard renamed == 0 else {
                _ = cfile_remove(folder.number, temporary, 0)
                throw WorkspaceError(code: -renamed, operation: "write", path: shown)
            }
            try sync(folder, shown: shown)
            return true
        default:
            _ = cfile_remove(folder.number, temporary, 0)
            guard exchanged != -ENOENT else { return false }
            throw WorkspaceError(code: -exchanged, operation: "write", path: shown)
        }
    }

    /// Removes the file at `path`, which holds `before`; one that is gone already is no error.
    ///
    /// - Returns: false when it holds something else; that stays.
    public func delete(_ path: WorkspacePath, holding before: ContentHash, token: String) throws(WorkspaceError) -> Bool
    {
        let temporary = WorkspacePath.reservedPrefix + token
        let shown = path.rawValue
        let folder: Descriptor
        do throws(WorkspaceError) { folder = try open(path.parent, as: .folder) } catch {
            guard case .notFound = error else { throw error }
            return true
        }
        try clear(temporary, in: folder, shown: shown)
        let moved = cfile_rename(folder.number, path.name, temporary, 0)
        guard moved != -ENOENT else { return true }
        guard moved == 0 else { throw WorkspaceError(code: -moved, operation: "delete", path: shown) }
        if try hash(of: temporary, in: folder, shown: shown) == before {
            try clear(temporary, in: folder, shown: shown)
            try sync(folder, shown: shown)
            return true
        }
        let back = cfile_rename(folder.number, temporary, path.name, 0)
        // Where somebody saved anew meanwhile, that is the latest, and what was moved away the one before it.
        if back == -EEXIST { try clear(temporary, in: folder, shown: shown) }
        guard back == 0 || back == -EEXIST else {
            throw WorkspaceError(code: -back, operation: "put back", path: shown)
        }
        try sync(folder, shown: shown)
        return false
    }

    /// Ends what a crash interrupted between taking the old file out of the way and looking at it.
    ///
    /// - Returns: false when the old file held something else than `before`; it stands at `path` again.
    func settleLeftover(
        beside path: WorkspacePath, before: ContentHash, after: ContentHash?, token: String
    ) throws(WorkspaceError) -> Bool {
        let temporary = WorkspacePath.reservedPrefix + token
        let shown = path.rawValue
        let folder: Descriptor
        do throws(WorkspaceError) { folder = try open(path.parent, as: .folder) } catch {
            guard case .notFound = error else { throw error }
            return true
        }
        guard let left = try hash(of: temporary, in: folder, shown: shown) else { return true }
        if left == before || left == after {
            try clear(temporary, in: folder, shown: shown)
            return true
        }
        guard let after else {
            let back = cfile_rename(folder.number, temporary, path.name, 0)
            guard back == 0 else { throw WorkspaceError(code: -back, operation: "put back", path: shown) }
            try sync(folder, shown: shown)
            return false
        }
        return try settleExchange(path, in: folder, temporary, before: before, after: after)
    }

    /// The two have changed places: keeps it so if the old file is the one expected, or else lets them change back.
    private func settleExchange(
        _ path: WorkspacePath, in folder: borrowing Descriptor, _ temporary: String, before: ContentHash,
        after: ContentHash
    ) throws(WorkspaceError) -> Bool {
        let shown = path.rawValue
        let isExpected = try hash(of: temporary, in: folder, shown: shown) == before
        if !isExpected {
            try exchange(temporary, path, in: folder)
            // Should somebody have saved between the two steps, a third puts that save in its place.
            if try hash(of: temporary, in: folder, shown: shown) != after { try exchange(temporary, path, in: folder) }
        }
        try clear(temporary, in: folder, shown: shown)
        try sync(folder, shown: shown)
        return isExpected
    }

    private func exchange(
        _ temporary: String, _ path: WorkspacePath, in folder: borrowing Descriptor
    ) throws(WorkspaceError) {
        let exchanged = cfile_exchange(folder.number, temporary, path.name)
        guard exchanged == 0 else {
            throw WorkspaceError(code: -exchanged, operation: "put back", path: path.rawValue)
        }
    }

    /// The hash of a temporary file; of one too large to be read, one that no content has; nil when there is none.
    private func hash(
        of temporary: String, in folder: borrowing Descriptor, shown: String
    ) throws(WorkspaceError) -> ContentHash? {
        let file: Descriptor
        do throws(WorkspaceError) {
            file = try openBeneath(folder.number, temporary, flags: O_RDONLY, shown: shown)
        } catch {
            guard case .notFound = error else { throw error }
            return nil
        }
        do throws(SystemCall.Failure) {
            let bytes = try SystemCall.readAll(file.number, expecting: 0, limit: Workspace.maximumFileBytes)
            return bytes.map { BlobStore.hash(of: $0) } ?? ContentHash(rawValue: "too large")
        } catch { throw WorkspaceError(code: error.code, operation: "read", path: shown) }
    }
}
