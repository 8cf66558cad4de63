public import FactoryDomain
import FactoryJSON
import FactoryStore

extension Accounts {
    /// True once there is an account.
    public func hasAny() async throws(AccountError) -> Bool {
        try await stored { () throws(StoreError) in try await store.hasAccounts() }
    }

    /// Begins a session of the account that is called `login` or has this address, if the password is its own.
    ///
    /// - Throws: ``AccountError/wrongCredentials`` after the same work, whether there is such an account or not.
    public func signIn(
        _ login: String, password: String, at place: SignInPlace
    ) async throws(AccountError) -> SignedIn {
        let name = login.lowercased()
        let account = try await stored { () throws(StoreError) in try await store.account(named: name) }
        let isKnown =
            if let account {
                try await stored { () throws(StoreError) in
                    try await store.hasSignedIn(account.id, from: place.address)
                }
            } else { false }
        if let wait = throttle.take(account?.id.rawValue ?? name, from: place.address, isKnown: isKnown) {
            throw .throttled(wait)
        }
        let kept = account?.password
        let isRight = try await hashed { () throws(PasswordError) in try await passwords.matches(password, kept) }
        guard isRight, let account, account.disabledAt == nil else {
            throttle.failed(account?.id.rawValue ?? name, from: place.address)
            try await note(
                .signInRefused,
                by: AuditActor(account: nil, name: Self.shown(login), via: "password", address: place.address),
                on: account?.id.rawValue)
            throw .wrongCredentials
        }
        throttle.succeeded(account.id.rawValue, from: place.address)
        if let kept, passwords.isOutdated(kept) { try await rehash(account, kept, password) }
        return try await begin(account, at: place, via: "password")
    }

    /// Begins a session by a one-time token.
    public func signIn(token: String, at place: SignInPlace) async throws(AccountError) -> SignedIn {
        let known = try await good(token, .signIn)
        let found = try await stored { () throws(StoreError) -> AccountRecord? in
            guard let id = known.account else { return nil }
            return try await store.account(id)
        }
        guard let account = found, account.disabledAt == nil else { throw .tokenInvalid }
        try await redeem(known, .nothing)
        return try await begin(account, at: place, via: known.id.rawValue)
    }

    /// Ends a session, by whoever `actor` is.
    public func end(
        _ session: ID<Session>, by actor: AuditActor, as action: AuditAction = .signedOut
    ) async throws(AccountError) {
        guard try await stored({ () throws(StoreError) in try await store.end(session) }) else { throw .notFound }
        try await note(action, by: actor, on: session.rawValue)
    }

    /// The sessions of an account that are still good, newest first.
    public func sessions(of account: ID<Account>) async throws(AccountError) -> [SessionRecord] {
        let now = now()
        return try await stored { () throws(StoreError) in try await store.sessions(of: account) }
            .filter { SessionPolicy.isGood($0, at: now) }
    }

    func begin(
        _ account: AccountRecord, at place: SignInPlace, via: String
    ) async throws(AccountError) -> SignedIn {
        let (now, secret) = (now(), SecretText())
        let session = SessionRecord(
            id: ids.make(), account: account.id, tokenDigest: secret.digest, client: place.client,
            address: place.address, createdAt: now, usedAt: now)
        let expiry = SessionPolicy.expiry(at: now)
        try await stored { () throws(StoreError) in
            try await store.create(
                session,
                removing: SessionExpiry(usedBefore: expiry.usedBefore, createdBefore: expiry.createdBefore))
        }
        try await note(
            .signedIn,
            by: AuditActor(account: account.id.rawValue, name: account.name, via: via, address: place.address),
            on: session.id.rawValue)
        return SignedIn(session: session, account: account, token: secret.text)
    }

    /// The token with this text, if it is good for `kind`.
    func good(_ token: String, _ kind: OneTimeToken.Kind) async throws(AccountError) -> OneTimeTokenRecord {
        let (digest, now) = (Digest.of(token), now())
        let found = try await stored { () throws(StoreError) in try await store.token(digest, at: now) }
        guard let found, found.kind == kind else { throw .tokenInvalid }
        return found
    }

    func redeem(_ token: OneTimeTokenRecord, _ effect: OneTimeTokenEffect) async throws(AccountError) {
        let now = now()
        guard
            try await stored({ () throws(StoreError) in try await store.redeem(token.id, at: now, for: effect) })
        else { throw .tokenInvalid }
    }

    private func rehash(_ account: AccountRecord, _ old: String, _ password: String) async throws(AccountError) {
        let new = try await hashed { () throws(PasswordError) in try await passwords.digest(of: password) }
        try await stored { () throws(StoreError) in try await store.rehash(account.id, from: old, to: new) }
    }

    /// What somebody typed as their name may be anything, a password too: no more of it is kept than a name can have.
    private static func shown(_ login: String) -> String {
        AccountName.normalised(login) ?? AccountName.normalisedAddress(login) ?? ""
    }
}
