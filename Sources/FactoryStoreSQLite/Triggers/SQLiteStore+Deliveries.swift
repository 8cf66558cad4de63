public import FactoryDomain
import FactoryJSON
public import FactoryStore
import GRDB
import Synchronization

extension SQLiteStore: TriggerStore {
    /// Writes down what a schedule's fire came to and when it fires next.
    public func fire(
        _ trigger: TriggerRecord, _ deliveries: [DeliveryRecord], next: Timestamp?
    ) async throws(StoreError) -> Bool {
        let isWritten = Mutex(false)
        try await queue.submit { db in
            try db.execute(
                sql: TriggerSQL.fire,
                arguments: [
                    "id": trigger.id.rawValue, "revision": trigger.revision,
                    "expected": trigger.nextFireAt?.milliseconds, "next": next?.milliseconds,
                ])
            let isAsRead = db.changesCount == 1
            isWritten.withLock { $0 = isAsRead }
            guard isAsRead else { return }
            for delivery in deliveries { try Self.insert(delivery, in: db) }
            try Self.forget(trigger.id, in: db)
        }
        return isWritten.withLock { $0 }
    }

    /// Writes down a delivery, or gives the one that is kept of the same occasion.
    public func take(_ delivery: DeliveryRecord) async throws(StoreError) -> DeliveryRecord? {
        let known = Mutex<DeliveryRecord?>(nil)
        try await queue.submit { db in
            try Self.insert(delivery, in: db)
            guard db.changesCount == 0 else {
                known.withLock { $0 = nil }
                return try Self.forget(delivery.trigger, in: db)
            }
            let found = try Row.fetchOne(
                db.cachedStatement(sql: TriggerSQL.deliveryOfOccasion),
                arguments: [delivery.trigger.rawValue, delivery.occasion]
            ).map(Self.delivery)
            known.withLock { $0 = found }
        }
        return known.withLock { $0 }
    }

    /// Writes down what a pending delivery came to.
    public func settle(
        _ delivery: ID<DeliveryRecord>, as status: DeliveryRecord.Status, reason: String?
    ) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(
                sql: TriggerSQL.settle,
                arguments: [
                    "id": delivery.rawValue, "status": status.rawValue, "reason": reason,
                    "kept": DeliveryRecord.keptBodyBytes,
                ])
        }
    }

    /// Deliveries whose runs have not been started, oldest first.
    public func pendingDeliveries() async throws(StoreError) -> [DeliveryRecord] {
        try await read { db in try Row.fetchAll(db.cachedStatement(sql: TriggerSQL.pending)).map(Self.delivery) }
    }

    /// The delivery `id` of a trigger.
    public func delivery(
        _ id: ID<DeliveryRecord>, of trigger: ID<TriggerRecord>
    ) async throws(StoreError) -> DeliveryRecord {
        let found = try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: TriggerSQL.delivery), arguments: [id.rawValue, trigger.rawValue])
                .map(Self.delivery)
        }
        guard let found else { throw .notFound(kind: "delivery", id: id.rawValue) }
        return found
    }

    /// Deliveries of a trigger, newest first, without bodies.
    public func deliveries(
        of trigger: ID<TriggerRecord>, before id: ID<DeliveryRecord>?, limit: Int
    ) async throws(StoreError) -> [DeliveryRecord] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: TriggerSQL.deliveries),
                arguments: ["trigger": trigger.rawValue, "before": id?.rawValue, "limit": limit]
            ).map(Self.delivery)
        }
    }

    /// A run that a trigger started and that has not ended.
    public func unfinishedRun(
        of trigger: ID<TriggerRecord>, except run: ID<Run>?
    ) async throws(StoreError) -> ID<Run>? {
        try await read { db in
            try String.fetchOne(
                db.cachedStatement(sql: TriggerSQL.unfinishedRun),
                arguments: ["trigger": trigger.rawValue, "except": run?.rawValue]
            ).map(ID.init(rawValue:))
        }
    }

    private static func insert(_ delivery: DeliveryRecord, in db: Database) throws {
        try db.execute(
            sql: TriggerSQL.insertDelivery,
            arguments: [
                "id": delivery.id.rawValue, "trigger_id": delivery.trigger.rawValue, "occasion": delivery.occasion,
                "received_ms": delivery.receivedAt.milliseconds, "due_ms": delivery.dueAt?.milliseconds,
                "status": delivery.status.rawValue, "reason": delivery.reason, "run_id": delivery.run?.rawValue,
                "event": delivery.event, "headers": delivery.headers?.serialized(), "body": delivery.body,
                "body_bytes": delivery.bodyBytes,
            ])
    }

    private static func forget(_ trigger: ID<TriggerRecord>, in db: Database) throws {
        try db.execute(
            sql: TriggerSQL.forgetDeliveries, arguments: ["trigger": trigger.rawValue, "kept": DeliveryRecord.kept])
    }

    private static func delivery(_ row: Row) throws -> DeliveryRecord {
        DeliveryRecord(
            id: ID(rawValue: row["id"]), trigger: ID(rawValue: row["trigger_id"]), occasion: row["occasion"],
            receivedAt: Timestamp(milliseconds: row["received_ms"]), dueAt: row.moment("due_ms"),
            status: try row.state("status"), reason: row["reason"],
            run: (row["run_id"] as String?).map(ID.init(rawValue:)), event: row["event"],
            headers: try (row["headers"] as String?).map(JSON.init(column:)), body: row["body"],
            bodyBytes: row["body_bytes"])
    }
}
