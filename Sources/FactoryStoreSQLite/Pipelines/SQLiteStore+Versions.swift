public import FactoryDomain
import FactoryJSON
public import FactoryStore
import GRDB
import Synchronization

/// The statements of versions, whole, one per operation.
private enum VersionSQL {
    static let draft = """
        SELECT pipeline.owner, pipeline.latest_version, pipeline.step_count, pipeline_draft.format, pipeline_draft.text
        FROM pipeline JOIN pipeline_draft
            ON pipeline_draft.pipeline_id = pipeline.id AND pipeline_draft.revision = pipeline.revision
        WHERE pipeline.id = :id AND pipeline.revision = :revision AND pipeline.trashed_ms IS NULL
        """
    static let insert = """
        INSERT INTO pipeline_version (pipeline_id, number, id, message, account, created_ms, step_count, format, text)
        VALUES (:pipeline, :number, :id, :message, :account, :created_ms, :step_count, :format, :text)
        """
    static let noteLatest = "UPDATE pipeline SET latest_version = :number WHERE id = :id"
    static let version = "SELECT * FROM pipeline_version WHERE pipeline_id = :id AND number = :number"
    static let versions = """
        SELECT pipeline_id, number, id, message, account, created_ms, step_count, format, '' AS text
        FROM pipeline_version WHERE pipeline_id = :id AND (:before IS NULL OR number < :before)
        ORDER BY number DESC LIMIT :limit
        """
}

extension SQLiteStore {
    /// Publishes the draft of a pipeline as its next version.
    public func publish(
        _ id: ID<PipelineRecord>, as version: ID<PipelineVersion>, message: String, revision: Int64, by account: String,
        at moment: Timestamp
    ) async throws(StoreError) -> (version: PipelineVersion, isNew: Bool) {
        let result = Mutex<(version: PipelineVersion, isNew: Bool)?>(nil)
        try await change { db in
            guard
                let draft = try Row.fetchOne(
                    db.cachedStatement(sql: VersionSQL.draft), arguments: ["id": id.rawValue, "revision": revision])
            else { throw StoreError.changed }
            let latest = draft["latest_version"] as Int64?
            let known = try latest.flatMap { number in
                try Row.fetchOne(
                    db.cachedStatement(sql: VersionSQL.version), arguments: ["id": id.rawValue, "number": number]
                ).map(Self.version)
            }
            // What another published the owner may publish once more: then it is theirs.
            let isTaken = account == draft["owner"] as String && known?.account != account
            if let known, known.text == draft["text"] as String, !isTaken {
                return result.withLock { $0 = (known, false) }
            }
            let new = PipelineVersion(
                id: version, pipeline: id, number: (latest ?? 0) + 1, message: message, account: account,
                createdAt: moment, stepCount: draft["step_count"], format: try draft.state("format"),
                text: draft["text"])
            try db.execute(
                sql: VersionSQL.insert,
                arguments: [
                    "pipeline": id.rawValue, "number": new.number, "id": version.rawValue, "message": message,
                    "account": account, "created_ms": moment.milliseconds, "step_count": new.stepCount,
                    "format": new.format.rawValue, "text": new.text,
                ])
            try db.execute(sql: VersionSQL.noteLatest, arguments: ["id": id.rawValue, "number": new.number])
            try Self.note(
                .published, of: id, by: account, at: moment,
                ["number": .int(new.number), "message": .string(message)], in: db)
            result.withLock { $0 = (new, true) }
        }
        guard let published = result.withLock({ $0 }) else { throw .changed }
        return published
    }

    /// Versions of a pipeline without their texts, the latest first.
    public func versions(
        of id: ID<PipelineRecord>, before: Int64?, limit: Int
    ) async throws(StoreError) -> [PipelineVersion] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: VersionSQL.versions),
                arguments: ["id": id.rawValue, "before": before, "limit": limit]
            ).map(Self.version)
        }
    }

    /// One version with its text.
    public func version(_ number: Int64, of id: ID<PipelineRecord>) async throws(StoreError) -> PipelineVersion {
        let found = try await read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: VersionSQL.version), arguments: ["id": id.rawValue, "number": number]
            ).map(Self.version)
        }
        guard let found else { throw .notFound(kind: "version", id: "\(number) of this pipeline") }
        return found
    }

    private static func version(_ row: Row) throws -> PipelineVersion {
        PipelineVersion(
            id: ID(rawValue: row["id"]), pipeline: ID(rawValue: row["pipeline_id"]), number: row["number"],
            message: row["message"], account: row["account"],
            createdAt: Timestamp(milliseconds: row["created_ms"]), stepCount: row["step_count"],
            format: try row.state("format"), text: row["text"])
    }
}
