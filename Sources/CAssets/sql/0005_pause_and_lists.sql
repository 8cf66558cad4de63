-- 0005_pause_and_lists.sql. Why: a run that is paused stays so after a restart; a step that runs once more has all
-- its retries; lists find what they are asked for without looking at rows.

ALTER TABLE run ADD COLUMN paused_ms INTEGER;

-- Attempts of a step from before its end was taken back, which no longer count against its retries.
ALTER TABLE step_run ADD COLUMN attempts_before INTEGER NOT NULL DEFAULT 0
    CONSTRAINT step_run_attempts_before_from_0 CHECK (attempts_before >= 0);

-- Every list goes through this one index, newest first, and touches the rows of its own page alone.
CREATE INDEX run_for_lists ON run (number, status, trigger, pipeline, created_ms);
