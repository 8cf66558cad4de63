import FactoryDomain
public import FactoryStore
import GRDB
import GRDBSQLite

extension SQLiteStore: UsageStore {
    /// Calls of models by day, model and pipeline.
    public func modelUse(_ filter: UsageFilter) async throws(StoreError) -> [ModelUseFigures] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: UsageSQL.modelUse), arguments: Self.days(filter)).map { row in
                let model: String = row["model"]
                return ModelUseFigures(
                    day: row["day"], model: model.isEmpty ? nil : model, pipeline: Self.pipeline(row),
                    sums: CallSums(
                        calls: row["calls"], callsWithoutPrice: row["calls_without_price"],
                        callsWithoutCounts: row["calls_without_counts"], inputTokens: row["input_tokens"],
                        outputTokens: row["output_tokens"], costUSD: row["cost_usd"]))
            }
        }
    }

    /// How the runs went that ended.
    public func runFigures(_ filter: UsageFilter) async throws(StoreError) -> RunFigures {
        try await read { db in
            let statement = try db.cachedStatement(sql: UsageSQL.runs)
            try statement.setArguments(Self.days(filter))
            return try RunTally(reading: statement).figures
        }
    }

    /// How the steps went of the latest of these runs.
    public func stepFigures(_ filter: UsageFilter, ofLatest limit: Int) async throws(StoreError) -> StepSample {
        let arguments = Self.moments(filter) + ["limit": limit]
        return try await read { db in
            StepSample(
                runs: try Int.fetchOne(db.cachedStatement(sql: UsageSQL.latestRuns), arguments: arguments) ?? 0,
                steps: try Row.fetchAll(db.cachedStatement(sql: UsageSQL.steps), arguments: arguments).map { row in
                    StepFigures(
                        pipeline: Self.pipeline(row), step: row["step_id"], type: row["type"], runs: row["runs"],
                        failures: row["failures"], meanDuration: row["mean_ms"])
                })
        }
    }

    /// Sums are kept by day: a day counts whole where any moment of it is asked for.
    private static func days(_ filter: UsageFilter) -> StatementArguments {
        let day = ModelUseFigures.dayMilliseconds
        return [
            "first_day": filter.since.map { $0.milliseconds / day } ?? 0,
            "last_day": filter.until.map { ($0.milliseconds - 1) / day } ?? .max,
            "owner": filter.owner, "pipeline_id": filter.pipelineID?.rawValue, "pipeline": filter.pipeline,
        ]
    }

    private static func moments(_ filter: UsageFilter) -> StatementArguments {
        [
            "since": filter.since?.milliseconds ?? 0, "until": filter.until?.milliseconds ?? .max,
            "owner": filter.owner, "pipeline_id": filter.pipelineID?.rawValue, "pipeline": filter.pipeline,
        ]
    }

    private static func pipeline(_ row: Row) -> UsagePipeline {
        let id: String? = row["pipeline_id"]
        return UsagePipeline(id: id.flatMap { $0.isEmpty ? nil : ID(rawValue: $0) }, name: row["pipeline"])
    }
}
