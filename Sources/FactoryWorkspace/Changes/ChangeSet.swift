public import FactoryDomain

/// The changes of a run folded, in the order they were settled, into what becomes of each path.
public struct ChangeSet: Sendable, Hashable {
    /// What becomes of one path.
    public struct Entry: Sendable, Hashable {
        /// What the content starts with.
        public enum Start: Sendable, Hashable {
            /// What the workspace had when the run first touched the path (`base`), kept in the blob store.
            case base(ContentHash)
            /// Content the run wrote.
            case written(ContentHash, size: Int64)
            /// Nothing: the file was absent, or deleted by the run.
            case nothing
        }

        /// Bytes behind the start.
        public struct Piece: Sendable, Hashable {
            /// The bytes, in the blob store.
            public var hash: ContentHash
            /// Their number.
            public var size: Int64
        }

        /// Path within the workspace.
        public var path: String
        /// The content the workspace had when the run first touched the path, nil when there was none.
        public var base: ContentHash?
        /// What the content starts with.
        public var start: Start
        /// What was appended since, in order.
        public var appended: [Piece] = []

        /// False when the path holds no file once the changes are applied.
        public var isPresent: Bool { start != .nothing || !appended.isEmpty }

        /// The blobs that make up the content, in order.
        public var pieces: [ContentHash] {
            switch start {
            case .base(let hash), .written(let hash, _): [hash] + appended.map(\.hash)
            case .nothing: appended.map(\.hash)
            }
        }
    }

    private var byPath: [String: Entry] = [:]

    /// Folds `changes`, which stand in order of settlement.
    public init(_ changes: some Sequence<FileChange> = []) {
        for change in changes { add(change) }
    }

    /// Lets one more change follow. The base of a path is that of its first change.
    public mutating func add(_ change: FileChange) {
        var entry =
            byPath[change.path]
            ?? Entry(path: change.path, base: change.base, start: change.base.map { .base($0) } ?? .nothing)
        switch change.action {
        case .write(let hash, let size):
            entry.start = .written(hash, size: size)
            entry.appended = []
        case .append(let hash, let size):
            entry.appended.append(Entry.Piece(hash: hash, size: size))
        case .delete:
            entry.start = .nothing
            entry.appended = []
        }
        byPath[change.path] = entry
    }

    /// Forgets what was added for `path` and takes `entry` in its place.
    mutating func reset(_ path: String, to entry: Entry?) { byPath[path] = entry }

    /// True when a file that the run wrote stands in the folder `path`, at any depth.
    func hasFiles(beneath path: WorkspacePath) -> Bool {
        byPath.values.contains { $0.isPresent && $0.path.utf8.starts(with: (path.rawValue + "/").utf8) }
    }

    /// What becomes of `path`, nil when the run left it alone.
    public subscript(path: String) -> Entry? { byPath[path] }

    /// True when nothing was touched.
    public var isEmpty: Bool { byPath.isEmpty }

    /// Every path that was touched, sorted.
    public var entries: [Entry] { byPath.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) } }
}
