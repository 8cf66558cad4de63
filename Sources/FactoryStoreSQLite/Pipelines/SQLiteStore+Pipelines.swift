public import FactoryDomain
import FactoryJSON
public import FactoryStore
import GRDB

extension SQLiteStore: PipelineStore {
    /// Keeps a new pipeline.
    public func create(_ pipeline: PipelineRecord) async throws(StoreError) {
        try await queue.submit { db in
            guard try Int.fetchOne(db, sql: PipelineSQL.exists, arguments: ["id": pipeline.id.rawValue]) == nil else {
                throw StoreError.exists(kind: "pipeline", id: pipeline.id.rawValue)
            }
            var arguments = Self.columns(of: pipeline)
            arguments += ["created_ms": pipeline.createdAt.milliseconds, "template": pipeline.template]
            try Self.keepingNameUnique(pipeline.name) {
                try db.execute(sql: PipelineSQL.insert, arguments: arguments)
            }
        }
    }

    /// The pipeline `id`.
    public func pipeline(_ id: ID<PipelineRecord>) async throws(StoreError) -> PipelineRecord {
        let found = try await read { db in
            try Row.fetchOne(db, sql: PipelineSQL.pipeline, arguments: ["id": id.rawValue])
                .map(Self.pipeline)
        }
        guard let found else { throw .notFound(kind: "pipeline", id: id.rawValue) }
        return found
    }

    /// Keeps `pipeline` with the next revision.
    public func replace(
        _ pipeline: PipelineRecord, revision: Int64
    ) async throws(StoreError) -> PipelineRecord {
        try await queue.submit { db in
            var arguments = Self.columns(of: pipeline)
            arguments += ["revision": revision]
            try Self.keepingNameUnique(pipeline.name) {
                try db.execute(sql: PipelineSQL.replace, arguments: arguments)
            }
            guard db.changesCount == 1 else { throw StoreError.changed }
        }
        var kept = pipeline
        kept.revision = revision + 1
        return kept
    }

    /// Puts a pipeline into the trash, or takes it out.
    public func trash(
        _ id: ID<PipelineRecord>, at moment: Timestamp?, revision: Int64?
    ) async throws(StoreError) {
        try await queue.submit { db in
            try Self.keepingNameUnique(id.rawValue) {
                try db.execute(
                    sql: PipelineSQL.trash,
                    arguments: [
                        "id": id.rawValue, "trashed_ms": moment?.milliseconds, "revision": revision,
                    ])
            }
            guard db.changesCount == 1 else { throw StoreError.changed }
        }
    }

    /// One page of pipelines with their histories: two queries.
    public func pipelines(_ filter: PipelineFilter) async throws(StoreError) -> PipelinePage {
        let limit = min(max(filter.limit, 1), 200)
        return try await read { db in
            var after: DatabaseValue? = filter.after?.value.databaseValue
            if filter.key != .name { after = filter.after.flatMap { Int64($0.value)?.databaseValue } }
            var records = try Row.fetchAll(
                db, sql: PipelineSQL.list(filter.key, descending: filter.descending),
                arguments: [
                    "owner": filter.owner, "trashed": filter.isTrashed, "text": filter.text?.lowercased(),
                    "tag": filter.tag, "after_id": filter.after?.id, "after_value": after, "limit": limit + 1,
                ]
            ).map(Self.pipeline)
            let hasMore = records.count > limit
            if hasMore { records.removeLast() }
            let histories = try Self.histories(of: records.map(\.id), in: db)
            return PipelinePage(
                pipelines: records.map { ($0, histories[$0.id] ?? PipelineHistory()) },
                next: hasMore ? records.last.map { Self.cursor(at: $0, filter.key) } : nil)
        }
    }

    /// How the latest runs of one pipeline went.
    public func history(of id: ID<PipelineRecord>) async throws(StoreError) -> PipelineHistory {
        try await read { db in try Self.histories(of: [id], in: db)[id] ?? PipelineHistory() }
    }

    private static func histories(
        of ids: [ID<PipelineRecord>], in db: Database
    ) throws -> [ID<PipelineRecord>: PipelineHistory] {
        let list = JSON.array(ids.map { .string($0.rawValue) }).serialized()
        var histories: [ID<PipelineRecord>: PipelineHistory] = [:]
        let rows = try Row.fetchAll(
            db, sql: PipelineSQL.histories, arguments: ["ids": list, "window": PipelineHistory.window])
        for row in rows {
            histories[ID(rawValue: row["pipeline_id"])] = PipelineHistory(
                latest: PipelineHistory.Latest(
                    id: ID(rawValue: row["id"]), number: row["number"], status: try row.state("status"),
                    createdAt: Timestamp(milliseconds: row["created_ms"])),
                succeeded: row["succeeded"], ended: row["ended"])
        }
        return histories
    }

    private static func cursor(at record: PipelineRecord, _ key: PipelineFilter.Key) -> PipelineFilter.Cursor {
        let value =
            switch key {
            case .name: record.name
            case .created: String(record.createdAt.milliseconds)
            case .updated: String(record.updatedAt.milliseconds)
            }
        return PipelineFilter.Cursor(value: value, id: record.id.rawValue)
    }

    private static func keepingNameUnique(_ name: String, _ body: () throws -> Void) throws {
        do { try body() } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            guard error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE else { throw error }
            throw StoreError.nameTaken(name)
        }
    }

    private static func columns(of pipeline: PipelineRecord) -> StatementArguments {
        let words = [pipeline.name, pipeline.title, pipeline.summary ?? ""] + pipeline.tags
        return [
            "id": pipeline.id.rawValue, "owner": pipeline.owner, "name": pipeline.name, "title": pipeline.title,
            "summary": pipeline.summary, "tags": JSON.array(pipeline.tags.map(JSON.string)).serialized(),
            "search": words.joined(separator: "\n").lowercased(), "step_count": pipeline.stepCount,
            "format": pipeline.format.rawValue, "updated_ms": pipeline.updatedAt.milliseconds, "text": pipeline.text,
            "document": pipeline.document.serialized(),
        ]
    }

    private static func pipeline(_ row: Row) throws -> PipelineRecord {
        PipelineRecord(
            id: ID(rawValue: row["id"]), owner: row["owner"], visibility: try row.state("visibility"),
            name: row["name"],
            title: row["title"], summary: row["summary"],
            tags: (try JSON(column: row["tags"]).arrayValue ?? []).compactMap(\.stringValue),
            stepCount: row["step_count"], format: try row.state("format"), text: row["text"],
            document: try JSON(column: row["document"]), revision: row["revision"],
            createdAt: Timestamp(milliseconds: row["created_ms"]),
            updatedAt: Timestamp(milliseconds: row["updated_ms"]), trashedAt: row.moment("trashed_ms"),
            template: row["template"])
    }
}
