import FactoryAPI
public import FactoryDomain
public import FactoryStore

/// Knows the key of the installation, access keys and sessions.
public struct AccountAuthenticator: Authenticator {
    private let installation: InstallationKey
    private let store: any CredentialStore
    private let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - installation: the key of who has the data folder.
    ///   - now: the wall clock.
    public init(
        _ installation: InstallationKey, _ store: any CredentialStore, now: @escaping @Sendable () -> Timestamp
    ) {
        self.installation = installation
        self.store = store
        self.now = now
    }

    /// The principal that `credentials` show.
    public func principal(for credentials: Credentials) async throws(StoreError) -> Principal? {
        if credentials.bearer != nil {
            if let principal = try await installation.principal(for: credentials) { return principal }
            guard let key = credentials.bearer.flatMap({ AccessKeyText($0) }) else { return nil }
            return try await principal(of: key)
        }
        guard let token = credentials.session else { return nil }
        return try await principal(ofSession: token)
    }

    private func principal(of text: AccessKeyText) async throws(StoreError) -> Principal? {
        let found = try await store.key(text.id)
        let now = now()
        // Compared in any case, so that a key that is not there takes as long as one with another secret.
        let isSame = Digest.same(found?.key.secretDigest ?? "", Digest.of(text.secret))
        guard isSame, let (key, account) = found, key.expiresAt > now, account.disabledAt == nil else { return nil }
        if Self.isStale(key.usedAt, now) { try await store.touch(key.id, at: now) }
        let scopes = Set(key.scopes.compactMap(AccessScope.init))
        // Who leaves the scope `admin` out of a key wants it to do what any member's key does.
        let isAdmin = account.role == .admin && scopes.contains(.admin)
        return Principal(
            owner: account.id.rawValue, name: account.name, role: isAdmin ? .admin : .member,
            scopes: isAdmin ? scopes : scopes.subtracting([.admin]), pipelines: key.pipelines.map(Set.init),
            credential: .key(key.id.rawValue))
    }

    private func principal(ofSession token: String) async throws(StoreError) -> Principal? {
        guard token.utf8.count <= 200, let (session, account) = try await store.session(Digest.of(token)) else {
            return nil
        }
        let now = now()
        guard SessionPolicy.isGood(session, at: now), account.disabledAt == nil else { return nil }
        if Self.isStale(session.usedAt, now) { try await store.touch(session.id, at: now) }
        return Principal(
            owner: account.id.rawValue, name: account.name, role: account.role, scopes: Set(AccessScope.allCases),
            credential: .session(session.id.rawValue))
    }

    private static func isStale(_ used: Timestamp?, _ now: Timestamp) -> Bool {
        guard let used else { return true }
        return now.milliseconds(since: used) >= SessionPolicy.touch.wholeMilliseconds
    }
}
