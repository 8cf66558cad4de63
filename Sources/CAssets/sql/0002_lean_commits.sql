-- 0002_lean_commits.sql. Why: what every step writes costs less.
--
-- 1. SQLite fills a temporary table for each `x IN (three or more)` of a CHECK or of an index's condition, at every
--    write. The same said with OR takes none. No row changes, so the tables' texts are edited in place, as SQLite's
--    documentation of ALTER TABLE describes for constraints.
-- 2. An attempt stood in three trees: by id, by step run, by run. One in the order in which attempts are written and
--    read keeps two pages out of every commit. log_chunk no longer points at the attempt, which would take a tree by
--    attempt id; it goes with its run.

CREATE TABLE log_chunk_new (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    attempt_id TEXT NOT NULL,
    step TEXT NOT NULL,
    stream TEXT NOT NULL CONSTRAINT log_chunk_stream_known
        CHECK (stream = 'stdout' OR stream = 'stderr' OR stream = 'text'),
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
        CHECK (status = 'running' OR status = 'succeeded' OR status = 'failed' OR status = 'cancelled'
            OR status = 'lost'),
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

DROP INDEX run_unfinished;
CREATE INDEX run_unfinished ON run (id) WHERE finished_ms IS NULL;

PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
    'CHECK (status IN (''queued'', ''running'', ''waiting'', ''succeeded'', ''failed'', '
        || '''cancelled''))',
    'CHECK (status = ''queued'' OR status = ''running'' OR status = ''waiting'''
        || ' OR status = ''succeeded'' OR status = ''failed'' OR status = ''cancelled'')')
WHERE type = 'table' AND name = 'run';
UPDATE sqlite_schema SET sql = replace(sql,
    'CHECK (changes IN (''none'', ''pending'', ''applied'', ''discarded'', ''conflict'', '
        || '''undone''))',
    'CHECK (changes = ''none'' OR changes = ''pending'' OR changes = ''applied'''
        || ' OR changes = ''discarded'' OR changes = ''conflict'' OR changes = ''undone'')')
WHERE type = 'table' AND name = 'run';
UPDATE sqlite_schema SET sql = replace(sql,
    'CHECK (status IN (''queued'', ''running'', ''waiting'', ''succeeded'', ''failed'', '
        || '''cancelled'', ''skipped''))',
    'CHECK (status = ''queued'' OR status = ''running'' OR status = ''waiting'''
        || ' OR status = ''succeeded'' OR status = ''failed'' OR status = ''cancelled'''
        || ' OR status = ''skipped'')')
WHERE type = 'table' AND name = 'step_run';
UPDATE sqlite_schema SET sql = replace(sql,
    'CHECK (skipped_code IN (''if'', ''disabled'', ''branch'', ''upstream_failed'', '
        || '''cancelled''))',
    'CHECK (skipped_code = ''if'' OR skipped_code = ''disabled'' OR skipped_code = ''branch'''
        || ' OR skipped_code = ''upstream_failed'' OR skipped_code = ''cancelled'')')
WHERE type = 'table' AND name = 'step_run';
UPDATE sqlite_schema SET sql = replace(sql,
    'CHECK (action IN (''write'', ''append'', ''delete''))',
    'CHECK (action = ''write'' OR action = ''append'' OR action = ''delete'')')
WHERE type = 'table' AND name = 'change';
UPDATE sqlite_schema SET sql = replace(sql,
    'CHECK (state IN (''planned'', ''applied'', ''pending'', ''discarded'', ''conflict'', '
        || '''undone''))',
    'CHECK (state = ''planned'' OR state = ''applied'' OR state = ''pending'''
        || ' OR state = ''discarded'' OR state = ''conflict'' OR state = ''undone'')')
WHERE type = 'table' AND name = 'planned_change';
PRAGMA writable_schema = RESET;
