import CFile

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Workspace {
    /// What may stand at a path that is opened.
    enum Expected { case file, folder }

    /// The one function that opens something in a workspace. nil as path is the workspace's own folder.
    func open(_ path: WorkspacePath?, as expected: Expected) throws(WorkspaceError) -> Descriptor {
        let text = path?.rawValue ?? "."
        let flags = O_RDONLY | (expected == .folder ? O_DIRECTORY : 0)
        let descriptor: Descriptor
        do throws(WorkspaceError) {
            descriptor = try openBeneath(root, text, flags: flags, shown: text)
        } catch {
            guard case .notFolder = error, let path else { throw error }
            throw .notFolder(path: try fileOnTheWay(to: path).rawValue)
        }
        guard expected == .file else { return descriptor }
        try checkFile(try status(of: descriptor, shown: text), shown: text)
        return descriptor
    }

    /// A new file `name` in an open folder; an existing one is never opened.
    func create(_ name: String, in folder: borrowing Descriptor, shown: String) throws(WorkspaceError) -> Descriptor {
        try openBeneath(folder.number, name, flags: O_WRONLY | O_CREAT | O_EXCL, shown: shown)
    }

    /// The topmost folder of `path` that is a file, or else `path` itself.
    private func fileOnTheWay(to path: WorkspacePath) throws(WorkspaceError) -> WorkspacePath {
        for folder in path.folders where try status(of: folder)?.kind == .file { return folder }
        return path
    }

    /// Hands `path` to the kernel as it is; what it may look like was checked before.
    func openBeneath(
        _ folder: Int32, _ path: String, flags: Int32, shown: String
    ) throws(WorkspaceError) -> Descriptor {
        let walk = resolution == .automatic ? CFILE_AUTOMATIC : CFILE_COMPONENTS
        let result = cfile_open(folder, path, flags, 0o600, walk)
        guard result >= 0 else { throw WorkspaceError(code: -result, operation: "open", path: shown) }
        return Descriptor(number: result)
    }

    func status(of descriptor: borrowing Descriptor, shown: String) throws(WorkspaceError) -> stat {
        var status = stat()
        guard fstat(descriptor.number, &status) == 0 else {
            throw WorkspaceError(code: errno, operation: "look at", path: shown)
        }
        return status
    }

    /// Regular files only; in a managed workspace only those that nobody else can reach by another name.
    func checkFile(_ status: stat, shown: String) throws(WorkspaceError) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw .isFolder(path: shown)
        default: throw .denied(path: shown, reason: .specialFile)
        }
        guard kind == .managed else { return }
        guard status.st_nlink == 1 else { throw .denied(path: shown, reason: .hardLink) }
        guard status.st_uid == geteuid() else { throw .denied(path: shown, reason: .foreignOwner) }
    }
}

extension WorkspaceError {
    /// The meaning of an `errno` value for something at `path`.
    init(code: Int32, operation: String, path: String) {
        switch code {
        case ELOOP: self = .denied(path: path, reason: .symbolicLink)
        case EXDEV: self = .denied(path: path, reason: .mountPoint)
        case ENXIO, ENODEV: self = .denied(path: path, reason: .specialFile)
        case EACCES, EPERM: self = .denied(path: path, reason: .permission)
        case ENOENT: self = .notFound(path: path)
        case ENOTDIR: self = .notFolder(path: path)
        case EISDIR: self = .isFolder(path: path)
        case EEXIST: self = .exists(path: path)
        case ENOSPC, EDQUOT: self = .diskFull(freeBytes: 0, floorBytes: 0)
        default: self = .system(operation: operation, path: path, code: code)
        }
    }
}
