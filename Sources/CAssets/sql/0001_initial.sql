-- 0001_initial.sql. Why: runs, their steps, attempts, events, logs and file changes, as the engine settles them.
-- Moments are milliseconds since 1970 UTC. JSON is text. A value whose JSON is longer than 32 KiB stands as
-- {"blob","size","preview"} and has its *_is_blob set.

CREATE TABLE engine (
    only_row INTEGER PRIMARY KEY CONSTRAINT engine_has_one_row CHECK (only_row = 1),
    lease_token INTEGER NOT NULL
);
INSERT INTO engine (only_row, lease_token) VALUES (1, 0);

CREATE TABLE run (
    id TEXT PRIMARY KEY NOT NULL,
    number INTEGER NOT NULL CONSTRAINT run_number_unique UNIQUE,
    pipeline TEXT NOT NULL,
    document TEXT NOT NULL,
    status TEXT NOT NULL CONSTRAINT run_status_known
        CHECK (status IN ('queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled')),
    trigger TEXT NOT NULL,
    inputs TEXT NOT NULL,
    inputs_is_blob INTEGER NOT NULL CONSTRAINT run_inputs_is_blob_flag CHECK (inputs_is_blob IN (0, 1)),
    outputs TEXT,
    outputs_is_blob INTEGER NOT NULL DEFAULT 0 CONSTRAINT run_outputs_is_blob_flag CHECK (outputs_is_blob IN (0, 1)),
    error TEXT,
    workspace TEXT NOT NULL,
    changes TEXT NOT NULL CONSTRAINT run_changes_known
        CHECK (changes IN ('none', 'pending', 'applied', 'discarded', 'conflict', 'undone')),
    cancel_requested_ms INTEGER,
    created_ms INTEGER NOT NULL,
    started_ms INTEGER,
    finished_ms INTEGER
) WITHOUT ROWID;
CREATE INDEX run_by_pipeline ON run (pipeline, number);
CREATE INDEX run_unfinished ON run (status) WHERE status IN ('queued', 'running', 'waiting');

CREATE TABLE step_run (
    id TEXT PRIMARY KEY NOT NULL,
    run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    step_id TEXT NOT NULL,
    type TEXT NOT NULL,
    position INTEGER NOT NULL,
    status TEXT NOT NULL CONSTRAINT step_run_status_known
        CHECK (status IN ('queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled', 'skipped')),
    handled INTEGER NOT NULL CONSTRAINT step_run_handled_flag CHECK (handled IN (0, 1)),
    output TEXT,
    output_is_blob INTEGER NOT NULL CONSTRAINT step_run_output_is_blob_flag CHECK (output_is_blob IN (0, 1)),
    error TEXT,
    skipped_code TEXT CONSTRAINT step_run_skip_known
        CHECK (skipped_code IN ('if', 'disabled', 'branch', 'upstream_failed', 'cancelled')),
    skipped_text TEXT,
    branch TEXT,
    usage TEXT,
    warnings TEXT,
    isolation TEXT,
    retry_due_ms INTEGER,
    started_ms INTEGER,
    finished_ms INTEGER,
    CONSTRAINT step_run_skipped_has_reason CHECK ((status = 'skipped') = (skipped_code IS NOT NULL))
) WITHOUT ROWID;
CREATE UNIQUE INDEX step_run_by_path ON step_run (run_id, path);

CREATE TABLE attempt (
    id TEXT PRIMARY KEY NOT NULL,
    run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    step_run_id TEXT NOT NULL REFERENCES step_run (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CONSTRAINT attempt_number_from_1 CHECK (number >= 1),
    status TEXT NOT NULL CONSTRAINT attempt_status_known
        CHECK (status IN ('running', 'succeeded', 'failed', 'cancelled', 'lost')),
    lease_token INTEGER NOT NULL,
    error TEXT,
    "with" TEXT,
    with_is_blob INTEGER NOT NULL DEFAULT 0 CONSTRAINT attempt_with_is_blob_flag CHECK (with_is_blob IN (0, 1)),
    started_ms INTEGER NOT NULL,
    finished_ms INTEGER
) WITHOUT ROWID;
CREATE UNIQUE INDEX attempt_by_step_run ON attempt (step_run_id, number);
CREATE INDEX attempt_by_run ON attempt (run_id);

CREATE TABLE event (
    run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    sequence INTEGER NOT NULL CONSTRAINT event_sequence_from_1 CHECK (sequence >= 1),
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    step TEXT,
    data TEXT NOT NULL,
    PRIMARY KEY (run_id, sequence)
) WITHOUT ROWID;

CREATE TABLE log_chunk (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    attempt_id TEXT NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
    step TEXT NOT NULL,
    stream TEXT NOT NULL CONSTRAINT log_chunk_stream_known CHECK (stream IN ('stdout', 'stderr', 'text')),
    at_ms INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX log_chunk_by_run ON log_chunk (run_id, id);

CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    step_run_id TEXT NOT NULL REFERENCES step_run (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    path TEXT NOT NULL,
    action TEXT NOT NULL CONSTRAINT change_action_known CHECK (action IN ('write', 'append', 'delete')),
    content_hash TEXT,
    size INTEGER,
    base_hash TEXT,
    CONSTRAINT change_content_unless_deleted
        CHECK ((action = 'delete') = (content_hash IS NULL) AND (action = 'delete') = (size IS NULL))
);
CREATE INDEX change_by_run ON change (run_id, id);

CREATE TABLE planned_change (
    run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    before_hash TEXT,
    after_hash TEXT,
    size INTEGER,
    state TEXT NOT NULL CONSTRAINT planned_change_state_known
        CHECK (state IN ('planned', 'applied', 'pending', 'discarded', 'conflict', 'undone')),
    PRIMARY KEY (run_id, path)
) WITHOUT ROWID;
