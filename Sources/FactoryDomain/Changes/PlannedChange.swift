/// What applying a change set does to one path: decided and stored before the first file is touched.
public struct PlannedChange: Sendable, Hashable {
    /// What becomes of it.
    public enum State: String, Sendable, CaseIterable {
        /// Decided, not carried out yet.
        case planned
        /// Carried out.
        case applied
        /// Waits for a person.
        case pending
        /// Dropped.
        case discarded
        /// The file changed since the run first touched it.
        case conflict
        /// Carried out and taken back.
        case undone
    }

    /// Path within the workspace.
    public var path: String
    /// The content before; nil where there was no file.
    public var before: ContentHash?
    /// The content after; nil where the file goes.
    public var after: ContentHash?
    /// Size of the content after, in bytes; nil where the file goes.
    public var sizeBytes: Int64?
    /// What becomes of it.
    public var state: State

    /// A change of these values.
    public init(path: String, before: ContentHash?, after: ContentHash?, sizeBytes: Int64?, state: State) {
        self.path = path
        self.before = before
        self.after = after
        self.sizeBytes = sizeBytes
        self.state = state
    }
}
