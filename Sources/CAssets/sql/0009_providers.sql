-- 0009_providers.sql. Why: model providers are added on the server, for one account or for all; what is known of their
-- models is kept and edited; what runs used is counted by day and model, and outlives the runs.

CREATE TABLE provider (
    id TEXT PRIMARY KEY NOT NULL,
    -- Empty for a provider that every account may use.
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT provider_kind_known
        CHECK (kind = 'openai' OR kind = 'anthropic' OR kind = 'ollama'),
    base_url TEXT NOT NULL,
    -- NULL for a provider that wants no key; bound to owner, id and this version.
    key_sealed TEXT,
    key_version INTEGER NOT NULL CONSTRAINT provider_key_version_from_0 CHECK (key_version >= 0),
    -- Who opened the endpoint of base_url, where it is not on the public internet: an entry of the allow-list.
    admitted_by TEXT,
    admitted_ms INTEGER,
    created_by TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    CONSTRAINT provider_admission_has_moment CHECK ((admitted_by IS NULL) = (admitted_ms IS NULL))
) WITHOUT ROWID;
CREATE UNIQUE INDEX provider_by_name ON provider (owner, name);

CREATE TABLE model (
    id TEXT PRIMARY KEY NOT NULL,
    -- The id of a provider, or `configured:` and the name of one of the configuration.
    provider TEXT NOT NULL,
    name TEXT NOT NULL,
    -- What the provider says of it, and what people wrote in place of that.
    offered TEXT NOT NULL,
    edited TEXT NOT NULL,
    -- When the provider last listed it.
    seen_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX model_by_name ON model (provider, name);

CREATE TABLE model_alias (
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    target TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_ms INTEGER NOT NULL,
    PRIMARY KEY (owner, name)
) WITHOUT ROWID;

-- Added to when an attempt that called a model ends, in the transaction that settles it.
CREATE TABLE model_use (
    day INTEGER NOT NULL,
    owner TEXT NOT NULL,
    model TEXT NOT NULL,
    pipeline TEXT NOT NULL,
    pipeline_id TEXT NOT NULL,
    calls INTEGER NOT NULL,
    calls_without_price INTEGER NOT NULL,
    calls_without_counts INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    cost_usd REAL NOT NULL,
    PRIMARY KEY (day, owner, model, pipeline, pipeline_id)
) WITHOUT ROWID;

-- What the figures of runs are made of, so that no run is looked up for them. A run is written there once, as it ends.
CREATE INDEX run_for_usage ON run (finished_ms, owner, pipeline_id, pipeline, status, started_ms)
    WHERE finished_ms IS NOT NULL;
