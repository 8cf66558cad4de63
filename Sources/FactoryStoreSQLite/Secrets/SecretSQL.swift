/// The statements for secrets, variables and environments, whole, one per operation.
enum SecretSQL {
    static let environment = list("environment.owner = :owner AND environment.name = :name")
    static let environments = list("environment.owner = :owner")

    private static func list(_ condition: String) -> String {
        """
        SELECT environment.*,
            (SELECT count(*) FROM secret
                WHERE secret.owner = environment.owner AND secret.environment = environment.name) AS secrets,
            (SELECT count(*) FROM variable
                WHERE variable.owner = environment.owner AND variable.environment = environment.name) AS variables
        FROM environment WHERE \(condition) ORDER BY environment.name
        """
    }

    static let insertEnvironment = """
        INSERT INTO environment (owner, name, description, version, created_ms, updated_ms)
        VALUES (:owner, :name, :description, 1, :now_ms, :now_ms)
        ON CONFLICT (owner, name) DO NOTHING
        """
    static let updateEnvironment = """
        UPDATE environment SET description = :description, version = :version, updated_ms = :now_ms
        WHERE owner = :owner AND name = :name AND version = :version - 1
        """
    static let removeEnvironment = """
        DELETE FROM environment
        WHERE owner = :owner AND name = :name AND (:version IS NULL OR version = :version)
        """
    static let removeSecretsOfEnvironment = "DELETE FROM secret WHERE owner = :owner AND environment = :name"
    static let removeVariablesOfEnvironment = "DELETE FROM variable WHERE owner = :owner AND environment = :name"
    static let environmentExists = "SELECT 1 FROM environment WHERE owner = :owner AND name = :name"

    static let secret = "SELECT * FROM secret WHERE \(place)"
    static let secrets = values("secret")
    static let insertSecret = """
        INSERT INTO secret (owner, environment, name, description, hosts, sealed, version, created_ms, updated_ms)
        VALUES (:owner, :environment, :name, :description, :hosts, :sealed, 1, :now_ms, :now_ms)
        ON CONFLICT (owner, name, environment) DO NOTHING
        """
    static let updateSecret = """
        UPDATE secret SET description = :description, hosts = :hosts, sealed = :sealed, version = :version,
            updated_ms = :now_ms
        WHERE \(place) AND version = :version - 1
        """
    static let noteUse = "UPDATE secret SET used_ms = :now_ms WHERE \(place)"

    static let variable = "SELECT * FROM variable WHERE \(place)"
    static let variables = values("variable")
    static let insertVariable = """
        INSERT INTO variable (owner, environment, name, description, value, version, created_ms, updated_ms)
        VALUES (:owner, :environment, :name, :description, :value, 1, :now_ms, :now_ms)
        ON CONFLICT (owner, name, environment) DO NOTHING
        """
    static let updateVariable = """
        UPDATE variable SET description = :description, value = :value, version = :version, updated_ms = :now_ms
        WHERE \(place) AND version = :version - 1
        """

    static func count(_ table: ValueTable) -> String {
        "SELECT count(*) FROM \(table.rawValue) WHERE owner = :owner"
    }
    static func remove(_ table: ValueTable) -> String {
        "DELETE FROM \(table.rawValue) WHERE \(place) AND (:version IS NULL OR version = :version)"
    }
    static func exists(_ table: ValueTable) -> String { "SELECT 1 FROM \(table.rawValue) WHERE \(place)" }

    /// The tables of values that have an owner, an environment and a name.
    enum ValueTable: String {
        case secret, variable, environment
    }

    private static let place = "owner = :owner AND environment = :environment AND name = :name"

    /// `:all` is 1 for every environment; otherwise `:environment` and, where `:falls_back` is 1, what has no value
    /// there.
    private static func values(_ table: String) -> String {
        """
        SELECT * FROM \(table) AS found
        WHERE owner = :owner
            AND (:all = 1 OR environment = :environment
                OR (:falls_back = 1 AND environment = '' AND NOT EXISTS (
                    SELECT 1 FROM \(table) AS own WHERE own.owner = found.owner AND own.name = found.name
                        AND own.environment = :environment)))
        ORDER BY name, environment
        """
    }

    static let sealingKeys = "SELECT state, id FROM sealing_key"
    static let putSealingKey = """
        INSERT INTO sealing_key (state, id, since_ms) VALUES (:state, :id, :now_ms)
        ON CONFLICT (state) DO UPDATE SET id = excluded.id, since_ms = excluded.since_ms
        """
    static let dropRetiringKey = "DELETE FROM sealing_key WHERE state = 'retiring'"
    static let sealedColumns = """
        SELECT tables.name AS "table", columns.name AS "column"
        FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' AND (columns.name = 'sealed'
            OR columns.name LIKE '%\\_sealed' ESCAPE '\\' OR columns.name LIKE 'sealed\\_%' ESCAPE '\\')
        ORDER BY tables.name, columns.name
        """
}
