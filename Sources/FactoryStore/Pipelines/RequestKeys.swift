public import FactoryDomain

/// Remembers requests that were made under a key, so that one made again is not done again.
public protocol RequestKeyStore: Sendable {
    /// Takes `key` for a request, or gives what is kept of the one that has it. Keys older than `expiry` are dropped.
    func take(_ key: RequestKey, expiry: Timestamp) async throws(StoreError) -> RequestKey?

    /// Keeps the answer to the request that took `key`.
    func answer(_ key: RequestKey) async throws(StoreError)

    /// Gives up `key`: the request was refused and may be made again under it.
    func release(_ key: RequestKey) async throws(StoreError)
}

/// A request under an idempotency key.
public struct RequestKey: Sendable, Hashable {
    /// Who made it.
    public var owner: String
    /// The key the client chose.
    public var key: String
    /// Hash of method, path and body.
    public var request: ContentHash
    /// Id that what the request makes is given, whether it came to that or not.
    public var resource: String
    /// When it was made.
    public var createdAt: Timestamp
    /// The answer as text; nil while there is none.
    public var answer: String?

    /// A request of these values.
    public init(
        owner: String, key: String, request: ContentHash, resource: String, createdAt: Timestamp,
        answer: String? = nil
    ) {
        self.owner = owner
        self.key = key
        self.request = request
        self.resource = resource
        self.createdAt = createdAt
        self.answer = answer
    }
}
