public import FactoryDomain

/// Keeps who did what. What is in it is neither changed nor removed.
public protocol AuditStore: Sendable {
    /// Keeps `record` behind the last one.
    ///
    /// - Parameter seal: gives the digest of a record, whose number is set, and of the digest before it, which is empty
    ///   for the first.
    func append(
        _ record: AuditRecord, sealedBy seal: @escaping @Sendable (_ record: AuditRecord, _ previous: String) -> String
    ) async throws(StoreError)

    /// Records, newest first.
    func auditRecords(_ filter: AuditFilter) async throws(StoreError) -> [AuditRecord]

    /// Records behind the one with this number, oldest first.
    func auditRecords(after number: Int64, limit: Int) async throws(StoreError) -> [AuditRecord]
}

/// Which records are wanted.
public struct AuditFilter: Sendable, Hashable {
    /// Only what this owner did.
    public var account: String?
    /// Only this action.
    public var action: String?
    /// Only what was done to this.
    public var object: String?
    /// Only those before the one with this number.
    public var before: Int64?
    /// At most this many.
    public var limit: Int

    /// A filter of these values.
    public init(
        account: String? = nil, action: String? = nil, object: String? = nil, before: Int64? = nil, limit: Int = 50
    ) {
        self.account = account
        self.action = action
        self.object = object
        self.before = before
        self.limit = limit
    }
}
