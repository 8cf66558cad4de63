public import FactoryDomain

/// Keeps accounts.
public protocol AccountStore: Sendable {
    /// True once there is an account.
    func hasAccounts() async throws(StoreError) -> Bool

    /// Keeps a new account.
    ///
    /// - Throws: ``StoreError/nameTaken(_:)`` where another has its name or address.
    func create(_ account: AccountRecord) async throws(StoreError)

    /// Keeps the first account, and gives it everything that was kept without one, in one transaction.
    ///
    /// - Throws: ``StoreError/exists(kind:id:)`` where there is an account already; ``StoreError/changed`` where
    ///   something is sealed for its owner that `sealed` does not name, ``StoreError/otherKey(current:)`` where another
    ///   master key is in use by now.
    func createFirst(_ account: AccountRecord, _ sealed: ResealedValues) async throws(StoreError)

    /// The account `id`; nil where there is none.
    func account(_ id: ID<Account>) async throws(StoreError) -> AccountRecord?

    /// The account that is called so, or has this address, in lower case; nil where there is none.
    func account(named text: String) async throws(StoreError) -> AccountRecord?

    /// Accounts behind the one called `name`, by name.
    func accounts(after name: String?, limit: Int) async throws(StoreError) -> [AccountRecord]

    /// Changes name, address, role and use of the account that was last changed at `seen`. With another role, or out of
    /// use, its sessions end.
    ///
    /// - Throws: ``StoreError/nameTaken(_:)``, and ``StoreError/changed`` where it was changed after `seen`.
    func change(_ account: AccountRecord, seen: Timestamp) async throws(StoreError) -> AccountOutcome

    /// Sets the password of an account and ends its sessions, but for `kept`.
    func setPassword(
        of id: ID<Account>, to password: String, at moment: Timestamp, keeping kept: ID<Session>?
    ) async throws(StoreError) -> AccountOutcome

    /// Keeps the same password in another form, unless it was changed since it had the form `old`.
    func rehash(_ id: ID<Account>, from old: String, to new: String) async throws(StoreError)

    /// Removes an account; what is its own goes to `heir`.
    ///
    /// - Throws: ``StoreError/nameTaken(_:)`` where the heir has something of the same name.
    func remove(_ id: ID<Account>, heir: ID<Account>?) async throws(StoreError) -> AccountOutcome
}

/// What was sealed for the owner it had, and is sealed for another now.
public struct ResealedValues: Sendable, Hashable {
    /// What is kept now, and what is to be kept in its place.
    public var values: [String: String]
    /// The master key that all of the latter are sealed with; nil where there are none.
    public var keyID: String?

    /// Values sealed with this key.
    public init(values: [String: String] = [:], keyID: String? = nil) {
        self.values = values
        self.keyID = keyID
    }
}

/// What came of a change to an account.
public enum AccountOutcome: Sendable, Hashable {
    /// It was made.
    case done
    /// There is no such account.
    case missing
    /// It is the last admin, and somebody has to be one.
    case lastAdmin
    /// It owns things, and nobody was named to have them: how many of each kind.
    case ownsThings([String: Int])
    /// Runs that it started have not ended.
    case runsUnfinished(Int)
}
