-- 0012_webhooks.sql. Why: other systems are told of runs, also when the process ends in between.

-- Where an account has messages sent.
CREATE TABLE webhook (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    name TEXT,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    pipeline_id TEXT REFERENCES pipeline (id) ON DELETE CASCADE,
    enabled INTEGER NOT NULL CONSTRAINT webhook_enabled_flag CHECK (enabled IN (0, 1)),
    secret_sealed TEXT NOT NULL,
    revision INTEGER NOT NULL CONSTRAINT webhook_revision_from_1 CHECK (revision >= 1),
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL
);
CREATE INDEX webhook_by_owner ON webhook (owner, id);
CREATE INDEX webhook_by_pipeline ON webhook (pipeline_id) WHERE pipeline_id IS NOT NULL;

CREATE TABLE message (
    id TEXT PRIMARY KEY NOT NULL,
    webhook_id TEXT NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    -- Tells one event from another, so that none is written down twice.
    occasion TEXT NOT NULL,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    status TEXT NOT NULL CONSTRAINT message_status_known
        CHECK (status = 'pending' OR status = 'delivered' OR status = 'failed'),
    tries INTEGER NOT NULL,
    next_try_ms INTEGER,
    last_try_ms INTEGER,
    -- What the other side answered last, and why the message was not taken.
    http_status INTEGER,
    reason TEXT
);
CREATE UNIQUE INDEX message_by_occasion ON message (webhook_id, occasion);
CREATE INDEX message_by_webhook ON message (webhook_id, id);
CREATE INDEX message_due ON message (next_try_ms) WHERE next_try_ms IS NOT NULL;

-- Up to when the ends of runs have been looked at.
CREATE TABLE watch (
    only_row INTEGER PRIMARY KEY CONSTRAINT watch_has_one_row CHECK (only_row = 1),
    through_ms INTEGER NOT NULL
);
INSERT INTO watch (only_row, through_ms) VALUES (1, 0);
