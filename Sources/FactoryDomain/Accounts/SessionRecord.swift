/// One stay of a person at a server, from signing in to signing out.
public enum Session: Identified {
    /// What the id of a session begins with.
    public static let idPrefix = "ses_"
}

/// A session as the store keeps it.
public struct SessionRecord: Sendable, Hashable {
    /// Its identity, which opens nothing.
    public var id: ID<Session>
    /// Whose it is.
    public var account: ID<Account>
    /// Digest of the token in the browser's cookie.
    public var tokenDigest: String
    /// What the browser called itself when it signed in.
    public var client: String
    /// The address it signed in from.
    public var address: String
    /// When it began.
    public var createdAt: Timestamp
    /// When it was used last, to the minute.
    public var usedAt: Timestamp

    /// A session of these values.
    public init(
        id: ID<Session>, account: ID<Account>, tokenDigest: String, client: String, address: String,
        createdAt: Timestamp, usedAt: Timestamp
    ) {
        self.id = id
        self.account = account
        self.tokenDigest = tokenDigest
        self.client = client
        self.address = address
        self.createdAt = createdAt
        self.usedAt = usedAt
    }
}
