public import FactoryDomain
import FactoryJSON
import FactoryStore

/// A one-time token as it is given out: its text is shown once.
public struct OneTimeLink: Sendable {
    /// What is kept of it.
    public var record: OneTimeTokenRecord
    /// The token.
    public var token: String
}

/// What whoever has a link is told of it before it is used.
public struct LinkLook: Sendable, Hashable {
    /// Whether it sets a new password; otherwise it makes an account.
    public var isReset: Bool
    /// The account whose password it sets.
    public var name: String?
    /// Until when it is good.
    public var expiresAt: Timestamp
}

/// What somebody says of the account they make for themselves.
public struct NewAccount: Sendable {
    /// What it is to be called.
    public var name: String
    /// Its address.
    public var email: String?
    /// Its password.
    public var password: String

    /// These values.
    public init(name: String, email: String?, password: String) {
        self.name = name
        self.email = email
        self.password = password
    }
}

extension Accounts {
    /// A token by which the first account is made; one that was given out earlier is worth nothing any more.
    public func setupToken() async throws(AccountError) -> OneTimeLink {
        try await link(.setup, lifetime: Self.setupLifetime)
    }

    /// A token by which somebody signs in to `account`.
    public func signInToken(of account: ID<Account>) async throws(AccountError) -> OneTimeLink {
        try await link(.signIn, account: account, lifetime: Self.setupLifetime)
    }

    /// Makes the first account by the token of the first start: an admin who has everything that was kept so far.
    public func setUp(
        token: String, _ new: NewAccount, at place: SignInPlace
    ) async throws(AccountError) -> SignedIn {
        guard try await !stored({ () throws(StoreError) in try await store.hasAccounts() }) else {
            throw .alreadySetUp
        }
        let known = try await good(token, .setup)
        let account = try await newAccount(new.name, new.email, .admin, password: new.password)
        try await adopting(account.id) { sealed throws(AccountError) in
            try await redeem(known, .firstAccount(account, sealed))
        }
        let actor = AuditActor(
            account: account.id.rawValue, name: account.name, via: known.id.rawValue, address: place.address)
        try await note(.setUp, by: actor, on: account.id.rawValue)
        return try await begin(account, at: place, via: known.id.rawValue)
    }

    /// A link by which somebody makes an account of their own.
    public func invite(
        _ role: AccountRole, email: String?, by actor: AuditActor
    ) async throws(AccountError) -> OneTimeLink {
        let address = try email.map(Self.address)
        let made = try await link(.invite, role: role, email: address, lifetime: Self.linkLifetime)
        try await note(
            .invitationCreated, by: actor, on: made.record.id.rawValue,
            [("kind", "invite"), ("role", role.rawValue), ("email", address)])
        return made
    }

    /// A link by which whoever has `account` sets a new password.
    public func resetLink(
        for account: ID<Account>, by actor: AuditActor
    ) async throws(AccountError) -> OneTimeLink {
        guard try await stored({ () throws(StoreError) in try await store.account(account) }) != nil else {
            throw .notFound
        }
        let made = try await link(.reset, account: account, lifetime: Self.linkLifetime)
        try await note(
            .invitationCreated, by: actor, on: made.record.id.rawValue,
            [("kind", "reset"), ("account", account.rawValue)])
        return made
    }

    /// What a link of this token is for; nil where it is not good.
    public func invitation(_ token: String) async throws(AccountError) -> OneTimeTokenRecord? {
        let (digest, now) = (Digest.of(token), now())
        let found = try await stored { () throws(StoreError) in try await store.token(digest, at: now) }
        return found?.kind == .invite || found?.kind == .reset ? found : nil
    }

    /// What a link of this token is for, without using it up.
    ///
    /// - Throws: ``AccountError/tokenInvalid`` for every token that is not good, whatever is wrong with it.
    public func look(_ token: String) async throws(AccountError) -> LinkLook {
        guard let found = try await invitation(token) else { throw .tokenInvalid }
        guard found.kind == .reset else { return LinkLook(isReset: false, name: nil, expiresAt: found.expiresAt) }
        let account = try await stored { () throws(StoreError) -> AccountRecord? in
            guard let id = found.account else { return nil }
            return try await store.account(id)
        }
        guard let account, account.disabledAt == nil else { throw .tokenInvalid }
        return LinkLook(isReset: true, name: account.name, expiresAt: found.expiresAt)
    }

    /// Makes the account an invitation is for, and signs in to it.
    public func accept(
        _ invitation: OneTimeTokenRecord, _ new: NewAccount, at place: SignInPlace
    ) async throws(AccountError) -> SignedIn {
        guard invitation.kind == .invite, let role = invitation.role else { throw .tokenInvalid }
        let account = try await newAccount(
            new.name, invitation.email ?? new.email, role, password: new.password)
        try await redeem(invitation, .account(account))
        return try await accepted(invitation, account, "invite", at: place)
    }

    /// Sets the new password a reset link is for, and signs in.
    public func accept(
        reset: OneTimeTokenRecord, password: String, at place: SignInPlace
    ) async throws(AccountError) -> SignedIn {
        let found = try await stored { () throws(StoreError) -> AccountRecord? in
            guard reset.kind == .reset, let id = reset.account else { return nil }
            return try await store.account(id)
        }
        guard let account = found, account.disabledAt == nil else { throw .tokenInvalid }
        try Self.check(password)
        let digest = try await hashed { () throws(PasswordError) in try await passwords.digest(of: password) }
        try await redeem(reset, .password(account.id, digest))
        return try await accepted(reset, account, "reset", at: place)
    }

    private func accepted(
        _ token: OneTimeTokenRecord, _ account: AccountRecord, _ kind: String, at place: SignInPlace
    ) async throws(AccountError) -> SignedIn {
        let actor = AuditActor(
            account: account.id.rawValue, name: account.name, via: token.id.rawValue, address: place.address)
        try await note(.invitationAccepted, by: actor, on: account.id.rawValue, [("kind", kind)])
        return try await begin(account, at: place, via: token.id.rawValue)
    }

    private func link(
        _ kind: OneTimeToken.Kind, account: ID<Account>? = nil, role: AccountRole? = nil, email: String? = nil,
        lifetime: Duration
    ) async throws(AccountError) -> OneTimeLink {
        let (now, secret) = (now(), SecretText())
        let record = OneTimeTokenRecord(
            id: ids.make(), kind: kind, tokenDigest: secret.digest, account: account, role: role, email: email,
            createdAt: now, expiresAt: now.adding(lifetime))
        try await stored { () throws(StoreError) in try await store.create(record) }
        return OneTimeLink(record: record, token: secret.text)
    }
}
