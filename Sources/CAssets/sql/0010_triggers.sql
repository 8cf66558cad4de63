-- 0010_triggers.sql. Why: pipelines start by themselves, at times and when other systems call; each occasion is written
-- down with the id of its run before the run starts, so that a crash in between starts it neither twice nor never.

-- What `trigger` means in a run's expressions.
ALTER TABLE run ADD COLUMN trigger_value TEXT;
ALTER TABLE run ADD COLUMN trigger_value_is_blob INTEGER NOT NULL DEFAULT 0
    CONSTRAINT run_trigger_value_is_blob_flag CHECK (trigger_value_is_blob IN (0, 1));
CREATE INDEX run_trigger_value_blob ON run (trigger_value ->> 'blob') WHERE trigger_value_is_blob = 1;

CREATE TABLE trigger (
    id TEXT PRIMARY KEY NOT NULL,
    pipeline_id TEXT NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
    owner TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT trigger_kind_known CHECK (kind IN ('schedule', 'webhook')),
    name TEXT,
    enabled INTEGER NOT NULL CONSTRAINT trigger_enabled_flag CHECK (enabled IN (0, 1)),
    -- What the kind wants to know, as the API shows it.
    settings TEXT NOT NULL,
    revision INTEGER NOT NULL CONSTRAINT trigger_revision_from_1 CHECK (revision >= 1),
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    -- When a schedule is due next; nothing where it is not.
    next_fire_ms INTEGER,
    -- Digest of the secret part of a webhook's address.
    address_digest TEXT,
    -- Key of a webhook's signatures, sealed.
    secret_sealed TEXT
);
CREATE INDEX trigger_by_pipeline ON trigger (pipeline_id, id);
CREATE INDEX trigger_due ON trigger (next_fire_ms) WHERE next_fire_ms IS NOT NULL;
CREATE UNIQUE INDEX trigger_by_address ON trigger (address_digest) WHERE address_digest IS NOT NULL;

-- Each occasion on which a trigger was set off, or might have been.
CREATE TABLE delivery (
    id TEXT PRIMARY KEY NOT NULL,
    trigger_id TEXT NOT NULL REFERENCES trigger (id) ON DELETE CASCADE,
    -- Tells one occasion from another: the moment of a schedule, the sender's id of a delivery.
    occasion TEXT NOT NULL,
    received_ms INTEGER NOT NULL,
    -- When a schedule was due.
    due_ms INTEGER,
    status TEXT NOT NULL CONSTRAINT delivery_status_known
        CHECK (status = 'pending' OR status = 'started' OR status = 'skipped' OR status = 'refused' OR status = 'failed'),
    reason TEXT,
    -- Fixed before the run starts. No reference: the run is made later, and may be let go earlier.
    run_id TEXT,
    event TEXT,
    headers TEXT,
    body TEXT,
    body_bytes INTEGER
) WITHOUT ROWID;
CREATE UNIQUE INDEX delivery_by_occasion ON delivery (trigger_id, occasion);
CREATE INDEX delivery_by_trigger ON delivery (trigger_id, id);
CREATE INDEX delivery_pending ON delivery (trigger_id) WHERE status = 'pending';
