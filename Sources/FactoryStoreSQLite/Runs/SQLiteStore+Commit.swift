public import FactoryDomain
public import FactoryStore
import GRDB

extension SQLiteStore: RunStore {
    /// Makes the caller the engine in charge. It takes its turn among the commits that wait.
    public func takeOver() async throws(StoreError) -> LeaseToken {
        let token = NumberBox()
        try await queue.submit { db in token.value = try Int64.fetchOne(db.cachedStatement(sql: RunSQL.takeOver)) ?? 0 }
        return LeaseToken(rawValue: token.value)
    }

    /// Keeps a new run with its steps and first attempts, in one transaction.
    public func create(
        _ run: RunRecord, steps: [StepRunRecord], first: RunCommit
    ) async throws(StoreError) -> Int64 {
        let number = NumberBox()
        let (row, stepRows, rows) = (RunRow(run), steps.map(StepRow.init), CommitRows(first))
        try await queue.submit { [statements] db in
            let writer = try RunWriter(statements.compiled(in: db), new: row, lease: first.lease)
            number.value = writer.number
            for step in stepRows { try writer.insert(step) }
            try writer.write(rows)
        }
        listsChanged()
        return number.value
    }

    /// Keeps one decision about a run, in one transaction.
    public func commit(_ commit: RunCommit) async throws(StoreError) {
        let rows = CommitRows(commit)
        try await queue.submit { [statements] db in
            try RunWriter(statements.compiled(in: db), for: commit).write(rows)
        }
        if rows.runState != nil { listsChanged() }
    }
}

/// Carries a number out of the transaction that gave it; written once before the caller resumes.
private final class NumberBox: @unchecked Sendable {
    var value: Int64 = 0
}
