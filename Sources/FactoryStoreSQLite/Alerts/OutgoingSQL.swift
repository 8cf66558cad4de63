/// The statements of outgoing webhooks, whole, one per operation.
enum OutgoingSQL {
    static let insert = """
        INSERT INTO webhook (id, owner, name, url, events, pipeline_id, enabled, secret_sealed, revision, created_ms,
            updated_ms)
        VALUES (:id, :owner, :name, :url, :events, :pipeline_id, :enabled, :secret_sealed, 1, :created_ms, :updated_ms)
        """
    static let webhook = "SELECT * FROM webhook WHERE id = ? AND owner = ?"
    static let ofOwner = "SELECT * FROM webhook WHERE owner = ? ORDER BY id"
    static let replace = """
        UPDATE webhook SET name = :name, url = :url, events = :events, pipeline_id = :pipeline_id, enabled = :enabled,
            secret_sealed = :secret_sealed, revision = revision + 1, updated_ms = :updated_ms
        WHERE id = :id AND owner = :owner AND revision = :revision
        """
    static let remove = "DELETE FROM webhook WHERE id = ? AND owner = ?"

    /// Those of who started the run, and of whose pipeline it ran.
    static let listeners = """
        SELECT * FROM webhook
        WHERE (owner = :owner OR owner = (SELECT owner FROM pipeline WHERE id = :pipeline)) AND enabled = 1
            AND (pipeline_id IS NULL OR pipeline_id = :pipeline)
        ORDER BY id
        """

    static let insertMessage = """
        INSERT INTO message (id, webhook_id, occasion, event, body, created_ms, status, tries, next_try_ms)
        VALUES (:id, :webhook_id, :occasion, :event, :body, :created_ms, :status, 0, :next_try_ms)
        ON CONFLICT (webhook_id, occasion) DO NOTHING
        """
    static let forgetMessages = """
        DELETE FROM message WHERE webhook_id = :webhook AND status <> 'pending' AND id <= (
            SELECT id FROM message WHERE webhook_id = :webhook ORDER BY id DESC LIMIT 1 OFFSET :kept)
        """
    static let through = "UPDATE watch SET through_ms = max(through_ms, ?)"
    static let lookedThrough = "SELECT through_ms FROM watch"

    /// What waits for a decision about its changes is not in the index, and not many: it is among the newest.
    static let runsEnded = """
        SELECT id, number, owner, pipeline, pipeline_id, 'null' AS document, status, trigger, 'null' AS inputs,
            0 AS inputs_is_blob, error, workspace, changes, created_ms, started_ms, finished_ms
        FROM run WHERE number IN (
            SELECT number FROM run INDEXED BY run_expirable
            WHERE finished_ms >= :since AND changes <> 'pending'
            UNION
            SELECT number FROM (SELECT number, finished_ms, changes FROM run ORDER BY number DESC LIMIT 200)
            WHERE finished_ms >= :since AND changes = 'pending')
        ORDER BY finished_ms DESC, number DESC LIMIT :limit
        """

    static let dueMessages = """
        SELECT * FROM message INDEXED BY message_due WHERE next_try_ms <= ? ORDER BY next_try_ms LIMIT ?
        """
    static let webhookOfMessage = "SELECT * FROM webhook WHERE id = ?"
    static let nextTry = "SELECT min(next_try_ms) FROM message WHERE next_try_ms IS NOT NULL"
    static let note = """
        UPDATE message SET status = :status, tries = :tries, next_try_ms = :next_try_ms, last_try_ms = :last_try_ms,
            http_status = :http_status, reason = :reason
        WHERE id = :id
        """
    static let messages = """
        SELECT * FROM message WHERE webhook_id = :webhook AND (:before IS NULL OR id < :before)
        ORDER BY id DESC LIMIT :limit
        """
    static let message = "SELECT * FROM message WHERE id = ? AND webhook_id = ?"
}
