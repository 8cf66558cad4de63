import FactoryDomain
import Glibc

/// A file of this machine, open to be read piece by piece.
final class LocalFile {
    /// Bytes when it was opened.
    let size: Int64
    /// When its content last changed.
    let modified: Timestamp

    private let descriptor: Int32
    private let path: String

    /// Opens the regular file at `path`; nil for anything else that can be read, which has no size.
    init?(_ path: String, of command: String) throws {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        self.path = path
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
            throw CommandFailure(.usage, "\(command): cannot read \(path): \(String(cString: strerror(errno)))")
        }
        size = Int64(status.st_size)
        modified = Timestamp(
            milliseconds: Int64(status.st_mtim.tv_sec) * 1_000 + Int64(status.st_mtim.tv_nsec) / 1_000_000)
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Exactly `count` bytes from `offset` on.
    func bytes(at offset: Int64, _ count: Int) throws -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let found = pread(
                    descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset) + off_t(filled))
                if found < 0, errno == EINTR { continue }
                if found < 0 { failure = errno }
                guard found > 0 else { return }
                filled += found
            }
        }
        guard failure == 0, bytes.count == count else {
            let reason = failure == 0 ? "it became shorter" : String(cString: strerror(failure))
            throw CommandFailure(.usage, "files put: cannot read \(path): \(reason)")
        }
        return bytes
    }
}
