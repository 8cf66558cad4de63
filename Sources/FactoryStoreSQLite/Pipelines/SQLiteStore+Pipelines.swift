public import FactoryDomain
import FactoryJSON
public import FactoryStore
import GRDB

extension SQLiteStore: PipelineStore {
    /// Drafts of a pipeline that are kept, the present one included.
    static let draftsKept: Int64 = 50
    /// Bytes that the drafts of one pipeline may take up before fewer are kept; two are, in any case.
    static let draftBytes: Int64 = 8 << 20

    /// Keeps a new pipeline.
    public func create(_ pipeline: PipelineRecord) async throws(StoreError) {
        try await keep(new: [pipeline], replacing: [])
    }

    /// Keeps new pipelines and drafts of others, all of them or none.
    public func keep(new: [PipelineRecord], replacing: [PipelineRecord]) async throws(StoreError) {
        try await change { db in
            for pipeline in new { try Self.insert(pipeline, in: db) }
            for pipeline in replacing { try Self.replace(pipeline, renames: [:], in: db) }
        }
    }

    /// The pipeline `id`.
    public func pipeline(_ id: ID<PipelineRecord>) async throws(StoreError) -> PipelineRecord {
        let found = try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: PipelineSQL.pipelineByID), arguments: ["id": id.rawValue]).map(
                Self.pipeline)
        }
        guard let found else { throw .notFound(kind: "pipeline", id: id.rawValue) }
        return found
    }

    /// The pipeline of `owner` with this name.
    public func pipeline(named name: String, of owner: String) async throws(StoreError) -> PipelineRecord? {
        try await read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: PipelineSQL.pipelineByName), arguments: ["owner": owner, "name": name]
            ).map(Self.pipeline)
        }
    }

    /// The pipelines of `owner`, by name, with their documents.
    public func pipelines(
        of owner: String, after name: String?, limit: Int
    ) async throws(StoreError) -> [PipelineRecord] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: PipelineSQL.pipelinesOfOwner),
                arguments: ["owner": owner, "after": name ?? "", "limit": limit]
            ).map(Self.pipeline)
        }
    }

    /// Keeps `pipeline` with the next revision.
    public func replace(
        _ pipeline: PipelineRecord, revision: Int64, renames: [String: String]
    ) async throws(StoreError) -> PipelineRecord {
        var seen = pipeline
        seen.revision = revision
        let replaced = seen
        try await change { db in try Self.replace(replaced, renames: renames, in: db) }
        seen.revision += 1
        return seen
    }

    /// Keeps `pipeline` in the place of the stored one, which has its revision, with the next one.
    private static func replace(_ pipeline: PipelineRecord, renames: [String: String], in db: Database) throws {
        var next = pipeline
        next.revision += 1
        try keepingNameUnique(next.name) {
            try db.execute(
                sql: PipelineSQL.replace, arguments: columns(of: next) + ["revision": pipeline.revision])
        }
        guard db.changesCount == 1 else { throw StoreError.changed }
        try db.execute(
            sql: PipelineSQL.settleDraft, arguments: ["id": next.id.rawValue, "revision": pipeline.revision])
        try insertDraft(next, in: db)
        try index(next, isNew: false, in: db)
        try rename(renames, in: next.id, in: db)
        try noteSave(next, in: db)
    }

    /// The text that a pipeline had at a revision.
    public func draft(
        of id: ID<PipelineRecord>, revision: Int64
    ) async throws(StoreError) -> PipelineDraftRecord? {
        try await read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: PipelineSQL.draft), arguments: ["id": id.rawValue, "revision": revision]
            ).map {
                PipelineDraftRecord(revision: $0["revision"], format: try $0.state("format"), text: $0["text"])
            }
        }
    }

    /// Puts a pipeline into the trash, or takes it out.
    public func trash(
        _ id: ID<PipelineRecord>, _ isTrashed: Bool, by account: String, at moment: Timestamp, revision: Int64?
    ) async throws(StoreError) {
        try await change { db in
            try Self.keepingNameUnique(id.rawValue) {
                try db.execute(
                    sql: PipelineSQL.trash,
                    arguments: [
                        "id": id.rawValue, "trashed_ms": isTrashed ? moment.milliseconds : nil, "revision": revision,
                    ])
            }
            guard db.changesCount == 1 else { throw StoreError.changed }
            try Self.note(isTrashed ? .trashed : .untrashed, of: id, by: account, at: moment, in: db)
        }
    }

    /// Removes a pipeline from the trash for good.
    public func purge(_ id: ID<PipelineRecord>) async throws(StoreError) {
        try await change { db in
            let row = try Int64.fetchOne(db.cachedStatement(sql: PipelineSQL.searchRow), arguments: ["id": id.rawValue])
            try db.execute(sql: PipelineSQL.purge, arguments: ["id": id.rawValue])
            guard db.changesCount > 0 else { throw StoreError.changed }
            try db.execute(sql: PipelineSQL.removeSearch, arguments: ["row": row])
        }
    }

    /// Ended runs that its owner started.
    public func removableRuns(of id: ID<PipelineRecord>, limit: Int) async throws(StoreError) -> [ID<Run>] {
        try await read { db in
            try String.fetchAll(
                db.cachedStatement(sql: PipelineSQL.removableRuns), arguments: ["id": id.rawValue, "limit": limit]
            ).map(ID.init(rawValue:))
        }
    }

    /// True where a run of the pipeline has not ended.
    public func hasOpenRuns(_ id: ID<PipelineRecord>) async throws(StoreError) -> Bool {
        try await read { db in
            try Bool.fetchOne(db.cachedStatement(sql: PipelineSQL.hasOpenRuns), arguments: ["id": id.rawValue]) ?? false
        }
    }

    /// Pipelines that were put into the trash before a moment.
    public func trashed(before moment: Timestamp, limit: Int) async throws(StoreError) -> [ID<PipelineRecord>] {
        try await read { db in
            try String.fetchAll(
                db.cachedStatement(sql: PipelineSQL.trashed),
                arguments: ["before": moment.milliseconds, "limit": limit]
            ).map(ID.init(rawValue:))
        }
    }

    /// The places of steps on the canvas.
    public func layout(of id: ID<PipelineRecord>) async throws(StoreError) -> String? {
        try await read { db in
            try String.fetchOne(db.cachedStatement(sql: PipelineSQL.layout), arguments: ["id": id.rawValue])
        }
    }

    /// Keeps the places of steps.
    public func setLayout(of id: ID<PipelineRecord>, _ layout: String) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(sql: PipelineSQL.setLayout, arguments: ["id": id.rawValue, "layout": layout])
        }
    }
}

