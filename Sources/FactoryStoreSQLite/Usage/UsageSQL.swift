/// The statements that count what runs used and how they went.
enum UsageSQL {
    /// Bound in order; the run tells whose it is and of which pipeline.
    static let addModelUse = """
        INSERT INTO model_use (day, owner, model, pipeline, pipeline_id, calls, calls_without_price,
            calls_without_counts, input_tokens, output_tokens, cost_usd)
        SELECT ?, owner, ?, pipeline, coalesce(pipeline_id, ''), ?, ?, ?, ?, ?, CAST(? AS REAL) FROM run WHERE id = ?
        ON CONFLICT (day, owner, model, pipeline, pipeline_id) DO UPDATE SET
            calls = calls + excluded.calls,
            calls_without_price = calls_without_price + excluded.calls_without_price,
            calls_without_counts = calls_without_counts + excluded.calls_without_counts,
            input_tokens = input_tokens + excluded.input_tokens,
            output_tokens = output_tokens + excluded.output_tokens,
            cost_usd = cost_usd + excluded.cost_usd
        """

    static let modelUse = """
        SELECT day, model, pipeline, pipeline_id, sum(calls) AS calls,
            sum(calls_without_price) AS calls_without_price, sum(calls_without_counts) AS calls_without_counts,
            sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens, sum(cost_usd) AS cost_usd
        FROM model_use
        WHERE day >= :first_day AND day <= :last_day AND (:owner IS NULL OR owner = :owner)
            AND (:pipeline_id IS NULL OR pipeline_id = :pipeline_id) AND (:pipeline IS NULL OR pipeline = :pipeline)
        GROUP BY day, model, pipeline, pipeline_id ORDER BY day DESC, model, pipeline, pipeline_id
        """

    /// Which runs are counted, all of it answered by the index: a run of one step tells nothing of its pipeline's.
    private static let counted = """
        run INDEXED BY run_for_usage
        WHERE finished_ms IS NOT NULL AND only_step IS NULL AND finished_ms >= :since AND finished_ms < :until
            AND (:owner IS NULL OR owner = :owner) AND (:pipeline_id IS NULL OR pipeline_id = :pipeline_id)
            AND (:pipeline IS NULL OR pipeline = :pipeline)
        """

    static let runs =
        "SELECT finished_ms, started_ms, status, pipeline_id, pipeline FROM \(counted) ORDER BY finished_ms"

    static let steps = """
        SELECT latest.pipeline, latest.pipeline_id, step_run.step_id, step_run.type, count(*) AS runs,
            sum(step_run.status = 'failed') AS failures,
            CAST(avg(step_run.finished_ms - step_run.started_ms) AS INTEGER) AS mean_ms
        FROM (SELECT id, pipeline, pipeline_id FROM \(counted) ORDER BY finished_ms DESC LIMIT :limit) AS latest
        JOIN step_run ON step_run.run_id = latest.id
        WHERE step_run.status = 'succeeded' OR step_run.status = 'failed'
        GROUP BY latest.pipeline_id, latest.pipeline, step_run.step_id, step_run.type
        """
}
