import Glibc

/// The store that the program of format 1 left behind, with a finished run (number 1) and one whose process was killed
/// in its second step (number 2).
public enum OldStore {
    /// The store could not be copied.
    public struct CopyFailed: Error {
        /// What the system said.
        public let reason: String
    }

    /// Puts a copy of it as the store of the data folder at `path`.
    public static func place(in path: String) throws {
        // This file stands in Sources/FactoryTestKit/Folders.
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let from = open("/\(root)/Tests/Fixtures/format-1.sqlite", O_RDONLY)
        let to = open("\(path)/factory.sqlite", O_WRONLY | O_CREAT | O_EXCL, 0o600)
        defer { for descriptor in [from, to] where descriptor >= 0 { close(descriptor) } }
        guard from >= 0, to >= 0, sendfile(to, from, nil, 16 << 20) > 0 else {
            throw CopyFailed(reason: String(cString: strerror(errno)))
        }
    }
}
