import FactoryBlobs
public import FactoryDomain

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Workspace {
    /// The file at `path`, open for reading piece by piece, whatever its size.
    public func reader(of path: WorkspacePath) throws(WorkspaceError) -> FileReader {
        let file = try open(path, as: .file)
        let status = try status(of: file, shown: path.rawValue)
        return try FileReader(file.release(), status, shown: path.rawValue)
    }
}

/// A file that stays open, so that what is read of it is one content even where another takes its place meanwhile.
public final class FileReader: Sendable {
    /// Bytes of the file when it was opened, and when its content last changed.
    public let status: FileStatus
    /// Changes with every replacement of the file and, as far as its clock tells, with every write into it.
    public let mark: String

    private let descriptor: Int32
    private let shown: String

    /// Takes the descriptor over.
    init(_ descriptor: Int32, _ status: stat, shown: String) throws(WorkspaceError) {
        self.descriptor = descriptor
        self.shown = shown
        #if canImport(Glibc)
            let time = status.st_mtim
        #else
            let time = status.st_mtimespec
        #endif
        mark = "\(status.st_ino)-\(status.st_size)-\(time.tv_sec)-\(time.tv_nsec)"
        self.status = try FileStatus(status, shown: shown)
    }

    deinit { _ = close(descriptor) }

    /// At most `count` bytes from `offset` on; none at the end.
    public func read(at offset: Int64, _ count: Int) throws(WorkspaceError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let place = buffer.baseAddress.map { $0 + filled }
                let found = pread(descriptor, place, count - filled, off_t(offset) + off_t(filled))
                if found < 0, errno == EINTR { continue }
                if found < 0 { failure = errno }
                guard found > 0 else { return }
                filled += found
            }
        }
        guard failure == 0 else { throw WorkspaceError(code: failure, operation: "read", path: shown) }
        return bytes
    }

    /// The address of the whole content.
    public func hash() throws(WorkspaceError) -> ContentHash {
        var hasher = ContentHasher()
        var offset: Int64 = 0
        while true {
            let piece = try read(at: offset, Self.pieceBytes)
            guard !piece.isEmpty else { return hasher.finish() }
            piece.withUnsafeBytes { hasher.update($0) }
            offset += Int64(piece.count)
        }
    }

    /// Bytes that are read at once: 256 KiB.
    public static let pieceBytes = 256 << 10
}
