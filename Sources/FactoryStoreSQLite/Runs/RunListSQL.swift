import FactoryDomain
import FactoryJSON
import FactoryStore
import GRDB

/// The statement that lists runs, newest first, put together from fixed parts by what is asked for: a condition that asks
/// nothing costs as much at each of 100,000 entries as one that does.
///
/// What is asked for is found in an index alone; of the rows, only those of the page are looked at, and their documents
/// are left out.
struct RunListSQL {
    let sql: String
    let arguments: StatementArguments

    /// - Parameter limit: rows asked for.
    init(_ filter: RunFilter, limit: Int) {
        var conditions: [String] = []
        var arguments: StatementArguments = ["limit": limit]
        func only(_ condition: String, _ name: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            arguments += [name: value]
        }
        only("pipeline_id = :pipeline_id", "pipeline_id", filter.pipelineID?.rawValue)
        only("number < :before", "before", filter.before)
        only("number > :after", "after", filter.after)
        only("pipeline = :pipeline", "pipeline", filter.pipeline)
        only(
            "status IN (SELECT value FROM json_each(:statuses))", "statuses",
            filter.statuses.map { JSON.array($0.map { .string($0.rawValue) }).serialized() })
        only("trigger = :trigger", "trigger", filter.trigger)
        only(
            "(owner = :viewer OR pipeline_id IN (SELECT id FROM pipeline WHERE owner = :viewer))", "viewer",
            filter.viewer)
        only("created_ms >= :since", "since", filter.since?.milliseconds)
        only("created_ms < :until", "until", filter.until?.milliseconds)
        self.arguments = arguments
        sql = """
            SELECT id, number, owner, pipeline, pipeline_id, version, 'null' AS document, status, trigger, inputs,
                inputs_is_blob, outputs, outputs_is_blob, error, workspace, changes, cancel_requested_ms, paused_ms,
                created_ms, started_ms, finished_ms, environment, NULL AS variables, cassette_hash, only_step,
                only_source, lender, forked_from
            FROM run
            WHERE number IN (
                SELECT number FROM run INDEXED BY \(filter.pipelineID == nil ? "run_for_lists" : "run_by_pipeline_id")
                \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
                ORDER BY number DESC LIMIT :limit)
            ORDER BY number DESC
            """
    }
}
