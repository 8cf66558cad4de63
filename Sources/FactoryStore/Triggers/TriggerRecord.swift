public import FactoryDomain
public import FactoryJSON

/// What starts a pipeline by itself: a schedule, or a call from another system.
public struct TriggerRecord: Identified, Sendable {
    /// What the id of a trigger begins with.
    public static let idPrefix = "tr_"

    /// The kinds of triggers.
    public enum Kind: String, Sendable, CaseIterable {
        case schedule, webhook
    }

    /// Its identity.
    public var id: ID<TriggerRecord>
    /// The pipeline it starts.
    public var pipeline: ID<PipelineRecord>
    /// Who made it: its runs are theirs.
    public var owner: String
    /// What sets it off.
    public var kind: Kind
    /// For people.
    public var name: String?
    /// Whether it starts anything now.
    public var isEnabled: Bool
    /// What its kind wants to know, as the API shows it.
    public var settings: JSON
    /// Counts its changes, from 1.
    public var revision: Int64
    /// When it was made.
    public var createdAt: Timestamp
    /// When it last changed.
    public var updatedAt: Timestamp
    /// When a schedule is due next; nil where it is not.
    public var nextFireAt: Timestamp?
    /// Digest of the secret part of a webhook's address.
    public var addressDigest: String?
    /// Key of a webhook's signatures, sealed.
    public var sealedSecret: String?

    /// A trigger of these values.
    public init(
        id: ID<TriggerRecord>, pipeline: ID<PipelineRecord>, owner: String, kind: Kind, name: String?,
        isEnabled: Bool, settings: JSON, revision: Int64 = 1, createdAt: Timestamp, updatedAt: Timestamp,
        nextFireAt: Timestamp? = nil, addressDigest: String? = nil, sealedSecret: String? = nil
    ) {
        self.id = id
        self.pipeline = pipeline
        self.owner = owner
        self.kind = kind
        self.name = name
        self.isEnabled = isEnabled
        self.settings = settings
        self.revision = revision
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.nextFireAt = nextFireAt
        self.addressDigest = addressDigest
        self.sealedSecret = sealedSecret
    }
}
