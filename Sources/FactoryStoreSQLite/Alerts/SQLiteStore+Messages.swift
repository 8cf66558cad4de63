public import FactoryDomain
public import FactoryStore
import GRDB

extension SQLiteStore: OutgoingStore {
    /// Writes messages down, those that are not known by their occasion.
    public func enqueue(_ messages: [OutgoingMessage], through moment: Timestamp?) async throws(StoreError) {
        try await queue.submit { db in
            try Self.write(messages, in: db)
            if let moment { try db.execute(sql: OutgoingSQL.through, arguments: [moment.milliseconds]) }
        }
    }

    /// Up to when the ends of runs were looked at.
    public func lookedThrough() async throws(StoreError) -> Timestamp {
        try await read { db in
            Timestamp(milliseconds: try Int64.fetchOne(db.cachedStatement(sql: OutgoingSQL.lookedThrough)) ?? 0)
        }
    }

    /// Runs that ended at `moment` or later, without their documents and inputs.
    public func runsEnded(since moment: Timestamp, limit: Int) async throws(StoreError) -> [RunRecord] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: OutgoingSQL.runsEnded),
                arguments: ["since": moment.milliseconds, "limit": limit]
            ).map(Self.run)
        }
    }

    /// Messages that are due, with the webhooks they go to.
    public func dueMessages(
        at moment: Timestamp, limit: Int
    ) async throws(StoreError) -> [(message: OutgoingMessage, webhook: OutgoingWebhook)] {
        try await read { db in
            let messages = try Row.fetchAll(
                db.cachedStatement(sql: OutgoingSQL.dueMessages), arguments: [moment.milliseconds, limit]
            ).map(Self.message)
            return try messages.compactMap { message in
                try Row.fetchOne(
                    db.cachedStatement(sql: OutgoingSQL.webhookOfMessage), arguments: [message.webhook.rawValue]
                )
                .map { (message, try Self.webhook($0)) }
            }
        }
    }

    /// When the next message is due.
    public func nextTry() async throws(StoreError) -> Timestamp? {
        try await read { db in
            try Int64.fetchOne(db.cachedStatement(sql: OutgoingSQL.nextTry)).map(Timestamp.init(milliseconds:))
        }
    }

    /// Writes down how a try went.
    public func note(_ message: OutgoingMessage) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(
                sql: OutgoingSQL.note,
                arguments: [
                    "id": message.id.rawValue, "status": message.status.rawValue, "tries": message.tries,
                    "next_try_ms": message.nextTryAt?.milliseconds, "last_try_ms": message.lastTryAt?.milliseconds,
                    "http_status": message.httpStatus, "reason": message.reason,
                ])
        }
    }

    /// Messages of a webhook, newest first.
    public func messages(
        of webhook: ID<OutgoingWebhook>, before id: ID<OutgoingMessage>?, limit: Int
    ) async throws(StoreError) -> [OutgoingMessage] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: OutgoingSQL.messages),
                arguments: ["webhook": webhook.rawValue, "before": id?.rawValue, "limit": limit]
            ).map(Self.message)
        }
    }

    /// The message `id` of a webhook.
    public func message(
        _ id: ID<OutgoingMessage>, of webhook: ID<OutgoingWebhook>
    ) async throws(StoreError) -> OutgoingMessage {
        let found = try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: OutgoingSQL.message), arguments: [id.rawValue, webhook.rawValue])
                .map(Self.message)
        }
        guard let found else { throw .notFound(kind: "message", id: id.rawValue) }
        return found
    }

    /// Writes messages down, and forgets the oldest beyond what is kept.
    static func write(_ messages: [OutgoingMessage], in db: Database) throws {
        for message in messages {
            try db.execute(
                sql: OutgoingSQL.insertMessage,
                arguments: [
                    "id": message.id.rawValue, "webhook_id": message.webhook.rawValue,
                    "occasion": message.occasion, "event": message.event, "body": message.body,
                    "created_ms": message.createdAt.milliseconds, "status": message.status.rawValue,
                    "next_try_ms": message.nextTryAt?.milliseconds,
                ])
        }
        for webhook in Set(messages.map(\.webhook)) {
            try db.execute(
                sql: OutgoingSQL.forgetMessages,
                arguments: ["webhook": webhook.rawValue, "kept": OutgoingMessage.kept])
        }
    }

    private static func message(_ row: Row) throws -> OutgoingMessage {
        OutgoingMessage(
            id: ID(rawValue: row["id"]), webhook: ID(rawValue: row["webhook_id"]), occasion: row["occasion"],
            event: row["event"], body: row["body"], createdAt: Timestamp(milliseconds: row["created_ms"]),
            status: try row.state("status"), tries: row["tries"], nextTryAt: row.moment("next_try_ms"),
            lastTryAt: row.moment("last_try_ms"), httpStatus: row["http_status"], reason: row["reason"])
    }
}
