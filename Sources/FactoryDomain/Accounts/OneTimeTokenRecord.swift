/// Something that is shown once and works once.
public enum OneTimeToken: Identified {
    /// What the id of a one-time token begins with.
    public static let idPrefix = "ott_"

    /// What it is good for.
    public enum Kind: String, Sendable, CaseIterable {
        /// Making the first account.
        case setup
        /// Making an account of one's own.
        case invite
        /// Setting a new password.
        case reset
        /// Signing in.
        case signIn = "sign_in"
    }
}

/// A one-time token as the store keeps it.
public struct OneTimeTokenRecord: Sendable, Hashable {
    /// Its identity, which opens nothing.
    public var id: ID<OneTimeToken>
    /// What it is good for.
    public var kind: OneTimeToken.Kind
    /// Digest of the token.
    public var tokenDigest: String
    /// The account it concerns; nil where that is still to be made.
    public var account: ID<Account>?
    /// The role of the account it makes; nil where it makes none.
    public var role: AccountRole?
    /// The address of the account it makes; nil for any.
    public var email: String?
    /// When it was made.
    public var createdAt: Timestamp
    /// From when it is worth nothing.
    public var expiresAt: Timestamp

    /// A token of these values.
    public init(
        id: ID<OneTimeToken>, kind: OneTimeToken.Kind, tokenDigest: String, account: ID<Account>? = nil,
        role: AccountRole? = nil, email: String? = nil, createdAt: Timestamp, expiresAt: Timestamp
    ) {
        self.id = id
        self.kind = kind
        self.tokenDigest = tokenDigest
        self.account = account
        self.role = role
        self.email = email
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
