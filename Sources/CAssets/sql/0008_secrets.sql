-- 0008_secrets.sql. Why: secrets and variables belong to people, have values of their own in each environment, and a
-- run that goes on later gets those of the environment it was started in.

CREATE TABLE environment (
    owner TEXT NOT NULL,
    name TEXT NOT NULL CONSTRAINT environment_has_name CHECK (name <> ''),
    description TEXT,
    version INTEGER NOT NULL CONSTRAINT environment_version_from_1 CHECK (version >= 1),
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    PRIMARY KEY (owner, name)
) WITHOUT ROWID;

-- The empty environment stands for the values that hold where an environment has none of its own. A column named
-- `sealed` or `…_sealed` holds what only the master key opens whose id is in its digits 3 to 18; see SealingStore.
CREATE TABLE secret (
    owner TEXT NOT NULL,
    environment TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    hosts TEXT NOT NULL,
    sealed TEXT NOT NULL,
    version INTEGER NOT NULL CONSTRAINT secret_version_from_1 CHECK (version >= 1),
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    used_ms INTEGER,
    PRIMARY KEY (owner, name, environment)
) WITHOUT ROWID;

CREATE TABLE variable (
    owner TEXT NOT NULL,
    environment TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    value TEXT NOT NULL,
    version INTEGER NOT NULL CONSTRAINT variable_version_from_1 CHECK (version >= 1),
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    PRIMARY KEY (owner, name, environment)
) WITHOUT ROWID;

CREATE TABLE sealing_key (
    state TEXT PRIMARY KEY NOT NULL CONSTRAINT sealing_key_state_known CHECK (state IN ('current', 'retiring')),
    id TEXT NOT NULL,
    since_ms INTEGER NOT NULL
) WITHOUT ROWID;

ALTER TABLE run ADD COLUMN environment TEXT;
-- The variables that the run's document names, as they were at its start; NULL for none.
ALTER TABLE run ADD COLUMN variables TEXT;
