public import FactoryDomain

/// A model provider that was added on the server.
public struct ProviderRecord: Identified, Sendable, Hashable {
    /// What the id of a provider begins with.
    public static let idPrefix = "prv_"

    /// Who opened the endpoint of a provider that is not on the public internet, and when.
    public struct Admission: Sendable, Hashable {
        /// The account.
        public var by: String
        /// When.
        public var at: Timestamp

        /// An admission of these values.
        public init(by: String, at: Timestamp) {
            self.by = by
            self.at = at
        }
    }

    /// Its identity.
    public var id: ID<ProviderRecord>
    /// Whose runs may use it; nil for everybody's.
    public var owner: String?
    /// How documents name it, in `provider/model`.
    public var name: String
    /// Its wire format: `openai`, `anthropic` or `ollama`.
    public var kind: String
    /// Where its API begins.
    public var baseURL: String
    /// Its key, sealed; nil where it wants none.
    public var sealedKey: String?
    /// Counts the keys it has had; part of what the present one is sealed for.
    public var keyVersion: Int64
    /// The entry of the allow-list that it is; nil where its endpoint is open anyway.
    public var admission: Admission?
    /// The account that added it.
    public var createdBy: String
    /// When it was added.
    public var createdAt: Timestamp
    /// When it was last changed.
    public var updatedAt: Timestamp

    /// A provider of these values.
    public init(
        id: ID<ProviderRecord>, owner: String?, name: String, kind: String, baseURL: String, sealedKey: String? = nil,
        keyVersion: Int64 = 0, admission: Admission? = nil, createdBy: String, createdAt: Timestamp,
        updatedAt: Timestamp
    ) {
        self.id = id
        self.owner = owner
        self.name = name
        self.kind = kind
        self.baseURL = baseURL
        self.sealedKey = sealedKey
        self.keyVersion = keyVersion
        self.admission = admission
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
