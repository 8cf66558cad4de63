public import FactoryDomain
import FactoryJSON
public import FactoryStore
import GRDB

extension SQLiteStore: RunStore {
    /// Makes the caller the engine in charge.
    public func takeOver() async throws(StoreError) -> LeaseToken {
        do {
            return LeaseToken(
                rawValue: try await database.write { db in try Int64.fetchOne(db, sql: RunSQL.takeOver) } ?? 0)
        } catch { throw StoreError(error) }
    }

    /// Keeps a new run with its steps and first attempts, in one transaction.
    public func create(
        _ run: RunRecord, steps: [StepRunRecord], first: RunCommit
    ) async throws(StoreError) -> Int64 {
        let number = NumberBox()
        try await queue.submit { db in
            try Self.check(first.lease, in: db)
            number.value = try Self.insert(run, in: db)
            for step in steps { try Self.write(step, of: run.id, with: RunSQL.insertStep, in: db) }
            try Self.write(first, in: db)
        }
        return number.value
    }

    /// Keeps one decision about a run, in one transaction.
    public func commit(_ commit: RunCommit) async throws(StoreError) {
        try await queue.submit { db in
            try Self.check(commit.lease, in: db)
            try Self.write(commit, in: db)
        }
    }

    private static func check(_ lease: LeaseToken, in db: Database) throws {
        let current = try Int64.fetchOne(db.cachedStatement(sql: RunSQL.leaseToken))
        guard current == lease.rawValue else { throw StoreError.staleLease }
    }

    private static func insert(_ run: RunRecord, in db: Database) throws -> Int64 {
        let inputs = StoredColumn(run.inputs)
        let statement = try db.cachedStatement(sql: RunSQL.insertRun)
        let number = try Int64.fetchOne(
            statement,
            arguments: [
                "id": run.id.rawValue, "pipeline": run.pipeline, "pipeline_id": run.pipelineID?.rawValue,
                "document": run.document.serialized(),
                "status": run.status.rawValue, "trigger": run.trigger, "inputs": inputs.text,
                "inputs_is_blob": inputs.isBlob, "workspace": run.workspace, "changes": run.changes.rawValue,
                "created_ms": run.createdAt.milliseconds, "started_ms": run.startedAt?.milliseconds,
            ])
        return number ?? 0
    }

    private static func write(_ commit: RunCommit, in db: Database) throws {
        let run = commit.run.rawValue
        for settlement in commit.settled { try write(settlement, lease: commit.lease, in: db) }
        for step in commit.steps { try write(step, of: commit.run, with: RunSQL.updateStep, in: db) }
        for attempt in commit.started {
            try execute(
                RunSQL.insertAttempt, in: db,
                [
                    "id": attempt.id.rawValue, "run_id": run, "step_run_id": attempt.stepRun.rawValue,
                    "number": attempt.number, "lease_token": commit.lease.rawValue,
                    "started_ms": attempt.startedAt.milliseconds,
                ])
        }
        for event in commit.events {
            try execute(
                RunSQL.insertEvent, in: db,
                [
                    "run_id": run, "sequence": event.sequence, "at_ms": event.at.milliseconds,
                    "kind": event.kind.rawValue, "step": event.step, "data": event.data.serialized(),
                ])
        }
        for chunk in commit.logs {
            try execute(
                RunSQL.insertLog, in: db,
                [
                    "run_id": run, "attempt_id": chunk.attempt.rawValue, "step": chunk.step, "stream": chunk.stream,
                    "at_ms": chunk.at.milliseconds, "text": chunk.text,
                ])
        }
        for stepRun in commit.droppedChanges {
            try execute(RunSQL.dropChanges, in: db, ["step_run_id": stepRun.rawValue])
        }
        if commit.dropsPlan { try execute(RunSQL.dropPlan, in: db, ["run_id": run]) }
        for change in commit.changes { try write(change, run: run, in: db) }
        for planned in commit.plan {
            try execute(
                RunSQL.putPlannedChange, in: db,
                [
                    "run_id": run, "path": planned.path, "before_hash": planned.before?.rawValue,
                    "after_hash": planned.after?.rawValue, "size": planned.sizeBytes, "state": planned.state.rawValue,
                ])
        }
        if let state = commit.runState { try write(state, run: run, in: db) }
    }

