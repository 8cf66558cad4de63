public import FactoryDomain
public import FactoryJSON
public import FactoryStore

/// Whose doing something was.
public struct AuditActor: Sendable, Hashable {
    /// The owner; nil for somebody unknown.
    public var account: String?
    /// What people call it.
    public var name: String
    /// How it was let in: an id of a session, key or trigger, `installation`, `command line`,
    /// `server`.
    public var via: String
    /// The address it came from; nil where there was none.
    public var address: String?

    /// An actor of these values.
    public init(account: String?, name: String, via: String, address: String? = nil) {
        self.account = account
        self.name = name
        self.via = via
        self.address = address
    }

    /// Who made a request; somebody unknown for nil.
    public init(_ principal: Principal?, address: String?) {
        let via =
            switch principal?.credential {
            case .installation: "installation"
            case .key(let id), .session(let id): id
            case nil: "nothing"
            }
        self.init(account: principal?.owner, name: principal?.name ?? "", via: via, address: address)
    }

    /// The server by itself, as its settings and its rules have it.
    public static let server = AuditActor(account: nil, name: "", via: "server")

    /// Whoever uses the command line on the data folder itself.
    public static let commandLine = AuditActor(account: Owner.local, name: Owner.local, via: "command line")
}

/// Writes down who did what: records that are only added to, each sealed over the one before.
///
/// The chain shows that a record was changed, left out or put in. It does not show that the newest were cut off, or that
/// somebody who can write to the store made the whole chain anew; for that, keep the digest of the newest elsewhere.
public struct AuditLog: Sendable {
    private let store: any AuditStore
    private let now: @Sendable () -> Timestamp

    /// A log in `store`.
    public init(_ store: any AuditStore, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.now = now
    }

    /// Writes down that `actor` did `action`; returns when it is on the disk.
    ///
    /// - Parameters:
    ///   - object: id of what it was done to.
    ///   - detail: what else belongs to it; never a secret.
    public func record(
        _ action: AuditAction, by actor: AuditActor, on object: String? = nil, _ detail: JSONObject = [:]
    ) async throws(StoreError) {
        try await store.append(
            AuditRecord(
                at: now(), action: action.rawValue, account: actor.account, name: actor.name, via: actor.via,
                address: actor.address, object: object, detail: detail),
            sealedBy: AuditSeal.digest)
    }

    /// Records, newest first.
    public func records(_ filter: AuditFilter) async throws(StoreError) -> [AuditRecord] {
        try await store.auditRecords(filter)
    }

    /// Reads the whole chain.
    public func verify() async throws(StoreError) -> AuditVerdict {
        var (count, previous): (Int64, String) = (0, "")
        while true {
            let page = try await store.auditRecords(after: count, limit: 500)
            guard !page.isEmpty else { return .whole(records: count, newest: previous) }
            for record in page {
                guard record.number == count + 1 else { return .broken(at: count + 1, "it is not there") }
                guard record.digest == AuditSeal.digest(of: record, previous) else {
                    return .broken(at: record.number, "it is not what was written, or what stood before it is not")
                }
                (count, previous) = (record.number, record.digest)
            }
        }
    }
}

/// What a reading of the whole chain came to.
public enum AuditVerdict: Sendable, Hashable {
    /// Every record is there as it was written; the digest of the newest stands for them all.
    case whole(records: Int64, newest: String)
    /// The first record that is not as it was written, and why.
    case broken(at: Int64, String)
}

/// The digest of a record: SHA-256 over the digest before it and the record as JSON with its members in one order.
enum AuditSeal {
    @Sendable static func digest(of record: AuditRecord, _ previous: String) -> String {
        let content: JSON = [
            "previous": .string(previous), "number": .int(record.number), "at": .int(record.at.milliseconds),
            "action": .string(record.action), "account": record.account.map(JSON.string) ?? .null,
            "name": .string(record.name), "via": .string(record.via),
            "address": record.address.map(JSON.string) ?? .null, "object": record.object.map(JSON.string) ?? .null,
            "detail": .object(record.detail),
        ]
        return Digest.of(content.serialized())
    }
}
