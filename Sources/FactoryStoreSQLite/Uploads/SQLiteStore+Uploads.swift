public import FactoryDomain
public import FactoryStore
import GRDB

extension SQLiteStore: UploadStore {
    /// Keeps a new upload where there is room for it.
    public func add(_ upload: UploadRecord, limit: Int, room: Int64?) async throws(StoreError) -> Bool {
        try await write { db in
            let open = try Row.fetchOne(db.cachedStatement(sql: UploadSQL.open), arguments: [upload.owner])
            let number: Int = open?["number"] ?? 0
            let bytes: Int64 = open?["bytes"] ?? 0
            guard number < limit else { throw StoreError.full(kind: "upload", limit: limit) }
            if let room, upload.sizeBytes > room - bytes { return false }
            try db.execute(
                sql: UploadSQL.insert,
                arguments: [
                    "id": upload.id.rawValue, "owner": upload.owner, "path": upload.path,
                    "size_bytes": upload.sizeBytes, "is_replacing": upload.isReplacing,
                    "status": upload.status.rawValue, "created_ms": upload.createdAt.milliseconds,
                    "expires_ms": upload.expiresAt.milliseconds,
                ])
            return true
        }
    }

    /// The upload `id` of this owner.
    public func upload(_ id: ID<UploadRecord>, of owner: String) async throws(StoreError) -> UploadRecord? {
        try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: UploadSQL.one), arguments: [id.rawValue, owner]).map(Self.upload)
        }
    }

    /// What of `owner` is not complete.
    public func unfinishedUploads(of owner: String) async throws(StoreError) -> [UploadRecord] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: UploadSQL.unfinished), arguments: [owner]).map(Self.upload)
        }
    }

    /// Notes where an upload stands.
    public func note(_ status: UploadRecord.Status, of upload: ID<UploadRecord>) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(sql: UploadSQL.note, arguments: ["id": upload.rawValue, "status": status.rawValue])
        }
    }

    /// Forgets an upload.
    public func removeUpload(_ id: ID<UploadRecord>) async throws(StoreError) {
        try await queue.submit { db in try db.execute(sql: UploadSQL.delete, arguments: [id.rawValue]) }
    }

    /// Uploads that expired.
    public func uploads(expiredAt moment: Timestamp, limit: Int) async throws(StoreError) -> [UploadRecord] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: UploadSQL.expired), arguments: [moment.milliseconds, limit]
            ).map(Self.upload)
        }
    }

    private static func upload(_ row: Row) throws -> UploadRecord {
        UploadRecord(
            id: ID(rawValue: row["id"]), owner: row["owner"], path: row["path"], sizeBytes: row["size_bytes"],
            isReplacing: row["is_replacing"], status: try row.state("status"),
            createdAt: Timestamp(milliseconds: row["created_ms"]),
            expiresAt: Timestamp(milliseconds: row["expires_ms"]))
    }
}
