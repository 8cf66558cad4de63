public import FactoryDomain

/// A rule on which somebody wants to be told.
public struct AlertRecord: Identified, Sendable, Hashable {
    /// What the id of an alert begins with.
    public static let idPrefix = "al_"

    /// What it looks at.
    public enum Kind: String, Sendable, CaseIterable {
        /// Runs that fail, so many in a row.
        case failure
        /// A run that takes longer.
        case duration
        /// A run whose models cost more, as far as prices are known.
        case cost
        /// That no run begins for so long.
        case silence
    }

    /// Its identity.
    public var id: ID<AlertRecord>
    /// Who is told: of runs that they started, and of runs of their pipelines.
    public var owner: String
    /// For people.
    public var name: String?
    /// What it looks at.
    public var kind: Kind
    /// Failures in a row; milliseconds of a run or of silence; millionths of a dollar.
    public var threshold: Int64
    /// The one pipeline it looks at; nil for all.
    public var pipeline: ID<PipelineRecord>?
    /// Whether it looks now.
    public var isEnabled: Bool
    /// Counts its changes, from 1.
    public var revision: Int64
    /// When it was made.
    public var createdAt: Timestamp
    /// When it last changed.
    public var updatedAt: Timestamp

    /// An alert of these values.
    public init(
        id: ID<AlertRecord>, owner: String, name: String? = nil, kind: Kind, threshold: Int64,
        pipeline: ID<PipelineRecord>? = nil, isEnabled: Bool = true, revision: Int64 = 1, createdAt: Timestamp,
        updatedAt: Timestamp
    ) {
        self.id = id
        self.owner = owner
        self.name = name
        self.kind = kind
        self.threshold = threshold
        self.pipeline = pipeline
        self.isEnabled = isEnabled
        self.revision = revision
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// How many alerts an account may have.
    public static let most = 100
}
