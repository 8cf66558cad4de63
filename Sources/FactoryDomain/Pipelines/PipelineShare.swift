/// A pipeline shared with one account.
public struct PipelineShare: Sendable, Hashable {
    /// With whom.
    public var account: String
    /// What they may do with it: `viewer`, `runner` or `editor`.
    public var role: String
    /// What of the owner's their runs may use.
    public var allows: Set<ShareAllowance>
    /// Since when.
    public var createdAt: Timestamp

    /// A share of these values.
    public init(account: String, role: String, allows: Set<ShareAllowance> = [], createdAt: Timestamp) {
        self.account = account
        self.role = role
        self.allows = allows
        self.createdAt = createdAt
    }
}

/// A link by which whoever has it can have a pipeline shared with them.
public struct ShareLink: Identified, Sendable, Hashable {
    /// What the id of a link begins with.
    public static let idPrefix = "lnk_"

    /// Its identity.
    public var id: ID<ShareLink>
    /// The pipeline it is about.
    public var pipeline: ID<PipelineRecord>
    /// What those who accept it may do: `viewer`, `runner` or `editor`.
    public var role: String
    /// What of the owner's the runs of those who accept it may use.
    public var allows: Set<ShareAllowance>
    /// Hash of the token: the token itself is not kept.
    public var tokenDigest: String
    /// Who made it.
    public var account: String
    /// When.
    public var createdAt: Timestamp
    /// From when on it is no longer taken.
    public var expiresAt: Timestamp
    /// How many accounts accepted it.
    public var acceptedCount: Int64

    /// A link of these values.
    public init(
        id: ID<ShareLink>, pipeline: ID<PipelineRecord>, role: String, allows: Set<ShareAllowance> = [],
        tokenDigest: String, account: String, createdAt: Timestamp, expiresAt: Timestamp, acceptedCount: Int64 = 0
    ) {
        self.id = id
        self.pipeline = pipeline
        self.role = role
        self.allows = allows
        self.tokenDigest = tokenDigest
        self.account = account
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.acceptedCount = acceptedCount
    }
}
