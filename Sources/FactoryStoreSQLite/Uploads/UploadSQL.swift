/// The statements of uploads.
enum UploadSQL {
    static let open = """
        SELECT count(*) AS number, coalesce(sum(size_bytes), 0) AS bytes FROM upload
        WHERE owner = ? AND status <> 'complete'
        """
    static let insert = """
        INSERT INTO upload (id, owner, path, size_bytes, is_replacing, status, created_ms, expires_ms)
        VALUES (:id, :owner, :path, :size_bytes, :is_replacing, :status, :created_ms, :expires_ms)
        """
    static let one = "SELECT * FROM upload WHERE id = ? AND owner = ?"
    static let unfinished = "SELECT * FROM upload WHERE owner = ? AND status <> 'complete' ORDER BY id"
    static let note = "UPDATE upload SET status = :status WHERE id = :id"
    static let delete = "DELETE FROM upload WHERE id = ?"
    static let expired = "SELECT * FROM upload WHERE expires_ms <= ? ORDER BY expires_ms LIMIT ?"
}
