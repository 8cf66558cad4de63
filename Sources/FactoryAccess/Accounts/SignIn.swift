public import FactoryDomain

/// Where somebody signs in from.
public struct SignInPlace: Sendable, Hashable {
    /// The address.
    public var address: String
    /// What the browser or program calls itself.
    public var client: String

    /// A place of these values.
    public init(address: String, client: String) {
        self.address = address
        // People read it in their list of sessions.
        self.client = String(client.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }.prefix(200))
    }
}

/// What signing in gives: shown to the browser once.
public struct SignedIn: Sendable {
    /// The session.
    public var session: SessionRecord
    /// Whose it is.
    public var account: AccountRecord
    /// What the cookie holds.
    public var token: String
}

/// For how long a session is good, and what belongs to its token.
public enum SessionPolicy {
    /// Longest time without use: 12 hours.
    public static let idle = Duration.seconds(12 * 3_600)
    /// Longest time in all: 7 days.
    public static let absolute = Duration.seconds(7 * 86_400)
    /// How exactly the last use is known: a minute.
    static let touch = Duration.seconds(60)

    /// From when sessions are over that were used or begun earlier.
    static func expiry(at now: Timestamp) -> (usedBefore: Timestamp, createdBefore: Timestamp) {
        (
            Timestamp(milliseconds: now.milliseconds - idle.wholeMilliseconds),
            Timestamp(milliseconds: now.milliseconds - absolute.wholeMilliseconds)
        )
    }

    /// True when `session` is still good.
    static func isGood(_ session: SessionRecord, at now: Timestamp) -> Bool {
        let expiry = expiry(at: now)
        return session.usedAt >= expiry.usedBefore && session.createdAt >= expiry.createdBefore
    }

    /// What a page of the server's own has to send along to change something. Only who can read the answers of the
    /// server knows it; the cookie cannot be found from it.
    public static func forgeryToken(of token: String) -> String { Digest.of("page of " + token) }

    /// Whether `given` belongs to the session with this token.
    public static func isForgeryToken(_ given: String, of token: String) -> Bool {
        Digest.same(given, forgeryToken(of: token))
    }
}
