-- 0002_attempt_by_step.sql. Why: every step writes an attempt, and the attempt's row stood in three trees: by id, by step
-- run, by run. One tree in the order in which attempts are written and read keeps two pages out of every commit.
-- log_chunk no longer points at the attempt: it goes with its run. Pointing would take a tree by attempt id.

CREATE TABLE log_chunk_new (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    attempt_id TEXT NOT NULL,
    step TEXT NOT NULL,
    stream TEXT NOT NULL CONSTRAINT log_chunk_stream_known CHECK (stream IN ('stdout', 'stderr', 'text')),
    at_ms INTEGER NOT NULL,
    text TEXT NOT NULL
);
INSERT INTO log_chunk_new SELECT id, run_id, attempt_id, step, stream, at_ms, text FROM log_chunk ORDER BY id;
DROP TABLE log_chunk;
ALTER TABLE log_chunk_new RENAME TO log_chunk;
CREATE INDEX log_chunk_by_run ON log_chunk (run_id, id);

CREATE TABLE attempt_new (
    run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    step_run_id TEXT NOT NULL,
    number INTEGER NOT NULL CONSTRAINT attempt_number_from_1 CHECK (number >= 1),
    id TEXT NOT NULL,
    status TEXT NOT NULL CONSTRAINT attempt_status_known
        CHECK (status IN ('running', 'succeeded', 'failed', 'cancelled', 'lost')),
    lease_token INTEGER NOT NULL,
    error TEXT,
    "with" TEXT,
    with_is_blob INTEGER NOT NULL DEFAULT 0 CONSTRAINT attempt_with_is_blob_flag CHECK (with_is_blob IN (0, 1)),
    started_ms INTEGER NOT NULL,
    finished_ms INTEGER,
    PRIMARY KEY (run_id, step_run_id, number)
) WITHOUT ROWID;
INSERT INTO attempt_new
    SELECT run_id, step_run_id, number, id, status, lease_token, error, "with", with_is_blob, started_ms, finished_ms
    FROM attempt ORDER BY run_id, step_run_id, number;
DROP TABLE attempt;
ALTER TABLE attempt_new RENAME TO attempt;
