public import FactoryDomain
public import FactoryStore
import GRDB
import Synchronization

extension SQLiteStore: AlertStore {
    /// Opens a notification, or counts it where the same is open already.
    public func open(
        _ notification: NotificationRecord, telling messages: [OutgoingMessage]
    ) async throws(StoreError) -> Bool {
        let isOpened = Mutex(false)
        try await queue.submit { db in
            let columns: StatementArguments = [
                "alert_id": notification.alert.rawValue, "pipeline_id": notification.pipeline?.rawValue ?? "",
                "run_id": notification.run?.rawValue, "text": notification.text,
                "latest_ms": notification.latestAt.milliseconds,
            ]
            var more = columns
            more += [
                "id": notification.id.rawValue, "owner": notification.owner,
                "opened_ms": notification.openedAt.milliseconds,
            ]
            try db.execute(sql: AlertSQL.open, arguments: more)
            let isNew = db.changesCount == 1
            isOpened.withLock { $0 = isNew }
            guard isNew else { return try db.execute(sql: AlertSQL.count, arguments: columns) }
            try db.execute(
                sql: AlertSQL.forget,
                arguments: ["owner": notification.owner, "kept": NotificationRecord.kept])
            try Self.write(messages, in: db)
        }
        return isOpened.withLock { $0 }
    }

    /// The open notification of an alert about a pipeline.
    public func openNotification(
        of alert: ID<AlertRecord>, pipeline: ID<PipelineRecord>?
    ) async throws(StoreError) -> NotificationRecord? {
        try await read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: AlertSQL.openOne), arguments: [alert.rawValue, pipeline?.rawValue ?? ""]
            )
            .map(Self.notification)
        }
    }

    /// Closes a notification.
    public func close(
        _ notification: ID<NotificationRecord>, at moment: Timestamp, telling messages: [OutgoingMessage]
    ) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(sql: AlertSQL.close, arguments: [moment.milliseconds, notification.rawValue])
            guard db.changesCount == 1 else { return }
            try Self.write(messages, in: db)
        }
    }

    /// Notifications of `owner`, newest first.
    public func notifications(
        of owner: String, isUnread: Bool, before id: ID<NotificationRecord>?, limit: Int
    ) async throws(StoreError) -> [NotificationRecord] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: AlertSQL.list),
                arguments: ["owner": owner, "unread": isUnread, "before": id?.rawValue, "limit": limit]
            ).map(Self.notification)
        }
    }

    /// How many notifications of `owner` have not been read.
    public func unreadNotifications(of owner: String) async throws(StoreError) -> Int64 {
        try await read { db in try Int64.fetchOne(db.cachedStatement(sql: AlertSQL.unread), arguments: [owner]) ?? 0 }
    }

    /// Marks notifications of `owner` as read.
    public func markRead(
        _ ids: [ID<NotificationRecord>]?, of owner: String, at moment: Timestamp
    ) async throws(StoreError) {
        try await queue.submit { db in
            guard let ids else {
                return try db.execute(
                    sql: AlertSQL.markAllRead, arguments: ["now": moment.milliseconds, "owner": owner])
            }
            for id in ids {
                try db.execute(
                    sql: AlertSQL.markRead,
                    arguments: ["now": moment.milliseconds, "owner": owner, "id": id.rawValue])
            }
        }
    }

    /// Up to when the ends of runs were looked at.
    public func alertsLookedThrough() async throws(StoreError) -> Timestamp {
        try await read { db in
            Timestamp(milliseconds: try Int64.fetchOne(db.cachedStatement(sql: AlertSQL.lookedThrough)) ?? 0)
        }
    }

    /// Notes that the ends of runs were looked at up to `moment`.
    public func alertsLooked(through moment: Timestamp) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(sql: AlertSQL.through, arguments: [moment.milliseconds])
        }
    }

    /// Enabled webhooks of `owner` that hear of `event`.
    public func webhooks(
        of owner: String, hearing event: String, pipeline: ID<PipelineRecord>?
    ) async throws(StoreError) -> [OutgoingWebhook] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: AlertSQL.webhooks),
                arguments: ["owner": owner, "event": event, "pipeline": pipeline?.rawValue]
            ).map(Self.webhook)
        }
    }

    private static func notification(_ row: Row) throws -> NotificationRecord {
        let pipeline: String = row["pipeline_id"]
        return NotificationRecord(
            id: ID(rawValue: row["id"]), owner: row["owner"], alert: ID(rawValue: row["alert_id"]),
            kind: try row.state("kind"), pipeline: pipeline.isEmpty ? nil : ID(rawValue: pipeline),
            run: (row["run_id"] as String?).map(ID.init(rawValue:)), text: row["text"],
            openedAt: Timestamp(milliseconds: row["opened_ms"]),
            latestAt: Timestamp(milliseconds: row["latest_ms"]), count: row["count"],
            closedAt: row.moment("closed_ms"), readAt: row.moment("read_ms"))
    }
}
