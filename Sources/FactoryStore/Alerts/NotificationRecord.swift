public import FactoryDomain

/// What an alert had to say: open while it goes on, closed when it is over.
public struct NotificationRecord: Identified, Sendable, Hashable {
    /// What the id of a notification begins with.
    public static let idPrefix = "nt_"

    /// Its identity.
    public var id: ID<NotificationRecord>
    /// Who is told.
    public var owner: String
    /// The alert that says it.
    public var alert: ID<AlertRecord>
    /// What the alert looks at.
    public var kind: AlertRecord.Kind
    /// The pipeline it is about; nil for the silence of all.
    public var pipeline: ID<PipelineRecord>?
    /// The latest run that it was said of.
    public var run: ID<Run>?
    /// What is said, in a sentence.
    public var text: String
    /// When it began.
    public var openedAt: Timestamp
    /// When it was last the case.
    public var latestAt: Timestamp
    /// How often it was the case.
    public var count: Int64
    /// When it was over; nil while it goes on.
    public var closedAt: Timestamp?
    /// When it was read; nil before.
    public var readAt: Timestamp?

    /// A notification of these values.
    public init(
        id: ID<NotificationRecord>, owner: String, alert: ID<AlertRecord>, kind: AlertRecord.Kind,
        pipeline: ID<PipelineRecord>?, run: ID<Run>?, text: String, openedAt: Timestamp, latestAt: Timestamp,
        count: Int64 = 1, closedAt: Timestamp? = nil, readAt: Timestamp? = nil
    ) {
        self.id = id
        self.owner = owner
        self.alert = alert
        self.kind = kind
        self.pipeline = pipeline
        self.run = run
        self.text = text
        self.openedAt = openedAt
        self.latestAt = latestAt
        self.count = count
        self.closedAt = closedAt
        self.readAt = readAt
    }

    /// How many notifications of one account are kept.
    public static let kept = 1_000
}
