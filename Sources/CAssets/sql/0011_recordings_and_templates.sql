-- 0011_recordings_and_templates.sql. Why: a run may be answered from a recording, which it keeps as long as it is kept
-- itself; a pipeline knows which template it was made of; people publish templates of their own.

ALTER TABLE run ADD COLUMN cassette_hash TEXT;
CREATE INDEX run_cassette_blob ON run (cassette_hash) WHERE cassette_hash IS NOT NULL;

ALTER TABLE pipeline ADD COLUMN template TEXT;

CREATE TABLE template (
    name TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    category TEXT NOT NULL,
    readme TEXT NOT NULL,
    inputs TEXT NOT NULL,
    format TEXT NOT NULL CONSTRAINT template_format_known CHECK (format IN ('yaml', 'json')),
    text TEXT NOT NULL,
    document TEXT NOT NULL,
    created_ms INTEGER NOT NULL
) WITHOUT ROWID;
