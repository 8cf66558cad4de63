public import FactoryDomain

/// Where an account has messages about runs sent.
public struct OutgoingWebhook: Identified, Sendable {
    /// What the id of an outgoing webhook begins with.
    public static let idPrefix = "wh_"

    /// Its identity.
    public var id: ID<OutgoingWebhook>
    /// Whose it is: it hears of runs that they started, and of runs of their pipelines.
    public var owner: String
    /// For people.
    public var name: String?
    /// Where messages go.
    public var url: String
    /// What it hears of, for example `run.failed`.
    public var events: [String]
    /// The one pipeline it hears of; nil for all.
    public var pipeline: ID<PipelineRecord>?
    /// Whether anything is sent now.
    public var isEnabled: Bool
    /// The key of its signatures, sealed.
    public var sealedSecret: String
    /// Counts its changes, from 1.
    public var revision: Int64
    /// When it was made.
    public var createdAt: Timestamp
    /// When it last changed.
    public var updatedAt: Timestamp

    /// A webhook of these values.
    public init(
        id: ID<OutgoingWebhook>, owner: String, name: String?, url: String, events: [String],
        pipeline: ID<PipelineRecord>?, isEnabled: Bool, sealedSecret: String, revision: Int64 = 1,
        createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.owner = owner
        self.name = name
        self.url = url
        self.events = events
        self.pipeline = pipeline
        self.isEnabled = isEnabled
        self.sealedSecret = sealedSecret
        self.revision = revision
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// A message to another system, and how its sending went.
public struct OutgoingMessage: Identified, Sendable {
    /// What the id of a message begins with. The other side knows it as `webhook-id`.
    public static let idPrefix = "msg_"

    /// Where it stands.
    public enum Status: String, Sendable, CaseIterable {
        /// It has not been taken yet, and will be tried (again).
        case pending
        /// The other side took it.
        case delivered
        /// It was given up.
        case failed
    }

    /// Its identity, the same at each try.
    public var id: ID<OutgoingMessage>
    /// Where it goes.
    public var webhook: ID<OutgoingWebhook>
    /// Tells what it speaks of from all else, so that nothing is written down twice.
    public var occasion: String
    /// What it speaks of, for example `run.failed`.
    public var event: String
    /// What is sent.
    public var body: String
    /// When it was written down.
    public var createdAt: Timestamp
    /// Where it stands.
    public var status: Status
    /// How often it was tried.
    public var tries: Int
    /// When it is tried next; nil where it is not.
    public var nextTryAt: Timestamp?
    /// When it was tried last.
    public var lastTryAt: Timestamp?
    /// What the other side answered last.
    public var httpStatus: Int?
    /// Why it was not taken.
    public var reason: String?

    /// A message of these values.
    public init(
        id: ID<OutgoingMessage>, webhook: ID<OutgoingWebhook>, occasion: String, event: String, body: String,
        createdAt: Timestamp, status: Status = .pending, tries: Int = 0, nextTryAt: Timestamp?,
        lastTryAt: Timestamp? = nil, httpStatus: Int? = nil, reason: String? = nil
    ) {
        self.id = id
        self.webhook = webhook
        self.occasion = occasion
        self.event = event
        self.body = body
        self.createdAt = createdAt
        self.status = status
        self.tries = tries
        self.nextTryAt = nextTryAt
        self.lastTryAt = lastTryAt
        self.httpStatus = httpStatus
        self.reason = reason
    }

    /// How many messages of one webhook are kept.
    public static let kept = 1_000
}
