-- 0004_retention.sql. Why: old runs are let go, with the blobs that nothing names any more.
-- The partial indexes cost a writer nothing for values that stand in their row.

-- Numbers of runs are not given twice, although the newest run may have been removed.
ALTER TABLE engine ADD COLUMN last_removed_number INTEGER NOT NULL DEFAULT 0;

CREATE INDEX run_expirable ON run (finished_ms, number) WHERE finished_ms IS NOT NULL AND changes <> 'pending';

-- Without it, removing a run reads every change of the store.
CREATE INDEX change_by_step_run ON change (step_run_id);

CREATE INDEX run_inputs_blob ON run (inputs ->> 'blob') WHERE inputs_is_blob = 1;
CREATE INDEX run_outputs_blob ON run (outputs ->> 'blob') WHERE outputs_is_blob = 1;
CREATE INDEX step_run_output_blob ON step_run (output ->> 'blob') WHERE output_is_blob = 1;
CREATE INDEX attempt_with_blob ON attempt ("with" ->> 'blob') WHERE with_is_blob = 1;
CREATE INDEX change_content_blob ON change (content_hash) WHERE content_hash IS NOT NULL;
CREATE INDEX change_base_blob ON change (base_hash) WHERE base_hash IS NOT NULL;
CREATE INDEX planned_change_before_blob ON planned_change (before_hash) WHERE before_hash IS NOT NULL;
CREATE INDEX planned_change_after_blob ON planned_change (after_hash) WHERE after_hash IS NOT NULL;
