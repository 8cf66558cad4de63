/// The statements that count what runs used and how they went.
enum UsageSQL {
    /// Bound in order; the run tells whose it is and of which pipeline.
    static let addModelUse = """
        INSERT INTO model_use (day, owner, model, pipeline, pipeline_id, calls, calls_without_price,
            calls_without_counts, input_tokens, output_tokens, cost_usd)
        SELECT ?, owner, ?, pipeline, coalesce(pipeline_id, ''), ?, ?, ?, ?, ?, CAST(? AS REAL) FROM run WHERE id = ?
        \(addingModelUse)
        """

    private static let addingModelUse = """
        ON CONFLICT (day, owner, model, pipeline, pipeline_id) DO UPDATE SET
            calls = calls + excluded.calls,
            calls_without_price = calls_without_price + excluded.calls_without_price,
            calls_without_counts = calls_without_counts + excluded.calls_without_counts,
            input_tokens = input_tokens + excluded.input_tokens,
            output_tokens = output_tokens + excluded.output_tokens,
            cost_usd = cost_usd + excluded.cost_usd
        """

    /// Bound in order: 1 or -1, and the run. Counts a run that has ended where it belongs, or takes it back; one that has
    /// not ended, or is of one step alone, counts nowhere.
    static let addRunUse = """
        INSERT INTO run_use (day, owner, pipeline, pipeline_id, succeeded, failed, cancelled, durations)
        SELECT finished_ms / 86400000, owner, pipeline, coalesce(pipeline_id, ''), sign * (status = 'succeeded'),
            sign * (status = 'failed'), sign * (status = 'cancelled'),
            CASE WHEN duration IS NULL THEN '{}' ELSE json_object(CAST(duration AS TEXT), sign) END
        FROM (SELECT *, \(bucket(of: "took")) AS duration FROM (
            SELECT ? AS sign, finished_ms, owner, pipeline, pipeline_id, status,
                CASE WHEN status = 'succeeded' AND started_ms <= finished_ms THEN finished_ms - started_ms END AS took
            FROM run WHERE id = ? AND finished_ms IS NOT NULL AND only_step IS NULL)) WHERE true
        ON CONFLICT (day, owner, pipeline, pipeline_id) DO UPDATE SET
            succeeded = succeeded + excluded.succeeded, failed = failed + excluded.failed,
            cancelled = cancelled + excluded.cancelled,
            durations = \(merged)
        """

    /// The durations of two rows together.
    private static let merged = """
        CASE WHEN excluded.durations = '{}' THEN run_use.durations ELSE json_patch(run_use.durations,
            (SELECT json_group_object(key, value + coalesce(run_use.durations ->> ('$."' || key || '"'), 0))
            FROM json_each(excluded.durations))) END
        """

    /// The duration that stands for this one: what it is under 100, from then on at most 1.25 of 100 more or less.
    ///
    /// The migration that counted the runs there were has the same steps.
    private static func bucket(of took: String) -> String {
        var (branches, unit) = (["WHEN \(took) < 100 THEN \(took)"], 1)
        for _ in 0..<8 {
            for (below, width) in [(200, 2), (500, 5), (1_000, 10)] {
                let (below, width) = (below * unit, width * unit)
                branches.append("WHEN \(took) < \(below) THEN (\(took) + \(width / 2)) / \(width) * \(width)")
            }
            unit *= 10
        }
        let width = 100 * unit
        branches.append("ELSE (\(took) + \(width / 2)) / \(width) * \(width)")
        return "CASE \(branches.joined(separator: " ")) END"
    }

    /// What both have of the same day goes together.
    static let mergeRunUse = """
        INSERT INTO run_use (day, owner, pipeline, pipeline_id, succeeded, failed, cancelled, durations)
        SELECT day, :to, pipeline, pipeline_id, succeeded, failed, cancelled, durations FROM run_use
        WHERE owner = :from
        ON CONFLICT (day, owner, pipeline, pipeline_id) DO UPDATE SET
            succeeded = succeeded + excluded.succeeded, failed = failed + excluded.failed,
            cancelled = cancelled + excluded.cancelled,
            durations = \(merged)
        """
    static let mergeModelUse = """
        INSERT INTO model_use (day, owner, model, pipeline, pipeline_id, calls, calls_without_price,
            calls_without_counts, input_tokens, output_tokens, cost_usd)
        SELECT day, :to, model, pipeline, pipeline_id, calls, calls_without_price, calls_without_counts,
            input_tokens, output_tokens, cost_usd
        FROM model_use WHERE owner = :from
        \(addingModelUse)
        """
    static let forgetRunUse = "DELETE FROM run_use WHERE owner = ?"
    static let forgetModelUse = "DELETE FROM model_use WHERE owner = ?"

    static let modelUse = """
        SELECT day, model, pipeline, pipeline_id, sum(calls) AS calls,
            sum(calls_without_price) AS calls_without_price, sum(calls_without_counts) AS calls_without_counts,
            sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens, sum(cost_usd) AS cost_usd
        FROM model_use
        WHERE day >= :first_day AND day <= :last_day AND (:owner IS NULL OR owner = :owner)
            AND (:pipeline_id IS NULL OR pipeline_id = :pipeline_id) AND (:pipeline IS NULL OR pipeline = :pipeline)
        GROUP BY day, model, pipeline, pipeline_id ORDER BY day DESC, model, pipeline, pipeline_id
        """

    static let runs = """
        SELECT day, pipeline_id, pipeline, succeeded, failed, cancelled, durations FROM run_use
        WHERE day >= :first_day AND day <= :last_day AND (:owner IS NULL OR owner = :owner)
            AND (:pipeline_id IS NULL OR pipeline_id = :pipeline_id) AND (:pipeline IS NULL OR pipeline = :pipeline)
        ORDER BY day
        """

    /// Whose steps are looked at, all of it answered by the index: a run of one step tells nothing of its pipeline's.
    private static let counted = """
        run INDEXED BY run_for_usage
        WHERE finished_ms IS NOT NULL AND only_step IS NULL AND finished_ms >= :since AND finished_ms < :until
            AND (:owner IS NULL OR owner = :owner) AND (:pipeline_id IS NULL OR pipeline_id = :pipeline_id)
            AND (:pipeline IS NULL OR pipeline = :pipeline)
        """

    static let latestRuns = "SELECT count(*) FROM (SELECT 1 FROM \(counted) LIMIT :limit)"

    /// A step that was taken over from another run did not run.
    static let steps = """
        SELECT latest.pipeline, latest.pipeline_id, step_run.step_id, step_run.type, count(*) AS runs,
            sum(step_run.status = 'failed') AS failures,
            CAST(avg(step_run.finished_ms - step_run.started_ms) AS INTEGER) AS mean_ms
        FROM (SELECT id, pipeline, pipeline_id FROM \(counted) ORDER BY finished_ms DESC LIMIT :limit) AS latest
        JOIN step_run ON step_run.run_id = latest.id
        WHERE step_run.status IN ('succeeded', 'failed') AND (step_run.started_ms IS NOT NULL OR NOT step_run.handled
            AND step_run.status = 'failed')
        GROUP BY latest.pipeline_id, latest.pipeline, step_run.step_id, step_run.type
        """
}
