public import FactoryDomain
import FactoryJSON
public import FactoryStore
import GRDB

/// The statements of comments and activity, whole, one per operation.
private enum DiscussionSQL {
    static let comments = """
        SELECT * FROM pipeline_comment
        WHERE pipeline_id = :pipeline AND (:after IS NULL OR id > :after) AND (:step IS NULL OR step = :step)
            AND (:resolved IS NULL OR (resolved_ms IS NOT NULL) = :resolved)
        ORDER BY id LIMIT :limit
        """
    static let comment = "SELECT * FROM pipeline_comment WHERE id = :id AND pipeline_id = :pipeline"
    static let insert = """
        INSERT INTO pipeline_comment (id, pipeline_id, step, account, text, mentions, created_ms)
        VALUES (:id, :pipeline, :step, :account, :text, :mentions, :created_ms)
        """
    static let replace = """
        UPDATE pipeline_comment SET text = :text, mentions = :mentions, edited_ms = :edited_ms,
            resolved_ms = :resolved_ms, resolver = :resolver
        WHERE id = :id AND pipeline_id = :pipeline
        """
    static let remove = "DELETE FROM pipeline_comment WHERE id = :id AND pipeline_id = :pipeline"
    static let allEvents = "SELECT * FROM pipeline_event WHERE sequence > :after ORDER BY sequence LIMIT :limit"
    static let events = """
        SELECT * FROM pipeline_event WHERE pipeline_id = :pipeline AND sequence > :after ORDER BY sequence LIMIT :limit
        """
    static let lastEvent = "SELECT coalesce(max(sequence), 0) FROM pipeline_event"
    static let eventsBefore = """
        SELECT * FROM pipeline_event
        WHERE pipeline_id = :pipeline AND (:at IS NULL OR (at_ms, 1, sequence) < (:at, :rank, :number))
        ORDER BY at_ms DESC, sequence DESC LIMIT :limit
        """
    static let runsBefore = """
        SELECT run.id, run.number, run.owner, run.status, run.trigger, run.version, run.created_ms
        FROM run INDEXED BY run_by_pipeline_id JOIN pipeline ON pipeline.id = run.pipeline_id
        WHERE run.pipeline_id = :pipeline AND (:all OR pipeline.owner = :viewer OR run.owner = :viewer)
            AND (:at IS NULL OR (run.created_ms, 0, run.number) < (:at, :rank, :number))
        ORDER BY run.number DESC LIMIT :limit
        """
    static let audience = """
        SELECT pipeline.owner, pipeline.name, pipeline.visibility, pipeline_share.account, pipeline_share.role
        FROM pipeline LEFT JOIN pipeline_share ON pipeline_share.pipeline_id = pipeline.id
        WHERE pipeline.id = :id
        """
}

