-- 0016_alone.sql. Why: a run may be of one step alone, with what that got in another run.

ALTER TABLE run ADD COLUMN only_step TEXT;
-- May be gone: what the run took over from there is its own.
ALTER TABLE run ADD COLUMN only_source TEXT;

PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
    'OR skipped_code = ''upstream_failed'' OR skipped_code = ''cancelled'')',
    'OR skipped_code = ''upstream_failed'' OR skipped_code = ''cancelled'''
        || ' OR skipped_code = ''not_asked_for'')')
WHERE type = 'table' AND name = 'step_run';
PRAGMA writable_schema = RESET;

-- How a pipeline goes is not told by runs of one of its steps.
DROP INDEX run_for_usage;
CREATE INDEX run_for_usage ON run (finished_ms, owner, pipeline_id, pipeline, status, started_ms, only_step)
    WHERE finished_ms IS NOT NULL;
DROP INDEX run_by_pipeline_id;
CREATE INDEX run_by_pipeline_id
    ON run (pipeline_id, number, status, trigger, created_ms, pipeline, owner, started_ms, finished_ms, only_step)
    WHERE pipeline_id IS NOT NULL;
