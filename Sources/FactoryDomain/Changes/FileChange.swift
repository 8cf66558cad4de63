/// One write, append or deletion of a workspace file, staged by a step and kept with its settlement.
public struct FileChange: Sendable, Hashable {
    /// What becomes of the path.
    public enum Action: Sendable, Hashable {
        /// The file's whole new content.
        case write(ContentHash, size: Int64)
        /// Bytes that go behind what is there, whatever that is by then.
        case append(ContentHash, size: Int64)
        /// The file goes.
        case delete
    }

    /// Path within the workspace, `/` between components.
    public var path: String
    /// What becomes of it.
    public var action: Action
    /// The content the workspace itself had when the run first touched the path; nil when there was no file.
    /// Compared again before applying: a difference is a conflict.
    public var base: ContentHash?

    /// A change of these values.
    public init(path: String, action: Action, base: ContentHash?) {
        self.path = path
        self.action = action
        self.base = base
    }

    /// The bytes it brings; nil for a deletion.
    public var content: ContentHash? {
        switch action {
        case .write(let hash, _), .append(let hash, _): hash
        case .delete: nil
        }
    }

    /// True for an append: two of them on one path do not conflict.
    public var isAppend: Bool { if case .append = action { true } else { false } }
}

/// The SHA-256 of some bytes, in lower-case hex: their address in the blob store.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
    /// 64 lower-case hex digits.
    public let rawValue: String
    /// Takes `rawValue` as it is.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// The hex digits.
    public var description: String { rawValue }
}

/// What becomes of the files a run wrote (`changes:` in the document).
public enum ChangePolicy: String, Sendable, CaseIterable {
    /// New files are applied; a change or deletion of an existing file waits for a person.
    case auto
    /// All are applied.
    case apply
    /// All wait.
    case review
    /// All are dropped.
    case discard
}

/// Where a run's change set stands.
public enum ChangesStatus: String, Sendable, CaseIterable {
    case none, pending, applied, discarded, conflict, undone
}
