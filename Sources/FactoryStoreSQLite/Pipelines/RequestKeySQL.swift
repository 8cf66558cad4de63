/// The statements that remember requests.
enum RequestKeySQL {
    static let takeKey = """
        INSERT INTO request_key (owner, key, fingerprint, resource, created_ms)
        VALUES (:owner, :key, :fingerprint, :resource, :created_ms)
        ON CONFLICT (owner, key) DO NOTHING
        """
    static let expireKeys = "DELETE FROM request_key WHERE created_ms < :expiry"
    static let key = "SELECT * FROM request_key WHERE owner = :owner AND key = :key"
    static let answerKey = "UPDATE request_key SET answer = :answer WHERE owner = :owner AND key = :key"
    static let releaseKey = "DELETE FROM request_key WHERE owner = :owner AND key = :key AND answer IS NULL"
}
