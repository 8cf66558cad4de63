/// The statements of sessions, access keys and one-time tokens.
enum CredentialSQL {
    /// The columns of an account beside those of what belongs to it.
    private static let accountColumns = """
        account.name AS account_name, account.email, account.role AS account_role, account.password_digest,
            account.created_ms AS account_created_ms, account.updated_ms AS account_updated_ms, account.disabled_ms
        """

    static let insertSession = """
        INSERT INTO session (id, account_id, token_digest, client, address, created_ms, used_ms)
        VALUES (:id, :account, :token_digest, :client, :address, :created_ms, :used_ms)
        """
    static let expireSessions = """
        DELETE FROM session
        WHERE account_id = :account AND (used_ms < :used_before_ms OR created_ms < :created_before_ms)
        """
    static let session = """
        SELECT session.*, \(accountColumns) FROM session JOIN account ON account.id = session.account_id
        WHERE session.token_digest = :token_digest
        """
    static let sessions = "SELECT * FROM session WHERE account_id = :account ORDER BY id DESC"
    static let sessionOwner = "SELECT account_id FROM session WHERE id = :id"
    static let signedIn = """
        SELECT EXISTS (SELECT 1 FROM audit
            WHERE action = 'session.started' AND account = :account AND address = :address)
        """
    static let touchSession = "UPDATE session SET used_ms = :used_ms WHERE id = :id"
    static let rotateSession = "UPDATE session SET token_digest = :token_digest WHERE id = :id"
    static let endSession = "DELETE FROM session WHERE id = :id"

    static let insertKey = """
        INSERT INTO access_key (id, account_id, name, secret_digest, scopes, pipelines, created_ms, expires_ms)
        VALUES (:id, :account, :name, :secret_digest, :scopes, :pipelines, :created_ms, :expires_ms)
        """
    static let key = """
        SELECT access_key.*, \(accountColumns) FROM access_key JOIN account ON account.id = access_key.account_id
        WHERE access_key.id = :id
        """
    static let keys = "SELECT * FROM access_key WHERE :account IS NULL OR account_id = :account ORDER BY id DESC"
    static let touchKey = "UPDATE access_key SET used_ms = :used_ms WHERE id = :id"
    static let revokeKey = "DELETE FROM access_key WHERE id = :id"

    static let insertToken = """
        INSERT INTO one_time_token (id, kind, token_digest, account_id, role, email, created_ms, expires_ms)
        VALUES (:id, :kind, :token_digest, :account, :role, :email, :created_ms, :expires_ms)
        """
    static let expireTokens = """
        DELETE FROM one_time_token
        WHERE expires_ms <= :now_ms OR (kind = :kind AND kind <> 'invite' AND account_id IS :account)
        """
    static let token = "SELECT * FROM one_time_token WHERE token_digest = :token_digest AND expires_ms > :now_ms"
    static let useToken = "DELETE FROM one_time_token WHERE id = :id AND expires_ms > :now_ms"
    static let forgetSetup = "DELETE FROM one_time_token WHERE kind = 'setup'"
}
