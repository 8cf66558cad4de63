-- Files that come in pieces. How much of one has come is the size of its part in the workspace.
CREATE TABLE upload (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    path TEXT NOT NULL,
    size_bytes INTEGER NOT NULL CONSTRAINT upload_size_from_0 CHECK (size_bytes >= 0),
    is_replacing INTEGER NOT NULL CONSTRAINT upload_is_replacing_flag CHECK (is_replacing IN (0, 1)),
    status TEXT NOT NULL CONSTRAINT upload_status_known
        CHECK (status = 'open' OR status = 'placing' OR status = 'complete'),
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL
);
CREATE INDEX upload_of_owner ON upload (owner, id);
CREATE INDEX upload_by_expiry ON upload (expires_ms);
