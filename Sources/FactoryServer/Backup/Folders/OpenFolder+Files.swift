import FactoryBlobs
import FactoryDomain
import Glibc

extension OpenFolder {
    private static let pieceBytes = 1 << 20

    /// The regular file `name`; nil where there is none.
    func file(_ name: String) throws(ServerError) -> OpenFile? {
        let number = openat(self.number, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else {
            if errno == ENOENT || errno == ELOOP || errno == ENXIO { return nil }
            throw .system("read", "\(path)/\(name)", errno)
        }
        let file = OpenFile(number: number)
        var status = stat()
        guard fstat(number, &status) == 0 else { throw .system("look at", "\(path)/\(name)", errno) }
        return status.st_mode & S_IFMT == S_IFREG ? file : nil
    }

    /// The address of the bytes of the file `name`, and how many there are; nil where there is no such file.
    func hash(_ name: String) throws(ServerError) -> (hash: ContentHash, bytes: Int64)? {
        guard let file = try file(name) else { return nil }
        return try Self.pass(file, "\(path)/\(name)", to: nil)
    }

    /// Copies the file `name` into `target`, in the place of what has its name there, with its mode and its time.
    ///
    /// - Returns: the address of its bytes and how many there were; nil where there is no such file.
    func copy(_ name: String, to target: OpenFolder, as newName: String) throws(ServerError) -> (
        hash: ContentHash, bytes: Int64
    )? {
        guard let file = try file(name) else { return nil }
        let shown = "\(target.path)/\(newName)"
        var status = stat()
        guard fstat(file.number, &status) == 0 else { throw .system("look at", "\(path)/\(name)", errno) }
        unlinkat(target.number, newName, 0)
        let number = openat(target.number, newName, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw .system("make", shown, errno) }
        let copy = OpenFile(number: number)
        let done = try Self.pass(file, "\(path)/\(name)", to: (copy, shown))
        let times = [status.st_atim, status.st_mtim]
        guard fchmod(number, status.st_mode & 0o777) == 0, futimens(number, times) == 0, fsync(number) == 0 else {
            throw .system("finish", shown, errno)
        }
        return done
    }

    /// Writes `bytes` to the new file `name`, for its owner alone.
    func write(_ bytes: [UInt8], to name: String) throws(ServerError) {
        let number = openat(self.number, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw .system("make", "\(path)/\(name)", errno) }
        let file = OpenFile(number: number)
        try file.write(bytes[...], shown: "\(path)/\(name)")
        guard fsync(number) == 0 else { throw .system("finish", "\(path)/\(name)", errno) }
    }

    /// The bytes of the file `name`, at most `limit`; nil where there is none.
    func read(_ name: String, limit: Int) throws(ServerError) -> [UInt8]? {
        guard let file = try file(name) else { return nil }
        var bytes: [UInt8] = []
        while case let piece = try file.read(Self.pieceBytes, shown: "\(path)/\(name)"), !piece.isEmpty {
            bytes += piece
            guard bytes.count <= limit else { throw .storage(reason: "\(path)/\(name) is larger than it can be") }
        }
        return bytes
    }

    private static func pass(
        _ file: OpenFile, _ shown: String, to target: (file: OpenFile, shown: String)?
    ) throws(ServerError) -> (hash: ContentHash, bytes: Int64) {
        var (hasher, bytes): (ContentHasher, Int64) = (ContentHasher(), 0)
        while case let piece = try file.read(pieceBytes, shown: shown), !piece.isEmpty {
            piece.withUnsafeBytes { hasher.update($0) }
            bytes += Int64(piece.count)
            if let target { try target.file.write(piece[...], shown: target.shown) }
        }
        return (hasher.finish(), bytes)
    }
}

/// An open file, closed with the value.
final class OpenFile: Sendable {
    let number: Int32

    init(number: Int32) { self.number = number }

    deinit { close(number) }

    /// The next bytes, none at the end.
    func read(_ count: Int, shown: String) throws(ServerError) -> [UInt8] {
        var (bytes, code): ([UInt8], Int32) = ([], 0)
        bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            var found = Glibc.read(number, buffer.baseAddress, count)
            while found < 0, errno == EINTR { found = Glibc.read(number, buffer.baseAddress, count) }
            if found < 0 { code = errno }
            filled = max(0, found)
        }
        guard code == 0 else { throw .system("read", shown, code) }
        return bytes
    }

    func write(_ bytes: ArraySlice<UInt8>, shown: String) throws(ServerError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system("write", shown, errno) }
            rest = rest.dropFirst(count)
        }
    }
}
