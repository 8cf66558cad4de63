-- 0019_forks.sql. Why: a run may go on from a step of another, with what that had until there; and lists show what a
-- pipeline is made of without asking for each.

-- May be gone: what the run took over from there is its own.
ALTER TABLE run ADD COLUMN forked_from TEXT;

ALTER TABLE pipeline ADD COLUMN step_types TEXT NOT NULL DEFAULT '[]';
UPDATE pipeline SET step_types = (
    SELECT json_group_array(substr(coalesce(step.value ->> '$.type', ''), 1, 32))
    FROM pipeline_draft, json_each(pipeline_draft.document, '$.steps') AS step
    WHERE pipeline_draft.pipeline_id = pipeline.id AND pipeline_draft.revision = pipeline.revision AND step.key < 8
        AND step.type = 'object')
WHERE EXISTS (SELECT 1 FROM pipeline_draft WHERE pipeline_draft.pipeline_id = pipeline.id
    AND pipeline_draft.revision = pipeline.revision AND json_type(pipeline_draft.document, '$.steps') = 'array');
