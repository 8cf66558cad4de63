public import FactoryStore
import Glibc

/// The folder in which one installation keeps everything: store, blobs, keys.
///
/// The engine that writes holds ``Lock``: taking it proves that the last holder is dead, because the operating system
/// gives it back with the process, however that ended.
public struct DataFolder: Sendable {
    /// Path of the folder, absolute or from the current one.
    public let path: String

    /// Makes the folder (mode 0700) with its parents if need be.
    public init(path: String) throws(StoreError) {
        self.path = path
        var partial = path.hasPrefix("/") ? "" : "."
        for component in path.split(separator: "/") {
            partial += "/" + component
            guard mkdir(partial, 0o700) == 0 || errno == EEXIST || errno == EISDIR || errno == EROFS || errno == EACCES
            else { throw Self.unavailable("cannot make the data folder", errno) }
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else { throw Self.unavailable("cannot use the data folder", errno) }
        var status = stat()
        guard stat(path, &status) == 0 else { throw Self.unavailable("cannot look at the data folder", errno) }
        // Whoever may write here could put files of their own in the place of the store and of the key.
        guard status.st_mode & 0o002 == 0 else {
            throw .unavailable(reason: "everybody may write into the data folder \(path): chmod 700 \(path)")
        }
    }

    /// The folder at `path` as it is; nil where no store has been made in it. Makes nothing.
    public init?(holdingStoreAt path: String) {
        self.path = path
        guard hasStore else { return nil }
    }

    /// Path of the SQLite file.
    public var databasePath: String { path + "/factory.sqlite" }
    /// Folder of the blob store.
    public var blobsPath: String { path + "/blobs" }
    /// True when a store has been made here.
    public var hasStore: Bool { access(databasePath, F_OK) == 0 }

    /// The exclusive lock of the engine that writes to this folder, held until the value is gone.
    public final class Lock: Sendable {
        private let descriptor: Int32
        fileprivate init(descriptor: Int32) { self.descriptor = descriptor }
        deinit { close(descriptor) }
    }

    /// Takes the lock, or throws ``StoreError/held(by:)`` with what the holder wrote about itself.
    ///
    /// - Parameter holder: how this process wants to be named, for example `factory run (process 4711)`.
    public func lock(as holder: String) throws(StoreError) -> Lock {
        let descriptor = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.unavailable("cannot open the lock file", errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            let name = Self.text(of: descriptor)
            close(descriptor)
            guard code == EWOULDBLOCK else { throw Self.unavailable("cannot lock the data folder", code) }
            throw .held(by: name.isEmpty ? "another process" : name)
        }
        let bytes = Array((holder + "\n").utf8)
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
            let code = errno
            close(descriptor)
            throw Self.unavailable("cannot write the lock file", code)
        }
        return Lock(descriptor: descriptor)
    }

    /// Makes the empty SQLite file, readable for its owner alone; SQLite gives its companions the same mode.
    func makeDatabaseFile() throws(StoreError) {
        let descriptor = open(databasePath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.unavailable("cannot make the store", errno) }
        close(descriptor)
    }

    private static func text(of descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = max(0, pread(descriptor, &bytes, bytes.count, 0))
        return String(decoding: bytes.prefix(count).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    private static func unavailable(_ what: String, _ code: Int32) -> StoreError {
        code == ENOSPC ? .diskFull : .unavailable(reason: "\(what): \(String(cString: strerror(code)))")
    }
}