// MARK: - What the transactions consist of

extension SQLiteStore {
    /// Runs `work` in a transaction that may change what lists of pipelines show.
    func change(_ work: @escaping CommitQueue.Work) async throws(StoreError) {
        try await queue.submit(work)
        listsChanged()
    }

    private static func insert(_ pipeline: PipelineRecord, in db: Database) throws {
        guard
            try Int.fetchOne(db.cachedStatement(sql: PipelineSQL.exists), arguments: ["id": pipeline.id.rawValue])
                == nil
        else {
            throw StoreError.exists(kind: "pipeline", id: pipeline.id.rawValue)
        }
        try keepingNameUnique(pipeline.name) {
            try db.execute(
                sql: PipelineSQL.insert,
                arguments: columns(of: pipeline) + [
                    "owner": pipeline.owner, "created_ms": pipeline.createdAt.milliseconds,
                    "forked_from": pipeline.forkedFrom?.rawValue, "template": pipeline.template,
                ])
        }
        var first = pipeline
        first.revision = 1
        try insertDraft(first, in: db)
        try index(first, isNew: true, in: db)
        try note(
            .created, of: pipeline.id, by: pipeline.editor, at: pipeline.createdAt,
            pipeline.forkedFrom.map { ["forked_from": .string($0.rawValue)] } ?? [:], in: db)
    }

    private static func insertDraft(_ pipeline: PipelineRecord, in db: Database) throws {
        try db.execute(
            sql: PipelineSQL.insertDraft,
            arguments: [
                "id": pipeline.id.rawValue, "revision": pipeline.revision, "editor": pipeline.editor,
                "updated_ms": pipeline.updatedAt.milliseconds, "format": pipeline.format.rawValue,
                "text": pipeline.text, "document": pipeline.document.serialized(),
            ])
        let size = max(1, Int64(pipeline.text.utf8.count))
        let kept = min(draftsKept, max(2, draftBytes / size))
        guard pipeline.revision > kept else { return }
        try db.execute(
            sql: PipelineSQL.forgetDrafts,
            arguments: ["id": pipeline.id.rawValue, "revision": pipeline.revision - kept])
    }

