public import FactoryDomain

/// A file on its way into a workspace, piece by piece.
public struct UploadRecord: Sendable, Hashable, Identified {
    /// What the id of an upload begins with.
    public static let idPrefix = "upl_"

    /// Where it stands.
    public enum Status: String, Sendable, CaseIterable {
        /// Bytes are still to come, or the file could not be put in its place yet.
        case open
        /// All bytes are there; the file is being put in its place, or was when the server stopped.
        case placing
        /// The file stands in its place.
        case complete
    }

    /// Names it.
    public var id: ID<UploadRecord>
    /// Whose workspace it goes into.
    public var owner: String
    /// Where in the workspace.
    public var path: String
    /// Bytes of the whole file.
    public var sizeBytes: Int64
    /// Whether a file that stands there is replaced.
    public var isReplacing: Bool
    /// Where it stands.
    public var status: Status
    /// When it began.
    public var createdAt: Timestamp
    /// When it is forgotten, whole or not.
    public var expiresAt: Timestamp

    /// An upload of these values.
    public init(
        id: ID<UploadRecord>, owner: String, path: String, sizeBytes: Int64, isReplacing: Bool, status: Status,
        createdAt: Timestamp, expiresAt: Timestamp
    ) {
        self.id = id
        self.owner = owner
        self.path = path
        self.sizeBytes = sizeBytes
        self.isReplacing = isReplacing
        self.status = status
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
