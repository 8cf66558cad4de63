/// A file that a job finds in its folder.
public struct SandboxFile: Sendable {
    /// Where the bytes come from.
    public enum Content: Sendable {
        /// These bytes.
        case bytes([UInt8])
        /// Everything that an open descriptor of a regular file gives from its start. Read before the call of
        /// ``Sandbox/run(_:onOutput:)`` returns, and left open.
        case descriptor(Int32)
    }

    /// Path within the job's folder, `/` between components.
    public var path: String
    /// Its bytes.
    public var content: Content

    /// A file at `path`.
    public init(path: String, content: Content) {
        self.path = path
        self.content = content
    }
}

extension SandboxFile {
    /// Longest path, in bytes of UTF-8.
    static let longestPath = 1024
    /// Most components of a path.
    static let deepestPath = 32

    static func check(_ files: [SandboxFile], limits: SandboxLimits) throws(SandboxError) {
        guard files.count <= limits.folderEntries else {
            throw .invalidJob("\(files.count) files are more than a job's folder holds (\(limits.folderEntries))")
        }
        var folders: Set<String> = []
        var paths: Set<String> = []
        for file in files {
            guard isSafe(file.path) else { throw .invalidJob("“\(file.path)” is not a path below the job's folder") }
            guard paths.insert(file.path).inserted else { throw .invalidJob("“\(file.path)” is given twice") }
            for index in file.path.indices where file.path[index] == "/" {
                folders.insert(String(file.path[..<index]))
            }
        }
        if let both = paths.intersection(folders).min() {
            throw .invalidJob("“\(both)” is given as a file and as a folder")
        }
    }

    /// Whether `path` is relative, short, and made of names alone.
    static func isSafe(_ path: String) -> Bool {
        let components = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return path.utf8.count <= longestPath && components.count <= deepestPath
            && path.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
            && components.allSatisfy { name in
                !name.isEmpty && name.count <= 255 && !name.elementsEqual(".".utf8) && !name.elementsEqual("..".utf8)
            }
    }
}
