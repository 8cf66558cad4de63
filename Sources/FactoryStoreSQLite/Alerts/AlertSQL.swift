/// The statements of alerts, whole, one per operation.
enum AlertSQL {
    static let insert = """
        INSERT INTO alert (id, owner, name, kind, threshold, pipeline_id, enabled, revision, created_ms, updated_ms)
        VALUES (:id, :owner, :name, :kind, :threshold, :pipeline_id, :enabled, 1, :created_ms, :updated_ms)
        """
    static let alert = "SELECT * FROM alert WHERE id = ? AND owner = ?"
    static let ofOwner = "SELECT * FROM alert WHERE owner = ? ORDER BY id"
    static let replace = """
        UPDATE alert SET name = :name, kind = :kind, threshold = :threshold, pipeline_id = :pipeline_id,
            enabled = :enabled, revision = revision + 1, updated_ms = :updated_ms
        WHERE id = :id AND owner = :owner AND revision = :revision
        """
    static let closeOpen = "UPDATE notification SET closed_ms = ? WHERE alert_id = ? AND closed_ms IS NULL"
    static let remove = "DELETE FROM alert WHERE id = ? AND owner = ?"

    /// Those of who started the run, and of whose pipeline it ran.
    static let onRun = """
        SELECT * FROM alert
        WHERE (owner = :owner OR owner = (SELECT owner FROM pipeline WHERE id = :pipeline)) AND enabled = 1
            AND (pipeline_id IS NULL OR pipeline_id = :pipeline)
        ORDER BY id
        """
    static let ofSilence = """
        SELECT *, CASE WHEN pipeline_id IS NULL
            THEN (SELECT max(created_ms) FROM run WHERE owner = alert.owner)
            ELSE (SELECT created_ms FROM run WHERE pipeline_id = alert.pipeline_id ORDER BY number DESC LIMIT 1)
            END AS latest_ms
        FROM alert INDEXED BY alert_of_silence WHERE kind = 'silence' AND enabled = 1 ORDER BY id
        """
    static let latestStatuses = """
        SELECT status FROM run
        WHERE pipeline_id = ? AND (status = 'succeeded' OR status = 'failed' OR status = 'cancelled')
        ORDER BY number DESC LIMIT ?
        """
    static let cost = "SELECT sum(usage ->> 'cost_usd') FROM step_run WHERE run_id = ? AND usage IS NOT NULL"

    static let open = """
        INSERT INTO notification (id, owner, alert_id, pipeline_id, run_id, text, opened_ms, latest_ms, count)
        VALUES (:id, :owner, :alert_id, :pipeline_id, :run_id, :text, :opened_ms, :latest_ms, 1)
        ON CONFLICT (alert_id, pipeline_id) WHERE closed_ms IS NULL DO NOTHING
        """
    /// A run that was looked at before is not counted again.
    static let count = """
        UPDATE notification SET count = count + 1, run_id = :run_id, text = :text, latest_ms = :latest_ms
        WHERE alert_id = :alert_id AND pipeline_id = :pipeline_id AND closed_ms IS NULL
            AND (latest_ms < :latest_ms OR latest_ms = :latest_ms AND run_id IS NOT :run_id)
        """
    static let forget = """
        DELETE FROM notification WHERE owner = :owner AND closed_ms IS NOT NULL AND id <= (
            SELECT id FROM notification WHERE owner = :owner ORDER BY id DESC LIMIT 1 OFFSET :kept)
        """
    static let openOne = """
        SELECT notification.*, alert.kind FROM notification JOIN alert ON alert.id = alert_id
        WHERE alert_id = ? AND notification.pipeline_id = ? AND closed_ms IS NULL
        """
    static let close = "UPDATE notification SET closed_ms = ? WHERE id = ? AND closed_ms IS NULL"
    static let list = """
        SELECT notification.*, alert.kind FROM notification JOIN alert ON alert.id = alert_id
        WHERE notification.owner = :owner AND (:before IS NULL OR notification.id < :before)
            AND (:unread = 0 OR read_ms IS NULL)
        ORDER BY notification.id DESC LIMIT :limit
        """
    static let unread = "SELECT count(*) FROM notification WHERE owner = ? AND read_ms IS NULL"
    static let markAllRead = "UPDATE notification SET read_ms = :now WHERE owner = :owner AND read_ms IS NULL"
    static let markRead = """
        UPDATE notification SET read_ms = :now WHERE owner = :owner AND read_ms IS NULL AND id = :id
        """
    static let lookedThrough = "SELECT through_ms FROM alert_watch"
    static let through = "UPDATE alert_watch SET through_ms = max(through_ms, ?)"
    static let webhooks = """
        SELECT * FROM webhook WHERE owner = :owner AND enabled = 1
            AND (pipeline_id IS NULL OR pipeline_id = :pipeline)
            AND :event IN (SELECT value FROM json_each(events))
        ORDER BY id
        """
}
