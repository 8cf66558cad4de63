/// The statements of the audit log.
enum AuditSQL {
    static let last = "SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1"
    static let insert = """
        INSERT INTO audit (number, at_ms, action, account, name, via, address, object, detail, digest)
        VALUES (:number, :at_ms, :action, :account, :name, :via, :address, :object, :detail, :digest)
        """
    static let list = """
        SELECT * FROM audit
        WHERE (:account IS NULL OR account = :account) AND (:action IS NULL OR action = :action)
            AND (:object IS NULL OR object = :object) AND (:before IS NULL OR number < :before)
        ORDER BY number DESC LIMIT :limit
        """
    static let after = "SELECT * FROM audit WHERE number > :after ORDER BY number LIMIT :limit"
}
