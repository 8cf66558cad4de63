import FactoryDomain
import Glibc

/// A copy of a tree into which others write meanwhile, by replacing whole files.
///
/// The first pass copies everything, each further one what has changed since and removes what is gone. A pass that finds
/// nothing to do has seen the whole tree as it was copied.
struct FolderCopy {
    /// A copied file.
    struct File {
        var hash: ContentHash
        var bytes: Int64
        /// Tells whether the original is the one that was copied.
        var mark: Mark
    }

    /// What changes about a file when it is replaced or written.
    struct Mark: Equatable {
        var inode: UInt
        var size: Int
        var changed: [Int]

        init(_ status: stat) {
            inode = status.st_ino
            size = status.st_size
            changed = [
                status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
            ]
        }
    }

    /// How deep folders are looked into.
    static let maximumDepth = 128

    /// What was copied, by its path in the tree.
    private(set) var files: [String: File] = [:]
    /// Folders in which nothing is.
    private(set) var emptyFolders: Set<String> = []
    /// Links that stand in the tree's own folder and name another thing there, with that name.
    private(set) var links: [String: String] = [:]
    /// What can not be copied: other links, pipes, devices, names that are no text.
    private(set) var leftOut: Set<String> = []

    private let source: OpenFolder
    private let target: OpenFolder

    init(from source: OpenFolder, to target: OpenFolder) {
        self.source = source
        self.target = target
    }

    /// Brings the copy up to date; false where it was.
    mutating func pass() throws(ServerError) -> Bool {
        (emptyFolders, leftOut) = ([], [])
        return try walk(source, target, "", depth: 0)
    }

    private mutating func walk(
        _ source: OpenFolder, _ target: OpenFolder, _ place: String, depth: Int
    ) throws(ServerError) -> Bool {
        let (found, unnamed) = try source.entries()
        if unnamed > 0 { leftOut.insert("\(place)(\(unnamed) names that are no text)") }
        var hasChanged = try removeGone(from: target, place, found)
        for entry in found {
            let path = place + entry.name
            switch entry.kind {
            case .file:
                let mark = Mark(entry.status)
                guard files[path]?.mark != mark else { continue }
                hasChanged = true
                if let copied = try source.copy(entry.name, to: target, as: entry.name) {
                    files[path] = File(hash: copied.hash, bytes: copied.bytes, mark: mark)
                } else {
                    files[path] = nil
                }
            case .folder:
                guard depth < Self.maximumDepth, let inner = try source.folder(entry.name) else {
                    leftOut.insert(path)
                    continue
                }
                let copy = try target.makeFolder(entry.name)
                if try walk(inner, copy, path + "/", depth: depth + 1) { hasChanged = true }
            case .link:
                guard depth == 0, let name = source.link(entry.name), Self.isPlain(name) else {
                    leftOut.insert(path)
                    continue
                }
                guard links[path] != name else { continue }
                hasChanged = true
                try target.remove(entry.name)
                try target.makeLink(entry.name, to: name)
                links[path] = name
            case .other: leftOut.insert(path)
            }
        }
        if found.isEmpty, depth > 0 { emptyFolders.insert(String(place.dropLast())) }
        return hasChanged
    }

    /// Removes from the copy what the original has no more, or has as another kind of thing.
    private mutating func removeGone(
        from target: OpenFolder, _ place: String, _ found: [OpenFolder.Entry]
    ) throws(ServerError) -> Bool {
        let kinds = Dictionary(uniqueKeysWithValues: found.map { ($0.name, $0.kind) })
        var hasChanged = false
        for old in try target.entries().entries where kinds[old.name] != old.kind {
            try target.remove(old.name)
            let path = place + old.name
            links[path] = nil
            for gone in files.keys where gone == path || gone.hasPrefix(path + "/") { files[gone] = nil }
            hasChanged = true
        }
        return hasChanged
    }

    /// A name that leads nowhere else.
    static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name != "." && name != ".." && !name.utf8.contains(UInt8(ascii: "/"))
            && !name.utf8.contains(0)
    }
}
