public import FactoryDomain

/// Keeps what shows who somebody is: sessions, access keys, one-time tokens. Of each secret it has the digest alone.
public protocol CredentialStore: Sendable {
    /// Keeps a new session, and lets go of those of its account that ended by age.
    func create(_ session: SessionRecord, removing expired: SessionExpiry) async throws(StoreError)

    /// The session with this digest and its account; nil where there is none.
    func session(_ tokenDigest: String) async throws(StoreError) -> (session: SessionRecord, account: AccountRecord)?

    /// The sessions of an account, newest first.
    func sessions(of account: ID<Account>) async throws(StoreError) -> [SessionRecord]

    /// Whose the session `id` is; nil where there is none.
    func owner(of id: ID<Session>) async throws(StoreError) -> ID<Account>?

    /// Whether somebody has signed in to `account` from `address` before.
    func hasSignedIn(_ account: ID<Account>, from address: String) async throws(StoreError) -> Bool

    /// Notes that a session was used.
    func touch(_ id: ID<Session>, at moment: Timestamp) async throws(StoreError)

    /// Gives a session another token.
    func rotate(_ id: ID<Session>, to tokenDigest: String) async throws(StoreError)

    /// Ends a session; false where there was none.
    func end(_ id: ID<Session>) async throws(StoreError) -> Bool

    /// Keeps a new key.
    func create(_ key: AccessKeyRecord) async throws(StoreError)

    /// The key `id` and its account; nil where there is none.
    func key(_ id: ID<AccessKey>) async throws(StoreError) -> (key: AccessKeyRecord, account: AccountRecord)?

    /// The keys of an account, newest first; of all accounts for nil.
    func keys(of account: ID<Account>?) async throws(StoreError) -> [AccessKeyRecord]

    /// Notes that a key was used.
    func touch(_ id: ID<AccessKey>, at moment: Timestamp) async throws(StoreError)

    /// Removes a key; false where there was none.
    func revoke(_ id: ID<AccessKey>) async throws(StoreError) -> Bool

    /// Keeps a new one-time token in the place of others of its kind for the same account, and lets go of old ones.
    func create(_ token: OneTimeTokenRecord) async throws(StoreError)

    /// The token with this digest that is still good at `moment`; nil where there is none.
    func token(_ digest: String, at moment: Timestamp) async throws(StoreError) -> OneTimeTokenRecord?

    /// Uses up a token that is still good at `moment`, and does what it is for, in one transaction; false where it is
    /// not good any more, and nothing was done.
    ///
    /// - Throws: what the effect throws; the token is then as good as before.
    func redeem(
        _ token: ID<OneTimeToken>, at moment: Timestamp, for effect: OneTimeTokenEffect
    ) async throws(StoreError) -> Bool
}

/// What using a one-time token does.
public enum OneTimeTokenEffect: Sendable {
    /// The first account, as ``AccountStore/createFirst(_:_:)`` makes it.
    case firstAccount(AccountRecord, ResealedValues)
    /// An account.
    case account(AccountRecord)
    /// Another password, with all sessions ended.
    case password(ID<Account>, String)
    /// Nothing that is kept.
    case nothing
}

/// From when sessions are worth nothing.
public struct SessionExpiry: Sendable, Hashable {
    /// Those used last before this moment have ended.
    public var usedBefore: Timestamp
    /// Those begun before this moment have ended.
    public var createdBefore: Timestamp

    /// An expiry of these moments.
    public init(usedBefore: Timestamp, createdBefore: Timestamp) {
        self.usedBefore = usedBefore
        self.createdBefore = createdBefore
    }
}
