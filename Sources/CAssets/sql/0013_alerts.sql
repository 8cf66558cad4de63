-- 0013_alerts.sql. Why: people want to be told when runs fail, take long, cost much, or stop coming, once and not at
-- every run.

CREATE TABLE alert (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    name TEXT,
    kind TEXT NOT NULL CONSTRAINT alert_kind_known
        CHECK (kind = 'failure' OR kind = 'duration' OR kind = 'cost' OR kind = 'silence'),
    -- Failures in a row, milliseconds, or millionths of a dollar.
    threshold INTEGER NOT NULL CONSTRAINT alert_threshold_from_1 CHECK (threshold >= 1),
    pipeline_id TEXT REFERENCES pipeline (id) ON DELETE CASCADE,
    enabled INTEGER NOT NULL CONSTRAINT alert_enabled_flag CHECK (enabled IN (0, 1)),
    revision INTEGER NOT NULL CONSTRAINT alert_revision_from_1 CHECK (revision >= 1),
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL
);
CREATE INDEX alert_by_owner ON alert (owner, id);
CREATE INDEX alert_by_pipeline ON alert (pipeline_id) WHERE pipeline_id IS NOT NULL;
CREATE INDEX alert_of_silence ON alert (id) WHERE kind = 'silence' AND enabled = 1;

-- What an alert had to say. While it goes on, more of the same is counted here instead of said again.
CREATE TABLE notification (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    alert_id TEXT NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
    -- Empty for an alert about all pipelines that hears of no run.
    pipeline_id TEXT NOT NULL,
    run_id TEXT,
    text TEXT NOT NULL,
    opened_ms INTEGER NOT NULL,
    latest_ms INTEGER NOT NULL,
    count INTEGER NOT NULL CONSTRAINT notification_count_from_1 CHECK (count >= 1),
    closed_ms INTEGER,
    read_ms INTEGER
);
CREATE UNIQUE INDEX notification_open ON notification (alert_id, pipeline_id) WHERE closed_ms IS NULL;
CREATE INDEX notification_by_owner ON notification (owner, id);
CREATE INDEX notification_unread ON notification (owner) WHERE read_ms IS NULL;
CREATE INDEX notification_by_alert ON notification (alert_id);

-- Up to when the ends of runs have been looked at for alerts.
CREATE TABLE alert_watch (
    only_row INTEGER PRIMARY KEY CONSTRAINT alert_watch_has_one_row CHECK (only_row = 1),
    through_ms INTEGER NOT NULL
);
INSERT INTO alert_watch (only_row, through_ms) VALUES (1, 0);
