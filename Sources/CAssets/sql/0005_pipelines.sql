-- 0005_pipelines.sql. Why: a server keeps the documents people work on, lists runs by what they look for, and does a
-- request that is made again under the same key only once.

CREATE TABLE pipeline (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT,
    tags TEXT NOT NULL,
    search TEXT NOT NULL,
    step_count INTEGER NOT NULL,
    format TEXT NOT NULL CONSTRAINT pipeline_format_known CHECK (format IN ('yaml', 'json')),
    revision INTEGER NOT NULL CONSTRAINT pipeline_revision_from_1 CHECK (revision >= 1),
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    trashed_ms INTEGER,
    text TEXT NOT NULL,
    document TEXT NOT NULL
);
-- A name is free again once its pipeline is in the trash.
CREATE UNIQUE INDEX pipeline_by_name ON pipeline (owner, name) WHERE trashed_ms IS NULL;
CREATE INDEX pipeline_by_update ON pipeline (owner, updated_ms, id);

ALTER TABLE run ADD COLUMN pipeline_id TEXT REFERENCES pipeline (id) ON DELETE SET NULL;
-- Holds what lists of one pipeline's runs ask for, so that no run is looked up to be passed over.
CREATE INDEX run_by_pipeline_id ON run (pipeline_id, number, status, trigger, created_ms, pipeline)
    WHERE pipeline_id IS NOT NULL;

CREATE TABLE request_key (
    owner TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    resource TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    answer TEXT,
    PRIMARY KEY (owner, key)
) WITHOUT ROWID;
CREATE INDEX request_key_by_age ON request_key (created_ms);
