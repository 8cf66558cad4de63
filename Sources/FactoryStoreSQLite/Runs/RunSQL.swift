/// The statements of the run store, whole, one per operation.
enum RunSQL {
    static let takeOver = "UPDATE engine SET lease_token = lease_token + 1 RETURNING lease_token"

    static let leaseToken = "SELECT lease_token FROM engine"

    /// The lease, where the store knows the run. The run is looked up in the index of numbers: its own tree has few rows
    /// on a page, for its documents.
    static let leaseTokenWithRun = "SELECT lease_token FROM engine, run WHERE number = ? AND +id = ?"

    static let nextNumber = """
        SELECT max(coalesce((SELECT max(number) FROM run), 0), last_removed_number) + 1 FROM engine
        """

    // What a commit writes. Values stand in the order of the columns; see ``Statement``.

    static let insertRun = """
        INSERT INTO run (id, number, owner, pipeline, pipeline_id, version, document, status, trigger, trigger_value,
            trigger_value_is_blob, inputs, inputs_is_blob, workspace, changes, created_ms, started_ms, environment,
            variables, cassette_hash, only_step, only_source, lender, forked_from)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    static let updateRun = """
        UPDATE run SET status = ?, outputs = ?, outputs_is_blob = ?, error = ?, changes = ?, cancel_requested_ms = ?,
            paused_ms = ?, started_ms = ?, finished_ms = ?
        WHERE id = ?
        """

    static let insertStep = """
        INSERT INTO step_run (status, handled, output, output_is_blob, error, skipped_code, skipped_text, branch,
            usage, warnings, isolation, attempts_before, retry_due_ms, started_ms, finished_ms, id, run_id, path,
            step_id, type, position)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    static let updateStep = """
        UPDATE step_run SET status = ?, handled = ?, output = ?, output_is_blob = ?, error = ?, skipped_code = ?,
            skipped_text = ?, branch = ?, usage = ?, warnings = ?, isolation = ?, attempts_before = ?,
            retry_due_ms = ?, started_ms = ?, finished_ms = ?
        WHERE id = ?
        """

    static let insertAttempt = """
        INSERT INTO attempt (ordinal, id, step_run_id, number, status, lease_token, started_ms)
        VALUES (?, ?, ?, ?, 'running', ?, ?)
        """

    static let settleAttempt = """
        UPDATE attempt SET status = ?, error = ?, "with" = ?, with_is_blob = ?, finished_ms = ?
        WHERE ordinal = ? AND id = ? AND status = 'running' AND lease_token = ?
        """

    /// For an attempt that nobody runs any more: its engine is dead, or gave the run up when the store failed it.
    static let loseAttempt = """
        UPDATE attempt SET status = 'lost', error = ?, finished_ms = ?
        WHERE ordinal = ? AND id = ? AND status = 'running' AND lease_token <= ?
        """

    static let insertEvent = "INSERT INTO event (ordinal, at_ms, kind, step, data) VALUES (?, ?, ?, ?, ?)"

    static let insertLog = """
        INSERT INTO log_chunk (run_id, attempt_id, step, stream, at_ms, text) VALUES (?, ?, ?, ?, ?, ?)
        """

    static let insertChange = """
        INSERT INTO change (run_id, step_run_id, position, path, action, content_hash, size, base_hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """

    static let dropChanges = "DELETE FROM change WHERE step_run_id = ? AND run_id = ?"

    static let dropPlan = "DELETE FROM planned_change WHERE run_id = ?"

    static let putPlannedChange = """
        INSERT INTO planned_change (run_id, path, before_hash, after_hash, size, state) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (run_id, path) DO UPDATE SET before_hash = excluded.before_hash,
            after_hash = excluded.after_hash, size = excluded.size, state = excluded.state
        """

    static let run = "SELECT * FROM run WHERE id = ?"
    static let runByNumber = "SELECT * FROM run WHERE number = ?"
    static let steps = "SELECT * FROM step_run WHERE run_id = ? ORDER BY position, path"
    static let attempts = """
        SELECT attempt.* FROM attempt JOIN step_run ON step_run.id = attempt.step_run_id
        WHERE attempt.\(Ordinal.isOfRun) ORDER BY step_run.position, attempt.number
        """
    static let events = """
        SELECT * FROM event WHERE \(Ordinal.isOfRun(after: ":after")) ORDER BY ordinal LIMIT :limit
        """
    static let lastEvent = "SELECT coalesce(max(ordinal) & 4294967295, 0) FROM event WHERE \(Ordinal.isOfRun)"
    static let logs = """
        SELECT * FROM log_chunk WHERE run_id = :run AND id > :row AND (:step IS NULL OR step = :step)
        ORDER BY id LIMIT :limit
        """
    static let logsNewestFirst = """
        SELECT * FROM log_chunk WHERE run_id = :run AND id < :row AND (:step IS NULL OR step = :step)
        ORDER BY id DESC LIMIT :limit
        """
    static let texts = """
        SELECT attempt_id, attempt.number, attempt.status, step, stream, first_row, last_row
        FROM attempt CROSS JOIN (
            SELECT attempt_id, step, stream, min(id) AS first_row, max(id) AS last_row FROM log_chunk
            WHERE run_id = :run GROUP BY attempt_id, stream) AS text ON text.attempt_id = attempt.id
        WHERE attempt.\(Ordinal.isOfRun) ORDER BY first_row
        """
    static let chunks = """
        SELECT id, at_ms, text FROM log_chunk
        WHERE run_id = :run AND id > :after AND id <= :last AND attempt_id = :attempt AND stream = :stream
        ORDER BY id LIMIT :limit
        """
    static let changes = "SELECT * FROM change WHERE run_id = ? ORDER BY id"
    static let plan = "SELECT * FROM planned_change WHERE run_id = ? ORDER BY path"

    /// What lists show of steps; `:runs` is a JSON list of ids.
    static let notableSteps = """
        SELECT run_id, id, path, step_id, type, position, status, handled, error, usage, isolation FROM step_run
        WHERE run_id IN (SELECT value FROM json_each(:runs))
            AND (handled = 1 OR usage IS NOT NULL OR isolation IS NOT NULL)
        ORDER BY position, path
        """

    static let plans = """
        SELECT * FROM planned_change WHERE run_id IN (SELECT value FROM json_each(:runs)) ORDER BY path
        """

    static let unfinished = """
        SELECT id FROM run WHERE finished_ms IS NULL AND id > :after ORDER BY id LIMIT :limit
        """
}
