public import FactoryAPI
public import FactoryDomain
import FactoryJSON
import FactoryStore

/// An access key as it is given out: its text is shown once.
public struct NewAccessKey: Sendable {
    /// What is kept of it.
    public var record: AccessKeyRecord
    /// The key.
    public var text: String
}

extension Accounts {
    /// Days for which a key is good unless something else is said.
    public static let keyDays = 90
    /// The most days for which a key is good.
    public static let longestKeyDays = 3_650

    /// Makes a key for `account`. It allows no more than the account may.
    ///
    /// - Parameters:
    ///   - pipelines: ids of the pipelines it is restricted to; nil for all.
    ///   - days: for how many days it is good.
    public func createKey(
        for account: AccountRecord, name: String, scopes: [AccessScope], pipelines: [String]?, days: Int,
        by actor: AuditActor
    ) async throws(AccountError) -> NewAccessKey {
        let label = name.filter { !$0.isNewline }
        guard (1...100).contains(label.utf8.count) else {
            throw .invalid(field: "name", rule: "must have 1 to 100 bytes")
        }
        guard !scopes.isEmpty else { throw .invalid(field: "scopes", rule: "must name at least one scope") }
        guard account.role == .admin || !scopes.contains(.admin) else {
            throw .invalid(field: "scopes", rule: "may have admin only for an account of role admin")
        }
        guard (1...Self.longestKeyDays).contains(days) else {
            throw .invalid(field: "expires_in_days", rule: "must be from 1 to \(Self.longestKeyDays)")
        }
        if let pipelines {
            guard (1...100).contains(pipelines.count),
                pipelines.allSatisfy({ ID<PipelineRecord>(parsing: $0) != nil })
            else { throw .invalid(field: "pipelines", rule: "must be a list of 1 to 100 ids of pipelines") }
        }
        let (now, secret) = (now(), SecretText())
        let record = AccessKeyRecord(
            id: ids.make(), account: account.id, name: label, secretDigest: secret.digest,
            scopes: AccessScope.allCases.filter(scopes.contains).map(\.rawValue), pipelines: pipelines,
            createdAt: now, expiresAt: now.adding(.seconds(days * 86_400)))
        try await stored { () throws(StoreError) in try await store.create(record) }
        try await note(
            .keyCreated, by: actor, on: record.id.rawValue,
            [
                ("account", account.id.rawValue), ("name", label),
                ("scopes", record.scopes.joined(separator: " ")),
            ])
        return NewAccessKey(record: record, text: AccessKeyText(record.id, secret: secret.text).text)
    }

    /// The keys of an account, newest first; of all for nil.
    public func keys(of account: ID<Account>?) async throws(AccountError) -> [AccessKeyRecord] {
        try await stored { () throws(StoreError) in try await store.keys(of: account) }
    }

    /// Removes a key: from now on it opens nothing.
    public func revoke(_ key: ID<AccessKey>, by actor: AuditActor) async throws(AccountError) {
        guard try await stored({ () throws(StoreError) in try await store.revoke(key) }) else { throw .notFound }
        try await note(.keyRevoked, by: actor, on: key.rawValue)
    }
}
