/// The statements of the trigger store, whole, one per operation.
enum TriggerSQL {
    static let insert = """
        INSERT INTO trigger (id, pipeline_id, owner, kind, name, enabled, settings, revision, created_ms, updated_ms,
            next_fire_ms, address_digest, secret_sealed)
        VALUES (:id, :pipeline_id, :owner, :kind, :name, :enabled, :settings, 1, :created_ms, :updated_ms,
            :next_fire_ms, :address_digest, :secret_sealed)
        """
    static let trigger = "SELECT * FROM trigger WHERE id = ?"
    static let ofPipeline = "SELECT * FROM trigger WHERE pipeline_id = ? ORDER BY id"
    static let byAddress = "SELECT * FROM trigger WHERE address_digest = ?"
    static let replace = """
        UPDATE trigger SET name = :name, enabled = :enabled, settings = :settings, revision = revision + 1,
            updated_ms = :updated_ms, next_fire_ms = :next_fire_ms, address_digest = :address_digest,
            secret_sealed = :secret_sealed
        WHERE id = :id AND revision = :revision
        """
    static let remove = "DELETE FROM trigger WHERE id = ?"
    static let due = """
        SELECT * FROM trigger INDEXED BY trigger_due WHERE next_fire_ms <= ? ORDER BY next_fire_ms LIMIT ?
        """
    static let nextFire = "SELECT min(next_fire_ms) FROM trigger WHERE next_fire_ms IS NOT NULL"
    static let fire = """
        UPDATE trigger SET next_fire_ms = :next WHERE id = :id AND revision = :revision AND next_fire_ms = :expected
        """
    static let insertDelivery = """
        INSERT INTO delivery (id, trigger_id, occasion, received_ms, due_ms, status, reason, run_id, event, headers,
            body, body_bytes)
        VALUES (:id, :trigger_id, :occasion, :received_ms, :due_ms, :status, :reason, :run_id, :event, :headers,
            :body, :body_bytes)
        ON CONFLICT (trigger_id, occasion) DO NOTHING
        """
    static let deliveryOfOccasion = "SELECT * FROM delivery WHERE trigger_id = ? AND occasion = ?"
    static let forgetDeliveries = """
        DELETE FROM delivery WHERE trigger_id = :trigger AND status <> 'pending' AND id <= (
            SELECT id FROM delivery WHERE trigger_id = :trigger ORDER BY id DESC LIMIT 1 OFFSET :kept)
        """
    static let settle = """
        UPDATE delivery SET status = :status, reason = :reason,
            body = CASE WHEN body_bytes > :kept THEN NULL ELSE body END
        WHERE id = :id
        """
    static let pending = "SELECT * FROM delivery INDEXED BY delivery_pending WHERE status = 'pending' ORDER BY id"
    static let delivery = "SELECT * FROM delivery WHERE id = ? AND trigger_id = ?"
    static let deliveries = """
        SELECT id, trigger_id, occasion, received_ms, due_ms, status, reason, run_id, event, headers, NULL AS body,
            body_bytes
        FROM delivery WHERE trigger_id = :trigger AND (:before IS NULL OR id < :before) ORDER BY id DESC LIMIT :limit
        """
    static let unfinishedRun = """
        SELECT run.id FROM delivery JOIN run ON run.id = delivery.run_id
        WHERE delivery.trigger_id = :trigger AND run.finished_ms IS NULL AND (:except IS NULL OR run.id <> :except)
        ORDER BY delivery.id DESC LIMIT 1
        """
}
