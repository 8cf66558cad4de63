public import FactoryDomain
import FactoryJSON
public import FactoryStore
import GRDB

extension SQLiteStore: AuditStore {
    /// Keeps `record` behind the last one.
    public func append(
        _ record: AuditRecord, sealedBy seal: @escaping @Sendable (_ record: AuditRecord, _ previous: String) -> String
    ) async throws(StoreError) {
        try await queue.submit { db in
            let last = try Row.fetchOne(db.cachedStatement(sql: AuditSQL.last))
            var kept = record
            kept.number = (last?["number"] ?? 0 as Int64) + 1
            kept.digest = seal(kept, last?["digest"] ?? "")
            try db.execute(
                sql: AuditSQL.insert,
                arguments: [
                    "number": kept.number, "at_ms": kept.at.milliseconds, "action": kept.action,
                    "account": kept.account, "name": kept.name, "via": kept.via, "address": kept.address,
                    "object": kept.object, "detail": JSON.object(kept.detail).serialized(), "digest": kept.digest,
                ])
        }
    }

    /// Records, newest first.
    public func auditRecords(_ filter: AuditFilter) async throws(StoreError) -> [AuditRecord] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: AuditSQL.list),
                arguments: [
                    "account": filter.account, "action": filter.action, "object": filter.object,
                    "before": filter.before, "limit": filter.limit,
                ]
            ).map(AuditRecord.init(row:))
        }
    }

    /// Records behind the one with this number, oldest first.
    public func auditRecords(after number: Int64, limit: Int) async throws(StoreError) -> [AuditRecord] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: AuditSQL.after), arguments: ["after": number, "limit": limit])
                .map(AuditRecord.init(row:))
        }
    }
}

extension AuditRecord {
    /// The record in a row of `audit`.
    init(row: Row) throws {
        self.init(
            number: row["number"], at: Timestamp(milliseconds: row["at_ms"]), action: row["action"],
            account: row["account"], name: row["name"], via: row["via"], address: row["address"],
            object: row["object"], detail: try JSON(column: row["detail"]).objectValue ?? [:], digest: row["digest"])
    }
}
