import FactoryStore

/// The statements of the pipeline store, whole, one per operation.
enum PipelineSQL {
    static let insert = """
        INSERT INTO pipeline (id, owner, name, title, summary, tags, search, step_count, format, revision, created_ms,
            updated_ms, template, text, document)
        VALUES (:id, :owner, :name, :title, :summary, :tags, :search, :step_count, :format, 1, :created_ms,
            :updated_ms, :template, :text, :document)
        """

    static let pipeline = "SELECT * FROM pipeline WHERE id = :id"

    static let replace = """
        UPDATE pipeline SET name = :name, title = :title, summary = :summary, tags = :tags, search = :search,
            step_count = :step_count, format = :format, revision = revision + 1, updated_ms = :updated_ms,
            text = :text, document = :document
        WHERE id = :id AND revision = :revision AND trashed_ms IS NULL
        """

    static let trash = """
        UPDATE pipeline SET trashed_ms = :trashed_ms
        WHERE id = :id AND (:revision IS NULL OR revision = :revision)
        """

    static let exists = "SELECT 1 FROM pipeline WHERE id = :id"

    /// The latest run of each pipeline of a list, and how the latest fifty went.
    static let histories = """
        SELECT wanted.value AS pipeline_id, run.id, run.number, run.status, run.created_ms,
            (SELECT count(*) FROM (SELECT status FROM run WHERE pipeline_id = wanted.value
                ORDER BY number DESC LIMIT :window) WHERE status = 'succeeded') AS succeeded,
            (SELECT count(*) FROM (SELECT status FROM run WHERE pipeline_id = wanted.value
                ORDER BY number DESC LIMIT :window) WHERE status IN ('succeeded', 'failed', 'cancelled')) AS ended
        FROM json_each(:ids) AS wanted
        JOIN run ON run.number = (SELECT max(number) FROM run WHERE pipeline_id = wanted.value)
        """

    static func list(_ key: PipelineFilter.Key, descending: Bool) -> String {
        switch (key, descending) {
        case (.name, false): list("name", "ASC", ">")
        case (.name, true): list("name", "DESC", "<")
        case (.created, false): list("created_ms", "ASC", ">")
        case (.created, true): list("created_ms", "DESC", "<")
        case (.updated, false): list("updated_ms", "ASC", ">")
        case (.updated, true): list("updated_ms", "DESC", "<")
        }
    }

    /// The one statement of a list in each of its orders; the words come from the table above and nowhere else.
    private static func list(_ column: String, _ order: String, _ comparison: String) -> String {
        """
        SELECT id, owner, visibility, name, title, summary, tags, step_count, format, revision, created_ms, updated_ms,
            trashed_ms, template, '' AS text, 'null' AS document
        FROM pipeline
        WHERE owner = :owner AND (trashed_ms IS NOT NULL) = :trashed
            AND (:text IS NULL OR instr(search, :text) > 0)
            AND (:tag IS NULL OR EXISTS (SELECT 1 FROM json_each(tags) WHERE value = :tag))
            AND (:after_id IS NULL OR (\(column), id) \(comparison) (:after_value, :after_id))
        ORDER BY \(column) \(order), id \(order) LIMIT :limit
        """
    }

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
