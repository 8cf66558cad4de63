public import FactoryDomain
public import FactoryJSON

/// One occasion on which a trigger was set off, or might have been, and what came of it.
public struct DeliveryRecord: Identified, Sendable {
    /// What the id of a delivery begins with.
    public static let idPrefix = "dlv_"

    /// What came of it.
    public enum Status: String, Sendable, CaseIterable {
        /// Written down; its run has not been started yet.
        case pending
        /// Its run was started.
        case started
        /// It was not to start a run: a filter, or a run that goes on, or a fire that was missed.
        case skipped
        /// It did not prove where it came from.
        case refused
        /// It should have started a run, and could not.
        case failed
    }

    /// Its identity.
    public var id: ID<DeliveryRecord>
    /// The trigger.
    public var trigger: ID<TriggerRecord>
    /// Tells it from the trigger's other occasions.
    public var occasion: String
    /// When it came.
    public var receivedAt: Timestamp
    /// When a schedule was due; nil for a webhook.
    public var dueAt: Timestamp?
    /// What came of it.
    public var status: Status
    /// Why it came to that, where there is something to say.
    public var reason: String?
    /// The id of its run, fixed before the run starts.
    public var run: ID<Run>?
    /// What the sender calls it.
    public var event: String?
    /// The request's headers, without those that hold secrets.
    public var headers: JSON?
    /// The request's body. Of a delivery that is settled, only one of at most ``keptBodyBytes``.
    public var body: String?
    /// Bytes of the body as it came.
    public var bodyBytes: Int?

    /// A delivery of these values.
    public init(
        id: ID<DeliveryRecord>, trigger: ID<TriggerRecord>, occasion: String, receivedAt: Timestamp,
        dueAt: Timestamp? = nil, status: Status = .pending, reason: String? = nil, run: ID<Run>? = nil,
        event: String? = nil, headers: JSON? = nil, body: String? = nil, bodyBytes: Int? = nil
    ) {
        self.id = id
        self.trigger = trigger
        self.occasion = occasion
        self.receivedAt = receivedAt
        self.dueAt = dueAt
        self.status = status
        self.reason = reason
        self.run = run
        self.event = event
        self.headers = headers
        self.body = body
        self.bodyBytes = bodyBytes
    }
}
