public import FactoryStore

/// What a request shows of who asks.
public struct Credentials: Sendable, Hashable {
    /// The token of `Authorization: Bearer`; nil where there is none.
    public var bearer: String?
    /// The token in the cookie of a session; nil where there is none.
    public var session: String?

    /// Credentials of these values.
    public init(bearer: String?, session: String? = nil) {
        self.bearer = bearer
        self.session = session
    }
}

/// Tells who asks.
public protocol Authenticator: Sendable {
    /// The principal that `credentials` show; nil where they are none that is known.
    func principal(for credentials: Credentials) async throws(StoreError) -> Principal?
}
