public import FactoryDomain
import FactoryJSON
public import FactoryStore
import GRDB

extension SQLiteStore {
    /// Keeps a new webhook.
    public func create(_ webhook: OutgoingWebhook, keyID: String?) async throws(StoreError) {
        try await queue.submit { db in
            if let keyID { try SealedColumns.admit(keyID, at: webhook.updatedAt, in: db) }
            var columns = Self.columns(of: webhook)
            columns += ["created_ms": webhook.createdAt.milliseconds]
            try db.execute(sql: OutgoingSQL.insert, arguments: columns)
        }
    }

    /// The webhook `id` of `owner`.
    public func webhook(_ id: ID<OutgoingWebhook>, of owner: String) async throws(StoreError) -> OutgoingWebhook {
        let found = try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: OutgoingSQL.webhook), arguments: [id.rawValue, owner]).map(
                Self.webhook)
        }
        guard let found else { throw .notFound(kind: "webhook", id: id.rawValue) }
        return found
    }

    /// The webhooks of `owner`, oldest first.
    public func webhooks(of owner: String) async throws(StoreError) -> [OutgoingWebhook] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: OutgoingSQL.ofOwner), arguments: [owner]).map(Self.webhook)
        }
    }

    /// Keeps `webhook` with the next revision.
    public func replace(_ webhook: OutgoingWebhook, keyID: String?) async throws(StoreError) {
        try await queue.submit { db in
            if let keyID { try SealedColumns.admit(keyID, at: webhook.updatedAt, in: db) }
            var columns = Self.columns(of: webhook)
            columns += ["revision": webhook.revision]
            try db.execute(sql: OutgoingSQL.replace, arguments: columns)
            guard db.changesCount == 1 else { throw StoreError.changed }
        }
    }

    /// Removes a webhook with its messages.
    public func removeWebhook(_ id: ID<OutgoingWebhook>, of owner: String) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(sql: OutgoingSQL.remove, arguments: [id.rawValue, owner])
            guard db.changesCount == 1 else { throw StoreError.notFound(kind: "webhook", id: id.rawValue) }
        }
    }

    /// Enabled webhooks that hear of a run that `owner` started.
    public func listeners(
        toRunsOf owner: String, pipeline: ID<PipelineRecord>?
    ) async throws(StoreError) -> [OutgoingWebhook] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: OutgoingSQL.listeners),
                arguments: ["owner": owner, "pipeline": pipeline?.rawValue]
            ).map(Self.webhook)
        }
    }

    private static func columns(of webhook: OutgoingWebhook) -> StatementArguments {
        [
            "id": webhook.id.rawValue, "owner": webhook.owner, "name": webhook.name, "url": webhook.url,
            "events": JSON.array(webhook.events.map(JSON.string)).serialized(),
            "pipeline_id": webhook.pipeline?.rawValue, "enabled": webhook.isEnabled,
            "secret_sealed": webhook.sealedSecret, "updated_ms": webhook.updatedAt.milliseconds,
        ]
    }

    static func webhook(_ row: Row) throws -> OutgoingWebhook {
        OutgoingWebhook(
            id: ID(rawValue: row["id"]), owner: row["owner"], name: row["name"], url: row["url"],
            events: (try JSON(column: row["events"]).arrayValue ?? []).compactMap(\.stringValue),
            pipeline: (row["pipeline_id"] as String?).map(ID.init(rawValue:)), isEnabled: row["enabled"],
            sealedSecret: row["secret_sealed"], revision: row["revision"],
            createdAt: Timestamp(milliseconds: row["created_ms"]),
            updatedAt: Timestamp(milliseconds: row["updated_ms"]))
    }
}
