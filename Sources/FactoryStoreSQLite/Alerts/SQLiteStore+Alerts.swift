public import FactoryDomain
public import FactoryStore
import GRDB

extension SQLiteStore {
    /// Keeps a new alert.
    public func create(_ alert: AlertRecord) async throws(StoreError) {
        try await queue.submit { db in
            var columns = Self.columns(of: alert)
            columns += ["created_ms": alert.createdAt.milliseconds]
            try db.execute(sql: AlertSQL.insert, arguments: columns)
        }
    }

    /// The alert `id` of `owner`.
    public func alert(_ id: ID<AlertRecord>, of owner: String) async throws(StoreError) -> AlertRecord {
        let found = try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: AlertSQL.alert), arguments: [id.rawValue, owner]).map(Self.alert)
        }
        guard let found else { throw .notFound(kind: "alert", id: id.rawValue) }
        return found
    }

    /// The alerts of `owner`, oldest first.
    public func alerts(of owner: String) async throws(StoreError) -> [AlertRecord] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: AlertSQL.ofOwner), arguments: [owner]).map(Self.alert)
        }
    }

    /// Keeps `alert` with the next revision, and closes what it said before.
    public func replace(_ alert: AlertRecord) async throws(StoreError) {
        try await queue.submit { db in
            var columns = Self.columns(of: alert)
            columns += ["revision": alert.revision]
            try db.execute(sql: AlertSQL.replace, arguments: columns)
            guard db.changesCount == 1 else { throw StoreError.changed }
            try db.execute(sql: AlertSQL.closeOpen, arguments: [alert.updatedAt.milliseconds, alert.id.rawValue])
        }
    }

    /// Removes an alert with what it said.
    public func removeAlert(_ id: ID<AlertRecord>, of owner: String) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(sql: AlertSQL.remove, arguments: [id.rawValue, owner])
            guard db.changesCount == 1 else { throw StoreError.notFound(kind: "alert", id: id.rawValue) }
        }
    }

    /// Enabled alerts that look at a run.
    public func alerts(
        onRunsOf owner: String, pipeline: ID<PipelineRecord>?
    ) async throws(StoreError) -> [AlertRecord] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: AlertSQL.onRun), arguments: ["owner": owner, "pipeline": pipeline?.rawValue]
            )
            .map(Self.alert)
        }
    }

    /// Enabled alerts that look for silence.
    public func alertsOfSilence() async throws(StoreError) -> [(alert: AlertRecord, latestRun: Timestamp?)] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: AlertSQL.ofSilence)).map { row in
                (try Self.alert(row), row.moment("latest_ms"))
            }
        }
    }

    /// How many of the latest ended runs of a pipeline failed in a row.
    public func failuresInARow(of pipeline: ID<PipelineRecord>, limit: Int64) async throws(StoreError) -> Int64 {
        try await read { db in
            let latest = try String.fetchAll(
                db.cachedStatement(sql: AlertSQL.latestStatuses), arguments: [pipeline.rawValue, limit])
            return Int64(latest.prefix { $0 == "failed" }.count)
        }
    }

    /// What a run cost in millionths of a dollar.
    public func costMicroUSD(of run: ID<Run>) async throws(StoreError) -> Int64? {
        try await read { db in
            try Double.fetchOne(db.cachedStatement(sql: AlertSQL.cost), arguments: [run.rawValue]).map {
                Int64(($0 * 1_000_000).rounded())
            }
        }
    }

    private static func columns(of alert: AlertRecord) -> StatementArguments {
        [
            "id": alert.id.rawValue, "owner": alert.owner, "name": alert.name, "kind": alert.kind.rawValue,
            "threshold": alert.threshold, "pipeline_id": alert.pipeline?.rawValue, "enabled": alert.isEnabled,
            "updated_ms": alert.updatedAt.milliseconds,
        ]
    }

    private static func alert(_ row: Row) throws -> AlertRecord {
        AlertRecord(
            id: ID(rawValue: row["id"]), owner: row["owner"], name: row["name"], kind: try row.state("kind"),
            threshold: row["threshold"], pipeline: (row["pipeline_id"] as String?).map(ID.init(rawValue:)),
            isEnabled: row["enabled"], revision: row["revision"],
            createdAt: Timestamp(milliseconds: row["created_ms"]),
            updatedAt: Timestamp(milliseconds: row["updated_ms"]))
    }
}
