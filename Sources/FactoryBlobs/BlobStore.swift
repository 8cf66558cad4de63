import Crypto
public import FactoryDomain
import Glibc

/// Bytes under their own SHA-256, one file each, in a folder of the data folder.
///
/// A value is written to a temporary name, synced, renamed to `ab/cdef…` and its folder synced, so once ``put(_:)``
/// returns the bytes survive a power cut: a transaction may then name them. Putting the same bytes again writes
/// nothing. Calls block for the disk.
public struct BlobStore: Sendable {
    /// Largest value that ``put(_:)`` takes: 64 MiB. Values are held in memory on the way.
    public static let maxBytes = 64 * 1024 * 1024

    let folder: String
    let keeper = BlobKeeper()
    private let temporaryName: @Sendable () -> String

    /// Opens the blob store in `folder`, creating the folder (mode 0700) if need be.
    ///
    /// - Parameter temporaryName: gives names that are unused in `folder`.
    public init(folder: String, temporaryName: @escaping @Sendable () -> String) throws(BlobError) {
        self.folder = folder
        self.temporaryName = temporaryName
        try Self.makeFolder(folder)
    }

    /// Keeps `bytes` and gives their address.
    public func put(_ bytes: [UInt8]) throws(BlobError) -> ContentHash {
        guard bytes.count <= Self.maxBytes else { throw .tooLarge(bytes: bytes.count, limit: Self.maxBytes) }
        let hash = Self.hash(of: bytes)
        let path = path(of: hash)
        keeper.note(hash)
        if access(path, F_OK) == 0 { return hash }
        let shelf = folder + "/" + hash.rawValue.prefix(2)
        if try Self.makeFolder(shelf) { try Self.sync(folder: folder) }
        let temporary = folder + "/" + temporaryName()
        do throws(BlobError) {
            try Self.write(bytes, to: temporary)
            guard rename(temporary, path) == 0 else { throw BlobError.system("rename", errno) }
            try Self.sync(folder: shelf)
        } catch {
            unlink(temporary)
            throw error
        }
        return hash
    }

    /// Keeps what is under `hash` from being collected, as if it were put now: for work that is about to name it once
    /// more and holds a ``BlobLease``.
    public func hold(_ hash: ContentHash) throws(BlobError) {
        keeper.note(hash)
        _ = try size(of: hash)
    }

    /// The bytes under `hash`, checked against it.
    public func read(_ hash: ContentHash, maxBytes: Int = BlobStore.maxBytes) throws(BlobError) -> [UInt8] {
        let descriptor = open(path(of: hash), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw errno == ENOENT ? .missing(hash) : .system("open", errno) }
        defer { close(descriptor) }
        let size = try Self.size(of: descriptor)
        guard size <= maxBytes else { throw .tooLarge(bytes: Int(size), limit: maxBytes) }
        var bytes = [UInt8](repeating: 0, count: Int(size))
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system("read", count == 0 ? EIO : errno) }
            offset += count
        }
        guard Self.hash(of: bytes) == hash else { throw .damaged(hash) }
        return bytes
    }

    /// Size in bytes of what `hash` names.
    public func size(of hash: ContentHash) throws(BlobError) -> Int64 {
        var status = stat()
        guard stat(path(of: hash), &status) == 0 else {
            throw errno == ENOENT ? .missing(hash) : .system("stat", errno)
        }
        return Int64(status.st_size)
    }

    /// The address that `bytes` have, whether kept or not.
    public static func hash(of bytes: [UInt8]) -> ContentHash { address(SHA256.hash(data: bytes)) }

    static func address(_ digest: SHA256Digest) -> ContentHash {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in digest {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return ContentHash(rawValue: String(decoding: text, as: UTF8.self))
    }

    func path(of hash: ContentHash) -> String {
        folder + "/" + hash.rawValue.prefix(2) + "/" + hash.rawValue.dropFirst(2)
    }

    private static func size(of descriptor: Int32) throws(BlobError) -> Int64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system("fstat", errno) }
        return Int64(status.st_size)
    }

    /// Makes the folder at `path`; false when it was there.
    @discardableResult
    private static func makeFolder(_ path: String) throws(BlobError) -> Bool {
        if mkdir(path, 0o700) == 0 { return true }
        guard errno == EEXIST else { throw .system("mkdir", errno) }
        return false
    }

    private static func write(_ bytes: [UInt8], to path: String) throws(BlobError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system("open", errno) }
        defer { close(descriptor) }
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system("write", errno) }
            offset += count
        }
        guard fsync(descriptor) == 0 else { throw .system("fsync", errno) }
    }

    private static func sync(folder path: String) throws(BlobError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("open", errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system("fsync", errno) }
    }
}