    private static func write(_ state: RunState, run: String, in db: Database) throws {
        let outputs = state.outputs.map(StoredColumn.init)
        try execute(
            RunSQL.updateRun, in: db,
            [
                "id": run, "status": state.status.rawValue, "outputs": outputs?.text,
                "outputs_is_blob": outputs?.isBlob ?? false, "error": state.error?.json.serialized(),
                "changes": state.changes.rawValue, "cancel_requested_ms": state.cancelRequestedAt?.milliseconds,
                "paused_ms": state.pausedAt?.milliseconds,
                "started_ms": state.startedAt?.milliseconds, "finished_ms": state.finishedAt?.milliseconds,
            ])
        guard db.changesCount == 1 else { throw StoreError.notFound(kind: "run", id: run) }
    }

    private static func write(
        _ step: StepRunRecord, of run: ID<Run>, with sql: String, in db: Database
    ) throws {
        let output = step.output.map(StoredColumn.init)
        var arguments: StatementArguments = [
            "id": step.id.rawValue, "status": step.status.rawValue, "handled": step.isHandled, "output": output?.text,
            "output_is_blob": output?.isBlob ?? false, "error": step.error?.json.serialized(),
            "skipped_code": step.skipped?.reason.rawValue, "skipped_text": step.skipped?.text, "branch": step.branch,
            "usage": step.usage?.json.serialized(),
            "warnings": step.warnings.isEmpty ? nil : JSON.array(step.warnings.map(JSON.string)).serialized(),
            "isolation": step.isolation, "attempts_before": step.attemptsBefore,
            "retry_due_ms": step.retryDueAt?.milliseconds,
            "started_ms": step.startedAt?.milliseconds, "finished_ms": step.finishedAt?.milliseconds,
        ]
        if sql == RunSQL.insertStep {
            arguments += [
                "run_id": run.rawValue, "path": step.path, "step_id": step.stepID, "type": step.type,
                "position": step.position,
            ]
        }
        try execute(sql, in: db, arguments)
    }

    private static func write(_ settlement: AttemptSettlement, lease: LeaseToken, in db: Database) throws {
        var arguments: StatementArguments = [
            "id": settlement.attempt.rawValue, "error": settlement.error?.json.serialized(),
            "finished_ms": settlement.finishedAt.milliseconds, "lease_token": lease.rawValue,
        ]
        if settlement.status == .lost {
            try execute(RunSQL.loseAttempt, in: db, arguments)
        } else {
            let with = settlement.with.map(StoredColumn.init)
            arguments += [
                "status": settlement.status.rawValue, "with": with?.text, "with_is_blob": with?.isBlob ?? false,
            ]
            try execute(RunSQL.settleAttempt, in: db, arguments)
        }
        guard db.changesCount == 1 else { throw StoreError.staleLease }
    }

    private static func write(_ settled: SettledChange, run: String, in db: Database) throws {
        let column = ChangeColumns(settled.change.action)
        try execute(
            RunSQL.insertChange, in: db,
            [
                "run_id": run, "step_run_id": settled.stepRun.rawValue, "position": settled.position,
                "path": settled.change.path, "action": column.action, "content_hash": column.hash,
                "size": column.size, "base_hash": settled.change.base?.rawValue,
            ])
    }

    private static func execute(_ sql: String, in db: Database, _ arguments: StatementArguments) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }
}

/// Carries the run's number out of the transaction that gave it; written once before the caller resumes.
private final class NumberBox: @unchecked Sendable {
    var value: Int64 = 0
}
