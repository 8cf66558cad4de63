public import FactoryJSON

/// One line of who did what.
public struct AuditRecord: Sendable, Hashable {
    /// Its place, from 1 and without a gap; 0 before it is kept.
    public var number: Int64
    /// When it was done.
    public var at: Timestamp
    /// What was done: a stable word.
    public var action: String
    /// The owner whose doing it was; nil for somebody unknown.
    public var account: String?
    /// What that account was called then, or what somebody unknown called themselves.
    public var name: String
    /// How they were let in: an id of a session or key, `installation`, `command line`, a trigger.
    public var via: String
    /// The address they came from; nil where there was none.
    public var address: String?
    /// What it was done to; nil where that is said by the action.
    public var object: String?
    /// What else belongs to it. Never a secret.
    public var detail: JSONObject
    /// Digest over this record and the digest of the one before; empty before it is kept.
    public var digest: String

    /// A record of these values.
    public init(
        number: Int64 = 0, at: Timestamp, action: String, account: String?, name: String, via: String,
        address: String? = nil, object: String? = nil, detail: JSONObject = [:], digest: String = ""
    ) {
        self.number = number
        self.at = at
        self.action = action
        self.account = account
        self.name = name
        self.via = via
        self.address = address
        self.object = object
        self.detail = detail
        self.digest = digest
    }
}
