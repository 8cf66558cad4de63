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

CREATE TABLE account (
    id TEXT PRIMARY KEY NOT NULL,
    -- In lower case, as the address: people sign in by either.
    name TEXT NOT NULL CONSTRAINT account_name_unique UNIQUE,
    email TEXT CONSTRAINT account_email_unique UNIQUE,
    role TEXT NOT NULL CONSTRAINT account_role_known CHECK (role = 'admin' OR role = 'member'),
    -- scrypt with its parameters and salt; nothing where nobody can sign in by a password.
    password_digest TEXT,
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    disabled_ms INTEGER
) WITHOUT ROWID;

CREATE TABLE session (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    token_digest TEXT NOT NULL CONSTRAINT session_token_unique UNIQUE,
    client TEXT NOT NULL,
    address TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    used_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_by_account ON session (account_id, id);

CREATE TABLE access_key (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    secret_digest TEXT NOT NULL,
    -- Words with blanks between.
    scopes TEXT NOT NULL,
    -- A JSON list of ids; nothing for all.
    pipelines TEXT,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    used_ms INTEGER
) WITHOUT ROWID;
CREATE INDEX access_key_by_account ON access_key (account_id, id);

-- What is shown once and works once.
CREATE TABLE one_time_token (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CONSTRAINT one_time_token_kind_known
        CHECK (kind = 'setup' OR kind = 'invite' OR kind = 'reset' OR kind = 'sign_in'),
    token_digest TEXT NOT NULL CONSTRAINT one_time_token_unique UNIQUE,
    account_id TEXT REFERENCES account (id) ON DELETE CASCADE,
    role TEXT,
    email TEXT,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX one_time_token_by_account ON one_time_token (account_id);

-- Who did what. Each row's digest covers the row and the digest before it.
CREATE TABLE audit (
    number INTEGER PRIMARY KEY NOT NULL,
    at_ms INTEGER NOT NULL,
    action TEXT NOT NULL,
    account TEXT,
    name TEXT NOT NULL,
    via TEXT NOT NULL,
    address TEXT,
    object TEXT,
    detail TEXT NOT NULL,
    digest TEXT NOT NULL
);
CREATE INDEX audit_by_account ON audit (account, number);
-- From where somebody has signed in before.
CREATE INDEX audit_sign_in ON audit (account, address) WHERE action = 'session.started';
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'entries of the audit log are not changed');
END;
CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'entries of the audit log are not removed');
END;
