-- 0006_access.sql. Why: things belong to accounts, and are shared between them.

ALTER TABLE run ADD COLUMN owner TEXT NOT NULL DEFAULT 'local';

ALTER TABLE pipeline ADD COLUMN visibility TEXT NOT NULL DEFAULT 'private'
    CONSTRAINT pipeline_visibility_known
        CHECK (visibility = 'private' OR visibility = 'shared' OR visibility = 'public');

CREATE TABLE pipeline_share (
    pipeline_id TEXT NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    account TEXT NOT NULL,
    role TEXT NOT NULL CONSTRAINT pipeline_share_role_known
        CHECK (role = 'viewer' OR role = 'runner' OR role = 'editor'),
    created_ms INTEGER NOT NULL,
    PRIMARY KEY (pipeline_id, account)
) WITHOUT ROWID;
CREATE INDEX pipeline_share_by_account ON pipeline_share (account, pipeline_id);

-- Lists show everybody the runs of their own: whose a run is stands in the indexes that lists go through.
DROP INDEX run_for_lists;
CREATE INDEX run_for_lists ON run (number, status, trigger, pipeline, created_ms, owner, pipeline_id);
DROP INDEX run_by_pipeline_id;
CREATE INDEX run_by_pipeline_id ON run (pipeline_id, number, status, trigger, created_ms, pipeline, owner)
    WHERE pipeline_id IS NOT NULL;
