-- 0014_appended_rows.sql. Why: what every step appends is written to the end of its tree.
--
-- An event stood under the 30 characters of its run's id, an attempt under those of its run and its step run. Each row
-- took twice its room, looked up its run to see that it is there, and every sixth or so shared the cells of three pages
-- out anew. `ordinal` is the run's number and, in the lower 32 bits, what the row is within its run: an event's
-- sequence, for an attempt the sequence of the event that tells of its start. A tree of such keys only grows at its
-- end, where SQLite begins a new page and leaves the others alone.
--
-- Attempts from before have their place in the run instead, which no later event has for its number.

CREATE TABLE event_new (
    ordinal INTEGER PRIMARY KEY CONSTRAINT event_sequence_from_1 CHECK ((ordinal & 4294967295) >= 1),
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    step TEXT,
    data TEXT NOT NULL,
    run_number INTEGER GENERATED ALWAYS AS (ordinal >> 32) VIRTUAL,
    sequence INTEGER GENERATED ALWAYS AS (ordinal & 4294967295) VIRTUAL
);
INSERT INTO event_new (ordinal, at_ms, kind, step, data)
    SELECT (run.number << 32) | event.sequence, event.at_ms, event.kind, event.step, event.data
    FROM run CROSS JOIN event ON event.run_id = run.id ORDER BY run.number, event.sequence;
DROP TABLE event;
ALTER TABLE event_new RENAME TO event;

CREATE TABLE attempt_new (
    ordinal INTEGER PRIMARY KEY CONSTRAINT attempt_start_event_from_1 CHECK ((ordinal & 4294967295) >= 1),
    id TEXT NOT NULL,
    step_run_id TEXT NOT NULL,
    number INTEGER NOT NULL CONSTRAINT attempt_number_from_1 CHECK (number >= 1),
    status TEXT NOT NULL CONSTRAINT attempt_status_known
        CHECK (status = 'running' OR status = 'succeeded' OR status = 'failed' OR status = 'cancelled'
            OR status = 'lost'),
    lease_token INTEGER NOT NULL,
    error TEXT,
    "with" TEXT,
    with_is_blob INTEGER NOT NULL DEFAULT 0 CONSTRAINT attempt_with_is_blob_flag CHECK (with_is_blob IN (0, 1)),
    started_ms INTEGER NOT NULL,
    finished_ms INTEGER,
    run_number INTEGER GENERATED ALWAYS AS (ordinal >> 32) VIRTUAL,
    start_event INTEGER GENERATED ALWAYS AS (ordinal & 4294967295) VIRTUAL
);
INSERT INTO attempt_new (ordinal, id, step_run_id, number, status, lease_token, error, "with", with_is_blob,
        started_ms, finished_ms)
    SELECT (run.number << 32) | row_number() OVER (PARTITION BY run.number ORDER BY attempt.started_ms, attempt.id),
        attempt.id, step_run_id, attempt.number, attempt.status, lease_token, attempt.error, "with", with_is_blob,
        attempt.started_ms, attempt.finished_ms
    FROM run CROSS JOIN attempt ON attempt.run_id = run.id;
DROP TABLE attempt;
ALTER TABLE attempt_new RENAME TO attempt;
CREATE INDEX attempt_with_blob ON attempt ("with" ->> 'blob') WHERE with_is_blob = 1;

-- They go with their run, as all that names its id does.
CREATE TRIGGER run_takes_its_rows AFTER DELETE ON run BEGIN
    DELETE FROM attempt WHERE ordinal BETWEEN old.number << 32 AND (old.number << 32) + 4294967295;
    DELETE FROM event WHERE ordinal BETWEEN old.number << 32 AND (old.number << 32) + 4294967295;
END;
