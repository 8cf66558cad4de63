public import FactoryDomain
import FactoryJSON
public import FactoryStore
import GRDB

extension SQLiteStore {
    /// The run `id`.
    public func run(_ id: ID<Run>) async throws(StoreError) -> RunRecord {
        let found = try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: RunSQL.run), arguments: [id.rawValue]).map(Self.run)
        }
        guard let found else { throw .notFound(kind: "run", id: id.rawValue) }
        return found
    }

    /// The run with this number.
    public func run(number: Int64) async throws(StoreError) -> RunRecord {
        let found = try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: RunSQL.runByNumber), arguments: [number]).map(Self.run)
        }
        guard let found else { throw .notFound(kind: "run", id: "number \(number)") }
        return found
    }

    /// The step runs of a run, in document order.
    public func steps(of run: ID<Run>) async throws(StoreError) -> [StepRunRecord] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: RunSQL.steps), arguments: [run.rawValue]).map(Self.step)
        }
    }

    /// The attempts of a run, by step and number.
    public func attempts(of run: ID<Run>) async throws(StoreError) -> [AttemptRecord] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: RunSQL.attempts), arguments: ["run": run.rawValue]).map(
                Self.attempt)
        }
    }

    /// Events of a run after the one numbered `sequence`, oldest first.
    public func events(of run: ID<Run>, after sequence: Int64, limit: Int) async throws(StoreError) -> [RunEvent] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: RunSQL.events),
                arguments: ["run": run.rawValue, "after": sequence, "limit": limit]
            ).map(Self.event)
        }
    }

    /// The number of a run's last event; 0 when it has none.
    public func lastEvent(of run: ID<Run>) async throws(StoreError) -> Int64 {
        try await read { db in
            try Int64.fetchOne(db.cachedStatement(sql: RunSQL.lastEvent), arguments: ["run": run.rawValue]) ?? 0
        }
    }

    /// File changes of a run, in order of settlement.
    public func changes(of run: ID<Run>) async throws(StoreError) -> [SettledChange] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: RunSQL.changes), arguments: [run.rawValue]).map { row in
                SettledChange(
                    stepRun: ID(rawValue: row["step_run_id"]), position: row["position"],
                    change: FileChange(
                        path: row["path"], action: try ChangeColumns.action(of: row),
                        base: (row["base_hash"] as String?).map(ContentHash.init(rawValue:))))
            }
        }
    }

    /// The plan for a run's change set, by path.
    public func plan(of run: ID<Run>) async throws(StoreError) -> [PlannedChange] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: RunSQL.plan), arguments: [run.rawValue]).map(Self.plannedChange)
        }
    }

    static func plannedChange(_ row: Row) throws -> PlannedChange {
        PlannedChange(
            path: row["path"], before: (row["before_hash"] as String?).map(ContentHash.init(rawValue:)),
            after: (row["after_hash"] as String?).map(ContentHash.init(rawValue:)), sizeBytes: row["size"],
            state: try row.state("state"))
    }

    static func run(_ row: Row) throws -> RunRecord {
        guard let inputs = try StoredColumn.value(of: row, "inputs") else {
            throw StoreError.unavailable(reason: "a run has no inputs")
        }
        return RunRecord(
            id: ID(rawValue: row["id"]), number: row["number"], owner: row["owner"], pipeline: row["pipeline"],
            pipelineID: (row["pipeline_id"] as String?).map(ID.init(rawValue:)),
            version: row["version"], only: only(row),
            forkedFrom: (row["forked_from"] as String?).map(ID.init(rawValue:)),
            document: try JSON(column: row["document"]), status: try row.state("status"),
            trigger: row["trigger"], triggerValue: try StoredColumn.value(of: row, "trigger_value"), inputs: inputs,
            outputs: try StoredColumn.value(of: row, "outputs"), error: try row.failure("error"),
            environment: row["environment"], lender: row["lender"],
            variables: try (row["variables"] as String?).map { try JSON(column: $0).objectValue ?? [:] } ?? [:],
            workspace: row["workspace"], cassette: (row["cassette_hash"] as String?).map(ContentHash.init(rawValue:)),
            changes: try row.state("changes"),
            cancelRequestedAt: row.moment("cancel_requested_ms"), pausedAt: row.moment("paused_ms"),
            createdAt: Timestamp(milliseconds: row["created_ms"]), startedAt: row.moment("started_ms"),
            finishedAt: row.moment("finished_ms"))
    }

    private static func only(_ row: Row) -> OnlyStep? {
        guard let step: String = row["only_step"] else { return nil }
        return OnlyStep(step: step, source: (row["only_source"] as String?).map(ID.init(rawValue:)))
    }

    private static func step(_ row: Row) throws -> StepRunRecord {
        var step = StepRunRecord(
            id: ID(rawValue: row["id"]), path: row["path"], stepID: row["step_id"], type: row["type"],
            position: row["position"])
        step.status = try row.state("status")
        step.isHandled = row["handled"]
        step.output = try StoredColumn.value(of: row, "output")
        step.error = try row.failure("error")
        if row["skipped_code"] as String? != nil {
            step.skipped = SkipRecord(reason: try row.state("skipped_code"), text: row["skipped_text"] ?? "")
        }
        step.branch = row["branch"]
        step.usage = try (row["usage"] as String?).map { Usage(json: try JSON(column: $0)) }
        let warnings = try (row["warnings"] as String?).map { try JSON(column: $0).arrayValue ?? [] } ?? []
        step.warnings = warnings.compactMap(\.stringValue)
        step.isolation = row["isolation"]
        step.attemptsBefore = row["attempts_before"]
        step.retryDueAt = row.moment("retry_due_ms")
        step.startedAt = row.moment("started_ms")
        step.finishedAt = row.moment("finished_ms")
        return step
    }

    private static func attempt(_ row: Row) throws -> AttemptRecord {
        AttemptRecord(
            id: ID(rawValue: row["id"]), stepRun: ID(rawValue: row["step_run_id"]), number: row["number"],
            startEvent: row["start_event"], status: try row.state("status"), error: try row.failure("error"),
            with: try StoredColumn.value(of: row, "with"), startedAt: Timestamp(milliseconds: row["started_ms"]),
            finishedAt: row.moment("finished_ms"))
    }

    private static func event(_ row: Row) throws -> RunEvent {
        RunEvent(
            sequence: row["sequence"], at: Timestamp(milliseconds: row["at_ms"]), kind: try row.state("kind"),
            step: row["step"], data: try JSON(column: row["data"]))
    }
}
