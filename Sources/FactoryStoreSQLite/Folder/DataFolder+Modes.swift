public import FactoryStore
import Glibc

extension DataFolder {
    /// Something of an installation that others on this machine can reach.
    public struct Exposure: Sendable, Hashable {
        /// Its path.
        public var path: String
        /// Its permission bits.
        public var mode: UInt32
        /// The permission bits it should have.
        public var mended: UInt32

        /// One sentence.
        public var description: String {
            let what = mode & 0o022 == 0 ? "read" : mode & 0o044 == 0 ? "write" : "read and write"
            return "others on this machine could \(what) \(path) (mode \(String(mode, radix: 8)))"
        }

        /// The command that mends it.
        public var remedy: String { "chmod \(String(mended, radix: 8)) \(path)" }
    }

    /// What in the folder is for its owner alone. Keys are not among them: who reads one looks at it, and refuses it.
    private static let names = [
        "", "factory.sqlite", "factory.sqlite-wal", "factory.sqlite-shm", "config.yaml", "lock", "blobs", "workspaces",
    ]

    /// What others can reach. Changes nothing.
    ///
    /// - Throws: ``StoreError/unavailable(reason:)`` for what belongs to somebody else, who could change it at any time.
    public func exposures() throws(StoreError) -> [Exposure] {
        var found: [Exposure] = []
        for name in Self.names {
            let path = name.isEmpty ? self.path : "\(self.path)/\(name)"
            var status = stat()
            // By its name: closing another descriptor of a store's file would give up the locks that SQLite has on it.
            guard stat(path, &status) == 0 else { continue }
            guard status.st_uid == geteuid() || status.st_uid == 0 || geteuid() == 0 else {
                throw .unavailable(
                    reason: "\(path) belongs to another user (\(status.st_uid)): chown it to the one who runs this")
            }
            guard status.st_mode & 0o077 != 0 else { continue }
            found.append(
                Exposure(path: path, mode: status.st_mode & 0o777, mended: status.st_mode & 0o700))
        }
        return found
    }

    /// Takes what others can reach from them, and gives what that was.
    ///
    /// - Throws: ``StoreError/unavailable(reason:)`` for what belongs to somebody else, or cannot be taken from others.
    public func takeFromOthers() throws(StoreError) -> [Exposure] {
        let found = try exposures()
        for exposure in found where chmod(exposure.path, exposure.mended) != 0 {
            throw .unavailable(
                reason: "\(exposure.description), and that cannot be changed (\(String(cString: strerror(errno)))): "
                    + exposure.remedy)
        }
        return found
    }
}
