public import FactoryBlobs

/// Why something in a workspace could not be read or changed. Descriptions name paths within the workspace only.
public enum WorkspaceError: Error, Sendable {
    /// The text is no path of a workspace.
    case invalidPath(WorkspacePathError)
    /// What stands at the path may not be opened: a symbolic link, a mount point, a device, a second hard link.
    case denied(path: String, reason: DeniedReason)
    /// Nothing stands at the path.
    case notFound(path: String)
    /// A folder stands where a file is wanted.
    case isFolder(path: String)
    /// A file stands where a folder is wanted.
    case notFolder(path: String)
    /// Something stands where a new file is wanted.
    case exists(path: String)
    /// A limit of the workspace was reached.
    case limit(WorkspaceLimit)
    /// The volume is too full for further writes.
    case diskFull(freeBytes: Int64, floorBytes: Int64)
    /// The system refused for another reason.
    case system(operation: String, path: String, code: Int32)
    /// The blob store failed.
    case blobs(BlobError)
}

/// Why an existing entry of a workspace is refused.
public enum DeniedReason: Sendable, Hashable {
    /// A symbolic link stands at the path or on the way to it.
    case symbolicLink
    /// The path leads onto another volume.
    case mountPoint
    /// A FIFO, a socket or a device.
    case specialFile
    /// The file has a further name, perhaps outside the workspace.
    case hardLink
    /// The file belongs to somebody else.
    case foreignOwner
    /// The operating system gives this process no access.
    case permission
}

/// A limit that was reached, with its value.
public enum WorkspaceLimit: Sendable, Hashable {
    /// One file is larger than `bytes`.
    case fileBytes(path: String, bytes: Int64)
    /// What one attempt wrote is larger than `bytes`.
    case stagedBytes(Int64)
    /// One attempt changed more than `count` files.
    case stagedFiles(Int)
    /// A listing has more than `count` entries.
    case entries(Int)
    /// The files of the workspace have `used` of `quota` bytes, and `wanted` more do not fit.
    case workspaceBytes(used: Int64, wanted: Int64, quota: Int64)
    /// The folders are nested deeper than `levels`.
    case depth(Int)
}

extension WorkspaceError: CustomStringConvertible {
    /// One sentence, safe to show.
    public var description: String {
        switch self {
        case .invalidPath(let error): error.description
        case .denied(let path, let reason): "\(path.quotedForMessage) is refused: \(reason.text)."
        case .notFound("."): "The folder of the workspace does not exist."
        case .notFolder("."): "The workspace is a file, not a folder."
        case .notFound(let path): "There is no file \(path.quotedForMessage) in the workspace."
        case .isFolder(let path): "\(path.quotedForMessage) is a folder, not a file."
        case .notFolder(let path): "\(path.quotedForMessage) is a file, not a folder."
        case .exists(let path): "\(path.quotedForMessage) exists already."
        case .limit(let limit): limit.text
        case .diskFull(let free, let floor):
            "The volume of the workspace has \(free) bytes left; nothing is written below \(floor)."
        case .system(let operation, let path, let code):
            "The system refused to \(operation) \(path.quotedForMessage): \(SystemCall.text(of: code))."
        case .blobs: "The store of file contents failed."
        }
    }

    /// What to do about it; nil where the sentence says it all.
    public var hint: String? {
        switch self {
        case .invalidPath(let error): error.hint
        case .notFound("."), .notFolder("."): "Name a folder that exists."
        case .denied(_, .symbolicLink):
            "Links are never followed; copy what it points to into the workspace, or start the run there."
        case .denied(_, .hardLink): "Replace the file by a copy of its own (cp FILE FILE.new && mv FILE.new FILE)."
        case .denied(_, .mountPoint): "Start the run with that folder as its workspace."
        case .denied(_, .permission): "Check the owner and the mode of the file and of the folders above it."
        case .diskFull: "Free some space on that volume, then start the run again."
        case .limit(.workspaceBytes): "Delete files, or have the quota of workspaces raised."
        case .limit(.entries): "Name a subfolder or a narrower pattern."
        case .limit(.fileBytes): "Larger files are not read or written by steps in this build."
        case .denied, .notFound, .isFolder, .notFolder, .exists, .limit, .system, .blobs: nil
        }
    }
}

extension DeniedReason {
    fileprivate var text: String {
        switch self {
        case .symbolicLink: "a symbolic link stands there or on the way to it"
        case .mountPoint: "it lies on another volume than the workspace"
        case .specialFile: "it is neither a file nor a folder"
        case .hardLink: "the file has another name somewhere else (a hard link), which would change with it"
        case .foreignOwner: "the file belongs to another user"
        case .permission: "this process has no access to it"
        }
    }
}

extension WorkspaceLimit {
    fileprivate var text: String {
        switch self {
        case .fileBytes(let path, let bytes): "\(path.quotedForMessage) is larger than \(bytes) bytes."
        case .stagedBytes(let bytes): "The step wrote more than \(bytes) bytes."
        case .stagedFiles(let count): "The step changed more than \(count) files."
        case .entries(let count): "There are more than \(count) entries to list."
        case .workspaceBytes(let used, let wanted, let quota):
            "The files of the workspace have \(used) of \(quota) bytes; \(wanted) more do not fit."
        case .depth(let levels): "The folders are nested deeper than \(levels) levels."
        }
    }
}
