import FactoryStore
import GRDB
import Glibc

/// A whole copy of a store in one file: consistent, on the disk, checked, for its owner alone.
///
/// It is written under a name of its own and gets its place when it is whole, so that no half copy ever stands there.
struct StoreCopy {
    /// Where the copy goes; what stands there is replaced.
    let path: String

    /// Copies `database` as it is now, beside whoever writes to it.
    func make(from database: any DatabaseReader) throws {
        let partial = path + ".partial"
        let files = ["", "-journal", "-wal", "-shm"].map { partial + $0 }
        for leftover in files { unlink(leftover) }
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("cannot make \(partial)") }
        close(descriptor)
        do {
            let copy = try DatabaseQueue(path: partial)
            try database.backup(to: copy)
            try Self.check(copy)
            try copy.close()
            guard rename(partial, path) == 0 else { throw Self.failure("cannot put the copy in place") }
        } catch {
            for leftover in files { unlink(leftover) }
            throw error
        }
        let folder = open(Self.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw Self.failure("cannot open the folder of the copy") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw Self.failure("cannot sync the folder of the copy") }
    }

    private static func check(_ copy: DatabaseQueue) throws {
        let verdict = try copy.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") ?? "no answer" }
        guard verdict == "ok" else { throw StoreError.unavailable(reason: "the copy is damaged: \(verdict)") }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func failure(_ what: String) -> StoreError {
        errno == ENOSPC ? .diskFull : .unavailable(reason: "\(what): \(String(cString: strerror(errno)))")
    }
}
