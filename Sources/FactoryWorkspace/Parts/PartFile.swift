#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that is being put together, open for writing.
public final class PartFile: Sendable {
    /// Bytes it had when it was opened.
    public let bytes: Int64

    private let descriptor: Int32

    /// Takes the descriptor over.
    init(_ descriptor: Int32, bytes: Int64) {
        self.descriptor = descriptor
        self.bytes = bytes
    }

    deinit { _ = close(descriptor) }

    /// Writes all of `bytes` at `offset`.
    ///
    /// - Throws: `diskFull` and the like; what was written before that stays.
    public func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(WorkspaceError) {
        var written = 0
        while written < bytes.count {
            let place = bytes.baseAddress.map { $0 + written }
            let count = pwrite(descriptor, place, bytes.count - written, off_t(offset) + off_t(written))
            if count < 0 {
                if errno == EINTR { continue }
                throw WorkspaceError(code: errno, operation: "write", path: ".")
            }
            written += count
        }
    }

    /// Returns once everything that was written is on the disk.
    public func sync() throws(WorkspaceError) {
        do throws(SystemCall.Failure) { try SystemCall.sync(descriptor) } catch {
            throw WorkspaceError(code: error.code, operation: "sync", path: ".")
        }
    }
}
