public import FactoryDomain
import FactoryJSON
public import FactoryStore
import GRDB

extension SQLiteStore {
    /// Keeps a new trigger.
    public func create(_ trigger: TriggerRecord, keyID: String?) async throws(StoreError) {
        try await queue.submit { db in
            if let keyID { try SealedColumns.admit(keyID, at: trigger.updatedAt, in: db) }
            var columns = Self.columns(of: trigger)
            columns += [
                "pipeline_id": trigger.pipeline.rawValue, "owner": trigger.owner, "kind": trigger.kind.rawValue,
                "created_ms": trigger.createdAt.milliseconds,
            ]
            try db.execute(sql: TriggerSQL.insert, arguments: columns)
        }
    }

    /// The trigger `id`.
    public func trigger(_ id: ID<TriggerRecord>) async throws(StoreError) -> TriggerRecord {
        let found = try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: TriggerSQL.trigger), arguments: [id.rawValue]).map(Self.trigger)
        }
        guard let found else { throw .notFound(kind: "trigger", id: id.rawValue) }
        return found
    }

    /// The triggers of a pipeline, oldest first.
    public func triggers(of pipeline: ID<PipelineRecord>) async throws(StoreError) -> [TriggerRecord] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: TriggerSQL.ofPipeline), arguments: [pipeline.rawValue]).map(
                Self.trigger)
        }
    }

    /// The webhook whose address has this digest.
    public func trigger(addressDigest: String) async throws(StoreError) -> TriggerRecord? {
        try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: TriggerSQL.byAddress), arguments: [addressDigest]).map(
                Self.trigger)
        }
    }

    /// Keeps `trigger` with the next revision.
    public func replace(_ trigger: TriggerRecord, keyID: String?) async throws(StoreError) {
        try await queue.submit { db in
            if let keyID { try SealedColumns.admit(keyID, at: trigger.updatedAt, in: db) }
            var columns = Self.columns(of: trigger)
            columns += ["revision": trigger.revision]
            try db.execute(sql: TriggerSQL.replace, arguments: columns)
            guard db.changesCount == 1 else { throw StoreError.changed }
        }
    }

    /// Removes a trigger with its deliveries.
    public func removeTrigger(_ id: ID<TriggerRecord>) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(sql: TriggerSQL.remove, arguments: [id.rawValue])
            guard db.changesCount == 1 else { throw StoreError.notFound(kind: "trigger", id: id.rawValue) }
        }
    }

    /// Schedules that are due at `moment` or before.
    public func dueTriggers(at moment: Timestamp, limit: Int) async throws(StoreError) -> [TriggerRecord] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: TriggerSQL.due), arguments: [moment.milliseconds, limit]).map(
                Self.trigger)
        }
    }

    /// When the next schedule is due.
    public func nextFire() async throws(StoreError) -> Timestamp? {
        try await read { db in
            try Int64.fetchOne(db.cachedStatement(sql: TriggerSQL.nextFire)).map(Timestamp.init(milliseconds:))
        }
    }

    private static func columns(of trigger: TriggerRecord) -> StatementArguments {
        [
            "id": trigger.id.rawValue, "name": trigger.name, "enabled": trigger.isEnabled,
            "settings": trigger.settings.serialized(), "updated_ms": trigger.updatedAt.milliseconds,
            "next_fire_ms": trigger.nextFireAt?.milliseconds, "address_digest": trigger.addressDigest,
            "secret_sealed": trigger.sealedSecret,
        ]
    }

    private static func trigger(_ row: Row) throws -> TriggerRecord {
        TriggerRecord(
            id: ID(rawValue: row["id"]), pipeline: ID(rawValue: row["pipeline_id"]), owner: row["owner"],
            kind: try row.state("kind"), name: row["name"], isEnabled: row["enabled"],
            settings: try JSON(column: row["settings"]), revision: row["revision"],
            createdAt: Timestamp(milliseconds: row["created_ms"]),
            updatedAt: Timestamp(milliseconds: row["updated_ms"]), nextFireAt: row.moment("next_fire_ms"),
            addressDigest: row["address_digest"], sealedSecret: row["secret_sealed"])
    }
}
