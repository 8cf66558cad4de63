/// The statements of the provider store, whole, one per operation.
enum ProviderSQL {
    static let insert = """
        INSERT INTO provider (id, owner, name, kind, base_url, key_sealed, key_version, admitted_by, admitted_ms,
            created_by, created_ms, updated_ms)
        VALUES (:id, :owner, :name, :kind, :base_url, :key_sealed, :key_version, :admitted_by, :admitted_ms,
            :created_by, :created_ms, :updated_ms)
        """

    /// A key that stays is left as it is: it may have been wrapped anew since it was read.
    static let replace = """
        UPDATE provider SET name = :name, kind = :kind, base_url = :base_url,
            key_sealed = CASE WHEN key_version = :key_version THEN key_sealed ELSE :key_sealed END,
            key_version = :key_version, admitted_by = :admitted_by, admitted_ms = :admitted_ms,
            updated_ms = :updated_ms
        WHERE id = :id AND key_version = :seen_version
        """

    static let exists = "SELECT 1 FROM provider WHERE id = ?"
    static let remove = "DELETE FROM provider WHERE id = ?"
    static let provider = "SELECT * FROM provider WHERE id = ?"
    static let providers = """
        SELECT * FROM provider WHERE :owner IS NULL OR owner = :owner OR owner = '' ORDER BY owner = '', name, owner
        """

    static let removeModels = "DELETE FROM model WHERE provider = ?"
    /// Something is edited where any member is not null.
    static let removeUnlistedModels = """
        DELETE FROM model WHERE provider = :provider AND name NOT IN (SELECT value FROM json_each(:names))
            AND NOT EXISTS (SELECT 1 FROM json_each(edited) WHERE type <> 'null')
        """
    static let keepModel = """
        INSERT INTO model (id, provider, name, offered, edited, seen_ms)
        VALUES (:id, :provider, :name, :offered, :edited, :seen_ms)
        ON CONFLICT (provider, name) DO UPDATE SET offered = excluded.offered, seen_ms = excluded.seen_ms
        """
    static let model = "SELECT * FROM model WHERE id = ?"
    static let models = """
        SELECT * FROM model WHERE provider IN (SELECT value FROM json_each(?)) ORDER BY provider, name
        """
    static let editModel = "UPDATE model SET edited = :edited WHERE id = :id"

    static let aliases = "SELECT * FROM model_alias WHERE owner = ? OR owner = '' ORDER BY owner, name"
    static let setAlias = """
        INSERT INTO model_alias (owner, name, target, set_by, set_ms)
        VALUES (:owner, :name, :target, :set_by, :set_ms)
        ON CONFLICT (owner, name) DO UPDATE SET target = excluded.target, set_by = excluded.set_by,
            set_ms = excluded.set_ms
        """
    static let removeAlias = "DELETE FROM model_alias WHERE owner = ? AND name = ?"
}
