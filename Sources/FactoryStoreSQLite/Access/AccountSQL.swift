/// The statements of accounts.
enum AccountSQL {
    static let exists = "SELECT EXISTS (SELECT 1 FROM account)"
    static let insert = """
        INSERT INTO account (id, name, email, role, password_digest, created_ms, updated_ms, disabled_ms)
        VALUES (:id, :name, :email, :role, :password, :created_ms, :updated_ms, :disabled_ms)
        """
    static let account = "SELECT * FROM account WHERE id = :id"
    static let named = "SELECT * FROM account WHERE name = :text OR email = :text"
    static let list = "SELECT * FROM account WHERE name > :after ORDER BY name LIMIT :limit"
    static let change = """
        UPDATE account SET name = :name, email = :email, role = :role, disabled_ms = :disabled_ms,
            updated_ms = :updated_ms
        WHERE id = :id AND updated_ms = :seen_ms
        """
    static let otherAdmins = """
        SELECT EXISTS (SELECT 1 FROM account WHERE role = 'admin' AND disabled_ms IS NULL AND id <> :id)
        """
    static let setPassword = "UPDATE account SET password_digest = :password, updated_ms = :updated_ms WHERE id = :id"
    static let rehash = "UPDATE account SET password_digest = :new WHERE id = :id AND password_digest = :old"
    static let remove = "DELETE FROM account WHERE id = :id"
    static let endSessions = "DELETE FROM session WHERE account_id = :account AND id IS NOT :kept"
    static let unfinishedRuns = "SELECT count(*) FROM run WHERE finished_ms IS NULL AND owner = :owner"

    /// Tables whose rows belong to somebody, and whether what they hold opens for its owner alone.
    static let ownedTables = """
        SELECT item.name AS name,
            EXISTS (SELECT 1 FROM pragma_table_info(item.name) AS field WHERE field.name = 'sealed') AS is_sealed
        FROM sqlite_schema AS item
        WHERE item.type = 'table'
            AND EXISTS (SELECT 1 FROM pragma_table_info(item.name) AS field WHERE field.name = 'owner')
        ORDER BY item.name
        """
    /// What opens for its owner alone. Keys of triggers and webhooks are bound to what they are of.
    static let sealedForOwner = """
        SELECT sealed FROM secret WHERE owner = :owner
        UNION ALL SELECT key_sealed FROM provider WHERE owner = :owner AND key_sealed IS NOT NULL
        """
    /// Tables that tell who did something, or has something in mind; the log of who did what stays as it was written.
    static let tablesOfDoers = """
        SELECT item.name FROM sqlite_schema AS item
        WHERE item.type = 'table' AND item.name <> 'audit'
            AND EXISTS (SELECT 1 FROM pragma_table_info(item.name) AS field WHERE field.name = 'account')
        ORDER BY item.name
        """
    static let changeResolver = "UPDATE pipeline_comment SET resolver = :to WHERE resolver = :from"
    static let forgetProviderKeys = """
        UPDATE provider SET key_sealed = NULL, key_version = key_version + 1
        WHERE owner = :owner AND key_sealed IS NOT NULL
        """
    static let sameNames = """
        SELECT name FROM pipeline WHERE owner = :from AND trashed_ms IS NULL
            AND name IN (SELECT name FROM pipeline WHERE owner = :to AND trashed_ms IS NULL)
        ORDER BY name LIMIT 1
        """
    static let forgetShares = "DELETE FROM pipeline_share WHERE account = :from"
    static let changeLender = "UPDATE run SET lender = :to WHERE lender = :from"
    /// What one owner lets others use is not for the next to grant.
    static let forgetAllowances = """
        UPDATE pipeline_share SET allows = '' WHERE pipeline_id IN (SELECT id FROM pipeline WHERE owner = :from)
        """
    static let forgetLinkAllowances = """
        UPDATE pipeline_share_link SET allows = '' WHERE pipeline_id IN (SELECT id FROM pipeline WHERE owner = :from)
        """
    static let forgetOwnShares = """
        DELETE FROM pipeline_share WHERE account = :to AND pipeline_id IN (SELECT id FROM pipeline WHERE owner = :to)
        """
}
