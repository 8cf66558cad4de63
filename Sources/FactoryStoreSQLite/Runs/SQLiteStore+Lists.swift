public import FactoryDomain
import FactoryJSON
public import FactoryStore
import GRDB

extension SQLiteStore {
    /// Runs, newest first: three queries in one transaction, however many runs there are.
    public func runs(_ filter: RunFilter) async throws(StoreError) -> RunPage {
        let limit = min(max(filter.limit, 1), 200)
        let list = RunListSQL(filter, limit: limit + 1)
        return try await read { db in
            var runs = try Row.fetchAll(db.cachedStatement(sql: list.sql), arguments: list.arguments).map(Self.run)
            let hasMore = runs.count > limit
            if hasMore { runs.removeLast() }
            let ids = JSON.array(runs.map { .string($0.id.rawValue) }).serialized()
            let steps = try Self.grouped(db, RunSQL.notableSteps, ids, Self.notableStep)
            let plans = try Self.grouped(db, RunSQL.plans, ids, Self.plannedChange)
            return RunPage(
                items: runs.map { run in
                    RunPage.Item(
                        run: run, notableSteps: steps[run.id.rawValue] ?? [], plan: plans[run.id.rawValue] ?? [])
                },
                next: hasMore ? runs.last?.number : nil)
        }
    }

    /// Ids of runs that have not ended, oldest first.
    public func unfinished(after id: ID<Run>?, limit: Int) async throws(StoreError) -> [ID<Run>] {
        try await read { db in
            try String.fetchAll(
                db.cachedStatement(sql: RunSQL.unfinished), arguments: ["after": id?.rawValue ?? "", "limit": limit]
            )
            .map(ID.init(rawValue:))
        }
    }

    private static func grouped<Value>(
        _ db: Database, _ sql: String, _ runs: String, _ value: (Row) throws -> Value
    ) throws -> [String: [Value]] {
        var groups: [String: [Value]] = [:]
        let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: ["runs": runs])
        while let row = try rows.next() { groups[row["run_id"], default: []].append(try value(row)) }
        return groups
    }

    private static func notableStep(_ row: Row) throws -> StepRunRecord {
        var step = StepRunRecord(
            id: ID(rawValue: row["id"]), path: row["path"], stepID: row["step_id"], type: row["type"],
            position: row["position"])
        step.status = try row.state("status")
        step.isHandled = row["handled"]
        step.error = try row.failure("error")
        step.usage = try (row["usage"] as String?).map { Usage(json: try JSON(column: $0)) }
        step.isolation = row["isolation"]
        return step
    }
}