extension SQLiteStore {
    /// Comments of a pipeline, oldest first.
    public func comments(_ filter: CommentFilter) async throws(StoreError) -> [PipelineComment] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: DiscussionSQL.comments),
                arguments: [
                    "pipeline": filter.pipeline.rawValue, "after": filter.after?.rawValue, "step": filter.step,
                    "resolved": filter.isResolved, "limit": filter.limit,
                ]
            ).map(Self.comment)
        }
    }

    /// One comment.
    public func comment(
        _ id: ID<PipelineComment>, of pipeline: ID<PipelineRecord>
    ) async throws(StoreError) -> PipelineComment {
        let found = try await read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: DiscussionSQL.comment),
                arguments: ["id": id.rawValue, "pipeline": pipeline.rawValue]
            ).map(Self.comment)
        }
        guard let found else { throw .notFound(kind: "comment", id: id.rawValue) }
        return found
    }

    /// Keeps a new comment.
    public func add(_ comment: PipelineComment) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(
                sql: DiscussionSQL.insert,
                arguments: [
                    "id": comment.id.rawValue, "pipeline": comment.pipeline.rawValue, "step": comment.step,
                    "account": comment.account, "text": comment.text, "mentions": Self.list(comment.mentions),
                    "created_ms": comment.createdAt.milliseconds,
                ])
            try Self.note(
                .commented, of: comment.pipeline, by: comment.account, at: comment.createdAt, Self.data(comment),
                in: db)
        }
    }

    /// Keeps a comment in the place of the one with its id.
    public func replace(
        _ comment: PipelineComment, by account: String, at moment: Timestamp
    ) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(
                sql: DiscussionSQL.replace,
                arguments: [
                    "id": comment.id.rawValue, "pipeline": comment.pipeline.rawValue, "text": comment.text,
                    "mentions": Self.list(comment.mentions), "edited_ms": comment.editedAt?.milliseconds,
                    "resolved_ms": comment.resolvedAt?.milliseconds, "resolver": comment.resolver,
                ])
            guard db.changesCount == 1 else {
                throw StoreError.notFound(kind: "comment", id: comment.id.rawValue)
            }
            try Self.note(
                .commentChanged, of: comment.pipeline, by: account, at: moment, Self.data(comment), in: db)
        }
    }

    /// Removes a comment.
    public func remove(
        _ comment: PipelineComment, by account: String, at moment: Timestamp
    ) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(
                sql: DiscussionSQL.remove,
                arguments: ["id": comment.id.rawValue, "pipeline": comment.pipeline.rawValue])
            guard db.changesCount == 1 else {
                throw StoreError.notFound(kind: "comment", id: comment.id.rawValue)
            }
            try Self.note(
                .commentRemoved, of: comment.pipeline, by: account, at: moment, Self.data(comment), in: db)
        }
    }

    /// What was done with any pipeline after an event, in order.
    public func pipelineEvents(after sequence: Int64, limit: Int) async throws(StoreError) -> [PipelineEvent] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: DiscussionSQL.allEvents), arguments: ["after": sequence, "limit": limit]
            ).map(Self.event)
        }
    }

    /// What was done with one pipeline after an event, in order.
    public func events(
        of pipeline: ID<PipelineRecord>, after sequence: Int64, limit: Int
    ) async throws(StoreError) -> [PipelineEvent] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: DiscussionSQL.events),
                arguments: ["pipeline": pipeline.rawValue, "after": sequence, "limit": limit]
            ).map(Self.event)
        }
    }

    /// The number of the latest event of any pipeline.
    public func lastPipelineEvent() async throws(StoreError) -> Int64 {
        try await read { db in try Int64.fetchOne(db.cachedStatement(sql: DiscussionSQL.lastEvent)) ?? 0 }
    }

    /// What was done with a pipeline, and its runs, newest first.
    public func activity(
        of pipeline: ID<PipelineRecord>, for viewer: PipelineViewer, before: ActivityCursor?, limit: Int
    ) async throws(StoreError) -> [PipelineActivity] {
        try await read { db in
            let place: StatementArguments = [
                "pipeline": pipeline.rawValue, "at": before?.at.milliseconds, "rank": before?.rank,
                "number": before?.number, "limit": limit,
            ]
            let events = try Row.fetchAll(db.cachedStatement(sql: DiscussionSQL.eventsBefore), arguments: place).map {
                PipelineActivity.event(try Self.event($0))
            }
            let runs = try Row.fetchAll(
                db.cachedStatement(sql: DiscussionSQL.runsBefore),
                arguments: place + ["viewer": viewer.account, "all": viewer.isAdmin]
            ).map { row in
                PipelineActivity.run(
                    ID(rawValue: row["id"]), number: row["number"], account: row["owner"],
                    status: try row.state("status"), trigger: row["trigger"], version: row["version"],
                    at: Timestamp(milliseconds: row["created_ms"]))
            }
            return Array((events + runs).sorted { $0.cursor > $1.cursor }.prefix(limit))
        }
    }

    /// Who may know of what is done with a pipeline.
    public func audience(of pipeline: ID<PipelineRecord>) async throws(StoreError) -> PipelineAudience? {
        try await read { db in
            let rows = try Row.fetchAll(
                db.cachedStatement(sql: DiscussionSQL.audience), arguments: ["id": pipeline.rawValue])
            guard let first = rows.first else { return nil }
            var roles: [String: String] = [:]
            for row in rows {
                if let account = row["account"] as String?, let role = row["role"] as String? { roles[account] = role }
            }
            return PipelineAudience(
                id: pipeline, owner: first["owner"], name: first["name"], visibility: try first.state("visibility"),
                roles: roles)
        }
    }

    private static func list(_ texts: [String]) -> String { JSON.array(texts.map(JSON.string)).serialized() }

    private static func data(_ comment: PipelineComment) -> JSON {
        [
            "comment": .string(comment.id.rawValue), "step": comment.step.map(JSON.string) ?? .null,
            "mentions": .array(comment.mentions.map(JSON.string)), "resolved": .bool(comment.resolvedAt != nil),
        ]
    }

    private static func comment(_ row: Row) throws -> PipelineComment {
        PipelineComment(
            id: ID(rawValue: row["id"]), pipeline: ID(rawValue: row["pipeline_id"]), step: row["step"],
            account: row["account"], text: row["text"],
            mentions: (try JSON(column: row["mentions"]).arrayValue ?? []).compactMap(\.stringValue),
            createdAt: Timestamp(milliseconds: row["created_ms"]), editedAt: row.moment("edited_ms"),
            resolvedAt: row.moment("resolved_ms"), resolver: row["resolver"])
    }

    private static func event(_ row: Row) throws -> PipelineEvent {
        PipelineEvent(
            sequence: row["sequence"], pipeline: ID(rawValue: row["pipeline_id"]),
            at: Timestamp(milliseconds: row["at_ms"]), account: row["account"], kind: try row.state("kind"),
            data: try JSON(column: row["data"]))
    }
}