    /// Keeps the words and tags by which a pipeline is found.
    private static func index(_ pipeline: PipelineRecord, isNew: Bool, in db: Database) throws {
        let row = try Int64.fetchOne(
            db.cachedStatement(sql: PipelineSQL.searchRow), arguments: ["id": pipeline.id.rawValue])
        if !isNew {
            try db.execute(sql: PipelineSQL.removeSearch, arguments: ["row": row])
            try db.execute(sql: PipelineSQL.removeTags, arguments: ["id": pipeline.id.rawValue])
        }
        let steps = (pipeline.document["steps"]?.arrayValue ?? []).flatMap { step in
            [step["id"]?.stringValue, step["title"]?.stringValue].compactMap(\.self)
        }
        try db.execute(
            sql: PipelineSQL.insertSearch,
            arguments: [
                "row": row, "name": pipeline.name, "title": pipeline.title, "summary": pipeline.summary ?? "",
                "tags": pipeline.tags.joined(separator: " "), "steps": steps.joined(separator: " "),
            ])
        guard !pipeline.tags.isEmpty else { return }
        try db.execute(
            sql: PipelineSQL.insertTags,
            arguments: [
                "id": pipeline.id.rawValue, "tags": JSON.array(pipeline.tags.map(JSON.string)).serialized(),
            ])
    }

    /// Lets what is said of steps follow them to their new ids.
    private static func rename(
        _ renames: [String: String], in id: ID<PipelineRecord>, in db: Database
    ) throws {
        guard !renames.isEmpty else { return }
        // Over names that nobody uses, so that two steps may change places.
        for (old, new) in renames {
            try db.execute(
                sql: PipelineSQL.renameInComments, arguments: ["id": id.rawValue, "old": old, "new": "\n\(new)"])
        }
        for new in renames.values {
            try db.execute(
                sql: PipelineSQL.renameInComments, arguments: ["id": id.rawValue, "old": "\n\(new)", "new": new])
        }
        guard
            let text = try String.fetchOne(db.cachedStatement(sql: PipelineSQL.layout), arguments: ["id": id.rawValue]),
            case .object(var layout) = try JSON(column: text), case .object(let places)? = layout["steps"]
        else { return }
        layout["steps"] = .object(JSONObject(places.map { (renames[$0.key] ?? $0.key, $0.value) }))
        try db.execute(
            sql: PipelineSQL.setLayout,
            arguments: ["id": id.rawValue, "layout": JSON.object(layout).serialized()])
    }

    static func keepingNameUnique(_ name: String, _ body: () throws -> Void) throws {
        do { try body() } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            guard error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE else { throw error }
            throw StoreError.nameTaken(name)
        }
    }

    private static func columns(of pipeline: PipelineRecord) -> StatementArguments {
        [
            "id": pipeline.id.rawValue, "name": pipeline.name, "title": pipeline.title, "summary": pipeline.summary,
            "tags": JSON.array(pipeline.tags.map(JSON.string)).serialized(), "step_count": pipeline.stepCount,
            "step_types": JSON.array(pipeline.stepTypes.map(JSON.string)).serialized(),
            "format": pipeline.format.rawValue, "updated_ms": pipeline.updatedAt.milliseconds,
        ]
    }

    static func pipeline(_ row: Row) throws -> PipelineRecord {
        var record = try card(row)
        record.text = row["text"]
        record.document = try JSON(column: row["document"])
        record.editor = row["editor"]
        return record
    }

    /// A pipeline as lists show it.
    static func card(_ row: Row) throws -> PipelineRecord {
        PipelineRecord(
            id: ID(rawValue: row["id"]), owner: row["owner"], visibility: try row.state("visibility"),
            name: row["name"], title: row["title"], summary: row["summary"],
            tags: (try JSON(column: row["tags"]).arrayValue ?? []).compactMap(\.stringValue),
            stepCount: row["step_count"],
            stepTypes: (try JSON(column: row["step_types"]).arrayValue ?? []).compactMap(\.stringValue),
            format: try row.state("format"), text: "", document: .null,
            latestVersion: row["latest_version"],
            forkedFrom: (row["forked_from"] as String?).map(ID.init(rawValue:)), revision: row["revision"],
            createdAt: Timestamp(milliseconds: row["created_ms"]),
            updatedAt: Timestamp(milliseconds: row["updated_ms"]), trashedAt: row.moment("trashed_ms"),
            template: row["template"])
    }
}
