import FactoryStore
import FactoryStoreSQLite
import Glibc

/// A data folder on its way: it gets its name when everything in it is there, and until then is `NAME.partial`.
///
/// Whoever fills it holds a lock in it, so that what a process left that was killed is told from what another one is
/// filling now.
struct NewFolder {
    /// Where it will be.
    let path: String
    /// The folder under the name it has until then.
    let folder: OpenFolder

    private let lock: DataFolder.Lock

    /// Makes the folder, in the place of one that was left half filled.
    ///
    /// - Parameter holder: how this process names itself to another that wants to make the same folder.
    init(_ path: String, holder: String) throws(ServerError) {
        self.path = path
        let partial = path + ".partial"
        var status = stat()
        do throws(StoreError) {
            if lstat(partial, &status) == 0 {
                guard access(partial + "/lock", F_OK) == 0 else {
                    throw .unavailable(reason: "\(partial) is in the way; remove it first")
                }
                let leftover = try DataFolder(path: partial).lock(as: holder)
                defer { withExtendedLifetime(leftover) {} }
                try Self.removeAll(partial)
            }
            lock = try DataFolder(path: partial).lock(as: holder)
        } catch {
            if case .unavailable(let reason) = error { throw .storage(reason: reason) }
            throw .store(error)
        }
        folder = try OpenFolder(partial)
    }

    /// Puts everything on the disk and gives the folder its name, which nothing but an empty folder may have.
    func publish() throws(ServerError) {
        try folder.remove("lock")
        try folder.syncFolders()
        guard rename(folder.path, path) == 0 else {
            let code = errno
            guard code != EBUSY, code != EXDEV else {
                throw .storage(reason: "\(path) is where a file system is mounted: name a folder within it")
            }
            guard code != ENOTEMPTY, code != EEXIST, code != ENOTDIR else {
                throw .storage(reason: "\(path) came to hold something meanwhile")
            }
            throw .system("give its name to", path, code)
        }
        let parent = try OpenFolder(Self.parent(of: path))
        guard fsync(parent.number) == 0 else { throw .system("bring to the disk", parent.path, errno) }
    }

    /// Removes what there is of it.
    func discard() {
        // What cannot be removed now is told from a whole folder by its name, and cleared away by the next attempt.
        try? Self.removeAll(folder.path)
        withExtendedLifetime(lock) {}
    }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func removeAll(_ path: String) throws(StoreError) {
        do throws(ServerError) {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            try OpenFolder(parent(of: path)).remove(name)
        } catch {
            throw .unavailable(reason: error.description)
        }
    }
}
