public import FactoryBlobs
public import FactoryDomain

/// The files one attempt sees: the workspace, over it the changes of the run that were settled before the attempt
/// began, over those the attempt's own.
///
/// Nothing here touches the workspace. What the attempt writes goes into the blob store and becomes ``changes``, which
/// are settled together with the attempt's output or not at all; an attempt that is repeated starts from a new view.
public struct WorkspaceView: Sendable {
    /// What the attempt changed so far: at most one change per path, in the order the paths were first changed.
    public private(set) var changes: [FileChange] = []

    let workspace: Workspace
    let blobs: BlobStore
    let limits: ViewLimits
    /// The settled changes, and the attempt's own on top.
    private(set) var overlay: ChangeSet
    private let settled: ChangeSet
    private var places: [String: Int] = [:]
    private var stagedBytes: Int64 = 0
    /// What the workspace had at the paths that this attempt read, so that a later write rests on what was read.
    private var seen: [String: ContentHash?] = [:]

    /// - Parameter settled: the run's changes before this attempt, in order of settlement.
    public init(
        workspace: Workspace, blobs: BlobStore, settled: some Sequence<FileChange> = [FileChange](),
        limits: ViewLimits = .standard
    ) {
        self.workspace = workspace
        self.blobs = blobs
        self.limits = limits
        self.settled = ChangeSet(settled)
        overlay = self.settled
    }

    /// The bytes at `path`, nil when there is no file.
    public mutating func readIfPresent(_ path: WorkspacePath) throws(WorkspaceError) -> [UInt8]? {
        try checkFolders(above: path)
        if let entry = overlay[path.rawValue] {
            guard entry.isPresent else { return nil }
            return try entry.content(from: blobs)
        }
        if overlayHasFiles(beneath: path) { throw .isFolder(path: path.rawValue) }
        let bytes: [UInt8]?
        do throws(WorkspaceError) {
            bytes = try workspace.read(path, maxBytes: limits.fileBytes)
        } catch {
            guard case .notFound = error else { throw error }
            bytes = nil
        }
        seen[path.rawValue] = bytes.map { BlobStore.hash(of: $0) }
        return bytes
    }

    /// The bytes at `path`.
    public mutating func read(_ path: WorkspacePath) throws(WorkspaceError) -> [UInt8] {
        guard let bytes = try readIfPresent(path) else { throw .notFound(path: path.rawValue) }
        return bytes
    }

    /// What stands at `path`, nil when nothing does.
    public func status(of path: WorkspacePath) throws(WorkspaceError) -> FileStatus? {
        try checkFolders(above: path)
        if let entry = overlay[path.rawValue] {
            guard entry.isPresent else { return nil }
            return FileStatus(kind: .file, size: try entry.size(in: blobs), modified: nil)
        }
        if overlayHasFiles(beneath: path) { return FileStatus(kind: .folder, size: 0, modified: nil) }
        return try workspace.status(of: path)
    }

    /// True when a file stands at `path`.
    public func hasFile(at path: WorkspacePath) throws(WorkspaceError) -> Bool {
        guard let status = try status(of: path) else { return false }
        guard status.kind == .file else { throw .isFolder(path: path.rawValue) }
        return true
    }

    /// Replaces the attempt's change of `path`; nil takes it back.
    mutating func stage(_ action: FileChange.Action?, at path: WorkspacePath, base: ContentHash?) throws(WorkspaceError)
    {
        let key = path.rawValue
        let bytes = stagedBytes - Self.size(of: staged(at: path)?.action) + Self.size(of: action)
        guard bytes <= limits.stagedBytes else { throw .limit(.stagedBytes(limits.stagedBytes)) }
        switch (places[key], action) {
        case (let place?, let action?): changes[place].action = action
        case (nil, let action?):
            guard changes.count < limits.stagedFiles else { throw .limit(.stagedFiles(limits.stagedFiles)) }
            places[key] = changes.count
            changes.append(FileChange(path: key, action: action, base: base))
        case (let place?, nil):
            changes.remove(at: place)
            places = Dictionary(uniqueKeysWithValues: changes.enumerated().map { ($1.path, $0) })
        case (nil, nil): return
        }
        stagedBytes = bytes
        overlay.reset(key, to: settled[key])
        if let change = staged(at: path) { overlay.add(change) }
    }

    /// The attempt's own change of `path`.
    func staged(at path: WorkspacePath) -> FileChange? { places[path.rawValue].map { changes[$0] } }

    /// True when the run changed `path` before this attempt.
    func wasSettled(_ path: WorkspacePath) -> Bool { settled[path.rawValue] != nil }

    /// What the workspace had at `path` when the run, or else this attempt, first looked.
    mutating func base(of path: WorkspacePath) throws(WorkspaceError) -> ContentHash? {
        if let entry = overlay[path.rawValue] { return entry.base }
        if let known = seen[path.rawValue] { return known }
        return try readIfPresent(path).map { BlobStore.hash(of: $0) }
    }

    /// A file on the way to `path` is said by name, wherever it comes from.
    private func checkFolders(above path: WorkspacePath) throws(WorkspaceError) {
        for folder in path.folders where overlay[folder.rawValue]?.isPresent == true {
            throw .notFolder(path: folder.rawValue)
        }
    }

    private func overlayHasFiles(beneath path: WorkspacePath) -> Bool {
        !overlay.isEmpty && overlay.hasFiles(beneath: path)
    }

    private static func size(of action: FileChange.Action?) -> Int64 {
        switch action {
        case .write(_, let size), .append(_, let size): size
        case .delete, nil: 0
        }
    }
}
