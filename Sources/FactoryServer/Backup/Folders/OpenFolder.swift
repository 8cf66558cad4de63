import FactoryStore
import Glibc

/// An open folder of this machine. What stands in it is reached by its name alone, and links are not followed, so that
/// nobody who changes the tree meanwhile leads a copy out of it.
final class OpenFolder: Sendable {
    /// Something in a folder.
    struct Entry: Sendable {
        enum Kind: Sendable, Hashable { case file, folder, link, other }

        let name: String
        let status: stat

        var kind: Kind {
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            default: .other
            }
        }
    }

    let number: Int32
    /// The path, for messages.
    let path: String

    private init(number: Int32, path: String) {
        self.number = number
        self.path = path
    }

    deinit { close(number) }

    /// Opens the folder at `path`; links on the way to it are followed.
    convenience init(_ path: String) throws(ServerError) {
        let number = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw .system("open", path, errno) }
        self.init(number: number, path: path)
    }

    /// The folder `name` in this one; nil where there is none.
    func folder(_ name: String) throws(ServerError) -> OpenFolder? {
        let found = openat(number, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard found >= 0 else {
            if errno == ENOENT || errno == ENOTDIR || errno == ELOOP { return nil }
            throw .system("open", "\(path)/\(name)", errno)
        }
        return OpenFolder(number: found, path: "\(path)/\(name)")
    }

    /// The folder `name` in this one, made (mode 0700) where there is none.
    func makeFolder(_ name: String) throws(ServerError) -> OpenFolder {
        guard mkdirat(number, name, 0o700) == 0 || errno == EEXIST else {
            throw .system("make", "\(path)/\(name)", errno)
        }
        guard let made = try folder(name) else { throw .system("open", "\(path)/\(name)", ENOTDIR) }
        return made
    }

    /// What stands in the folder now, by name, and how many names are no text.
    func entries() throws(ServerError) -> (entries: [Entry], unnamed: Int) {
        let again = openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard again >= 0, let listing = fdopendir(again) else { throw .system("list", path, errno) }
        defer { closedir(listing) }
        var (entries, unnamed): ([Entry], Int) = ([], 0)
        while true {
            errno = 0
            guard let entry = readdir(listing) else {
                guard errno == 0 else { throw .system("list", path, errno) }
                return (entries.sorted { $0.name < $1.name }, unnamed)
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
            }
            guard let name else {
                unnamed += 1
                continue
            }
            guard name != ".", name != ".." else { continue }
            var status = stat()
            guard fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                if errno == ENOENT { continue }
                throw .system("look at", "\(path)/\(name)", errno)
            }
            entries.append(Entry(name: name, status: status))
        }
    }

    /// Where the link `name` leads, as it is written; nil where there is no link.
    func link(_ name: String) -> String? {
        var text = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        guard readlinkat(number, name, &text, Int(PATH_MAX)) > 0 else { return nil }
        return text.withUnsafeBufferPointer { $0.baseAddress.flatMap(String.init(validatingCString:)) }
    }

    /// Brings the names in this folder, and in those below it, to the disk.
    func syncFolders() throws(ServerError) {
        for entry in try entries().entries where entry.kind == .folder { try folder(entry.name)?.syncFolders() }
        guard fsync(number) == 0 else { throw .system("bring to the disk", path, errno) }
    }

    /// Makes the link `name` to what is named `other` in this folder.
    func makeLink(_ name: String, to other: String) throws(ServerError) {
        guard symlinkat(other, number, name) == 0 else { throw .system("make", "\(path)/\(name)", errno) }
    }

    /// Removes `name`, a folder with all that is in it.
    func remove(_ name: String) throws(ServerError) {
        if unlinkat(number, name, 0) == 0 || errno == ENOENT { return }
        guard errno == EISDIR || errno == EPERM else { throw .system("remove", "\(path)/\(name)", errno) }
        if let folder = try folder(name) {
            for entry in try folder.entries().entries { try folder.remove(entry.name) }
        }
        guard unlinkat(number, name, AT_REMOVEDIR) == 0 || errno == ENOENT else {
            throw .system("remove", "\(path)/\(name)", errno)
        }
    }
}

extension ServerError {
    /// What the system refused: a verb, a path of this machine, its `errno`.
    static func system(_ verb: String, _ path: String, _ code: Int32) -> ServerError {
        code == ENOSPC || code == EDQUOT
            ? .store(.diskFull) : .storage(reason: "cannot \(verb) \(path): \(String(cString: strerror(code)))")
    }
}
