-- 0007_pipelines.sql. Why: pipelines have versions and earlier drafts, are found by their words, shared by links,
-- talked about, and what was done with them is remembered.

ALTER TABLE pipeline ADD COLUMN latest_version INTEGER;
ALTER TABLE pipeline ADD COLUMN forked_from TEXT;
-- Names its row in pipeline_search: rowids of a table without a number of its own change when a store is rewritten.
ALTER TABLE pipeline ADD COLUMN search_row INTEGER;
UPDATE pipeline SET search_row = rowid;
CREATE UNIQUE INDEX pipeline_by_search_row ON pipeline (search_row);

-- The present draft of each pipeline and some before it. Texts stand apart from what lists show, so that a list reads
-- small rows. Only the present draft has its values.
CREATE TABLE pipeline_draft (
    pipeline_id TEXT NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL CONSTRAINT pipeline_draft_revision_from_1 CHECK (revision >= 1),
    account TEXT NOT NULL,
    saved_ms INTEGER NOT NULL,
    format TEXT NOT NULL CONSTRAINT pipeline_draft_format_known CHECK (format = 'yaml' OR format = 'json'),
    text TEXT NOT NULL,
    document TEXT,
    PRIMARY KEY (pipeline_id, revision)
);
INSERT INTO pipeline_draft (pipeline_id, revision, account, saved_ms, format, text, document)
    SELECT id, revision, owner, updated_ms, format, text, document FROM pipeline;

CREATE TABLE pipeline_version (
    pipeline_id TEXT NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CONSTRAINT pipeline_version_number_from_1 CHECK (number >= 1),
    id TEXT NOT NULL CONSTRAINT pipeline_version_id_unique UNIQUE,
    message TEXT NOT NULL,
    account TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    step_count INTEGER NOT NULL,
    format TEXT NOT NULL CONSTRAINT pipeline_version_format_known CHECK (format = 'yaml' OR format = 'json'),
    text TEXT NOT NULL,
    PRIMARY KEY (pipeline_id, number)
);

ALTER TABLE run ADD COLUMN version INTEGER;

CREATE TABLE pipeline_tag (
    pipeline_id TEXT NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (pipeline_id, tag)
) WITHOUT ROWID;
CREATE INDEX pipeline_tag_by_tag ON pipeline_tag (tag, pipeline_id);
INSERT OR IGNORE INTO pipeline_tag (pipeline_id, tag)
    SELECT pipeline.id, tag.value FROM pipeline, json_each(pipeline.tags) AS tag;

CREATE TABLE pipeline_favourite (
    account TEXT NOT NULL,
    pipeline_id TEXT NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    PRIMARY KEY (account, pipeline_id)
) WITHOUT ROWID;
CREATE INDEX pipeline_favourite_by_pipeline ON pipeline_favourite (pipeline_id);

CREATE TABLE pipeline_layout (
    pipeline_id TEXT PRIMARY KEY NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    layout TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE pipeline_share_link (
    id TEXT PRIMARY KEY NOT NULL,
    pipeline_id TEXT NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    role TEXT NOT NULL CONSTRAINT pipeline_share_link_role_known
        CHECK (role = 'viewer' OR role = 'runner' OR role = 'editor'),
    token_digest TEXT NOT NULL CONSTRAINT pipeline_share_link_token_unique UNIQUE,
    account TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    accepted_count INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX pipeline_share_link_by_pipeline ON pipeline_share_link (pipeline_id, id);

CREATE TABLE pipeline_comment (
    id TEXT PRIMARY KEY NOT NULL,
    pipeline_id TEXT NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    step TEXT,
    account TEXT NOT NULL,
    text TEXT NOT NULL,
    mentions TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    edited_ms INTEGER,
    resolved_ms INTEGER,
    resolver TEXT
) WITHOUT ROWID;
CREATE INDEX pipeline_comment_by_pipeline ON pipeline_comment (pipeline_id, id);

-- What was done with pipelines. Numbers are not given twice, although a pipeline may take its events with it.
CREATE TABLE pipeline_event (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    pipeline_id TEXT NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    at_ms INTEGER NOT NULL,
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX pipeline_event_by_pipeline ON pipeline_event (pipeline_id, sequence);
INSERT INTO pipeline_event (pipeline_id, at_ms, account, kind, data)
    SELECT id, created_ms, owner, 'pipeline.created', '{}' FROM pipeline ORDER BY created_ms, id;

CREATE VIRTUAL TABLE pipeline_search
    USING fts5 (name, title, description, tags, steps, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
INSERT INTO pipeline_search (rowid, name, title, description, tags, steps)
    SELECT search_row, name, title, coalesce(summary, ''),
        coalesce((SELECT group_concat(value, ' ') FROM json_each(pipeline.tags)), ''),
        coalesce((SELECT group_concat(coalesce(value ->> 'id', '') || ' ' || coalesce(value ->> 'title', ''), ' ')
            FROM json_each(CASE WHEN json_type(document, '$.steps') = 'array' THEN document ->> 'steps' ELSE '[]' END)
            WHERE type = 'object'), '')
    FROM pipeline;

DROP INDEX pipeline_by_update;
ALTER TABLE pipeline DROP COLUMN search;
ALTER TABLE pipeline DROP COLUMN text;
ALTER TABLE pipeline DROP COLUMN document;

-- A list finds its page in one of these, whoever asks.
CREATE INDEX pipeline_by_update ON pipeline (updated_ms, id, owner, visibility, trashed_ms);
CREATE INDEX pipeline_by_creation ON pipeline (created_ms, id, owner, visibility, trashed_ms);
CREATE INDEX pipeline_in_lists_by_name ON pipeline (name, id, owner, visibility, trashed_ms);

-- How the latest runs of a pipeline went is told by this index alone.
DROP INDEX run_by_pipeline_id;
CREATE INDEX run_by_pipeline_id
    ON run (pipeline_id, number, status, trigger, created_ms, pipeline, owner, started_ms, finished_ms)
    WHERE pipeline_id IS NOT NULL;
