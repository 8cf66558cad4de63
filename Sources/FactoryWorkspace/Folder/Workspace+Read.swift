import CFile
import FactoryBlobs
public import FactoryDomain

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What stands at a path.
public struct FileStatus: Sendable, Hashable {
    /// The two kinds that steps can reach.
    public enum Kind: Sendable, Hashable { case file, folder }

    /// Which of them it is.
    public var kind: Kind
    /// Bytes of a file; 0 for a folder.
    public var size: Int64
    /// When the content last changed; nil where only a staged change is known.
    public var modified: Timestamp?

    /// A status of these values.
    public init(kind: Kind, size: Int64, modified: Timestamp?) {
        self.kind = kind
        self.size = size
        self.modified = modified
    }
}

extension Workspace {
    /// Largest file that is read or written whole: 16 MiB.
    public static let maximumFileBytes = 16 * 1024 * 1024

    /// The bytes of the file at `path`.
    ///
    /// - Throws: `limit(.fileBytes)` above `maxBytes`, counted while reading.
    public func read(
        _ path: WorkspacePath, maxBytes: Int = Workspace.maximumFileBytes
    ) throws(WorkspaceError) -> [UInt8] {
        let file = try open(path, as: .file)
        let size = Int(try status(of: file, shown: path.rawValue).st_size)
        let bytes: [UInt8]?
        do {
            bytes = try SystemCall.readAll(file.number, expecting: size, limit: maxBytes)
        } catch {
            throw WorkspaceError(code: error.code, operation: "read", path: path.rawValue)
        }
        guard let bytes else { throw .limit(.fileBytes(path: path.rawValue, bytes: Int64(maxBytes))) }
        return bytes
    }

    /// The bytes of the file at `path`, nil when nothing stands there or above it.
    public func readIfPresent(_ path: WorkspacePath) throws(WorkspaceError) -> [UInt8]? {
        do throws(WorkspaceError) {
            return try read(path)
        } catch {
            guard case .notFound = error else { throw error }
            return nil
        }
    }

    /// The hash of the file at `path` now, nil when there is none.
    public func hash(of path: WorkspacePath) throws(WorkspaceError) -> ContentHash? {
        do throws(WorkspaceError) {
            return try reader(of: path).hash()
        } catch {
            guard case .notFound = error else { throw error }
            return nil
        }
    }

    /// What stands at `path`, nil when nothing does.
    ///
    /// - Throws: `denied` for links and special files, which are never looked through.
    public func status(of path: WorkspacePath) throws(WorkspaceError) -> FileStatus? {
        do throws(WorkspaceError) {
            let folder = try open(path.parent, as: .folder)
            let status = try entry(path.name, in: folder, shown: path.rawValue)
            if status.st_mode & S_IFMT == S_IFREG { try checkFile(status, shown: path.rawValue) }
            return try FileStatus(status, shown: path.rawValue)
        } catch {
            guard case .notFound = error else { throw error }
            return nil
        }
    }

    /// What stands at `name`, a link itself included.
    func entry(_ name: String, in folder: borrowing Descriptor, shown: String) throws(WorkspaceError) -> stat {
        var status = stat()
        guard fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw WorkspaceError(code: errno, operation: "look at", path: shown)
        }
        return status
    }
}

extension FileStatus {
    init(_ status: stat, shown: String) throws(WorkspaceError) {
        #if canImport(Glibc)
            let time = status.st_mtim
        #else
            let time = status.st_mtimespec
        #endif
        modified = Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
        switch status.st_mode & S_IFMT {
        case S_IFREG: (kind, size) = (.file, Int64(status.st_size))
        case S_IFDIR: (kind, size) = (.folder, 0)
        case S_IFLNK: throw .denied(path: shown, reason: .symbolicLink)
        default: throw .denied(path: shown, reason: .specialFile)
        }
    }
}
