public import FactoryStore

/// What a request shows of who asks.
public struct Credentials: Sendable, Hashable {
    /// The token of `Authorization: Bearer`; nil where there is none.
    public var bearer: String?
    /// The cookies, by name.
    public var cookies: [String: String]

    /// Credentials of these values.
    public init(bearer: String?, cookies: [String: String] = [:]) {
        self.bearer = bearer
        self.cookies = cookies
    }
}

/// Tells who asks.
public protocol Authenticator: Sendable {
    /// The principal that `credentials` show; nil where they are none that is known.
    func principal(for credentials: Credentials) async throws(StoreError) -> Principal?
}
