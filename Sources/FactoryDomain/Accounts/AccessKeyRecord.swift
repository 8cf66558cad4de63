/// A key by which programs use a server.
public enum AccessKey: Identified {
    /// What the id of an access key begins with.
    public static let idPrefix = "key_"
}

/// An access key as the store keeps it.
public struct AccessKeyRecord: Sendable, Hashable {
    /// Its identity.
    public var id: ID<AccessKey>
    /// Whose it is.
    public var account: ID<Account>
    /// What it is for.
    public var name: String
    /// Digest of its secret part.
    public var secretDigest: String
    /// What it allows, as far as its account may.
    public var scopes: [String]
    /// The pipelines it is restricted to; nil for all.
    public var pipelines: [String]?
    /// When it was made.
    public var createdAt: Timestamp
    /// From when it is worth nothing.
    public var expiresAt: Timestamp
    /// When it was used last, to the minute; nil where it never was.
    public var usedAt: Timestamp?

    /// A key of these values.
    public init(
        id: ID<AccessKey>, account: ID<Account>, name: String, secretDigest: String, scopes: [String],
        pipelines: [String]?, createdAt: Timestamp, expiresAt: Timestamp, usedAt: Timestamp? = nil
    ) {
        self.id = id
        self.account = account
        self.name = name
        self.secretDigest = secretDigest
        self.scopes = scopes
        self.pipelines = pipelines
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.usedAt = usedAt
    }
}
