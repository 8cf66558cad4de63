/// The statements that keep pipelines, whole, one per operation.
enum PipelineSQL {
    static let insert = """
        INSERT INTO pipeline (id, owner, name, title, summary, tags, step_count, step_types, format, revision,
            created_ms, updated_ms, forked_from, template, search_row)
        VALUES (:id, :owner, :name, :title, :summary, :tags, :step_count, :step_types, :format, 1, :created_ms,
            :updated_ms, :forked_from, :template, (SELECT coalesce(max(search_row), 0) + 1 FROM pipeline))
        """

    static let pipeline = """
        SELECT pipeline.*, pipeline_draft.account AS editor, pipeline_draft.text, pipeline_draft.document
        FROM pipeline JOIN pipeline_draft
            ON pipeline_draft.pipeline_id = pipeline.id AND pipeline_draft.revision = pipeline.revision
        """

    static let pipelineByID = "\(pipeline) WHERE pipeline.id = :id"

    static let pipelineByName = """
        \(pipeline) WHERE pipeline.owner = :owner AND pipeline.name = :name AND pipeline.trashed_ms IS NULL
        """

    static let pipelinesOfOwner = """
        \(pipeline) WHERE pipeline.owner = :owner AND pipeline.trashed_ms IS NULL AND pipeline.name > :after
        ORDER BY pipeline.name LIMIT :limit
        """

    static let replace = """
        UPDATE pipeline SET name = :name, title = :title, summary = :summary, tags = :tags,
            step_count = :step_count, step_types = :step_types, format = :format, revision = revision + 1, updated_ms = :updated_ms
        WHERE id = :id AND revision = :revision AND trashed_ms IS NULL
        """

    static let insertDraft = """
        INSERT INTO pipeline_draft (pipeline_id, revision, account, saved_ms, format, text, document)
        VALUES (:id, :revision, :editor, :updated_ms, :format, :text, :document)
        """

    /// Drafts before the present one have no values: who wants them reads the text.
    static let settleDraft = """
        UPDATE pipeline_draft SET document = NULL WHERE pipeline_id = :id AND revision = :revision
        """

    static let forgetDrafts = "DELETE FROM pipeline_draft WHERE pipeline_id = :id AND revision <= :revision"

    static let draft = """
        SELECT revision, format, text FROM pipeline_draft WHERE pipeline_id = :id AND revision = :revision
        """

    static let trash = """
        UPDATE pipeline SET trashed_ms = :trashed_ms
        WHERE id = :id AND (:revision IS NULL OR revision = :revision)
        """

    static let purge = """
        DELETE FROM pipeline WHERE id = :id AND trashed_ms IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM run WHERE pipeline_id = :id AND finished_ms IS NULL)
        """

    static let hasOpenRuns = "SELECT EXISTS (SELECT 1 FROM run WHERE pipeline_id = :id AND finished_ms IS NULL)"

    /// Runs that somebody else started are theirs.
    static let removableRuns = """
        SELECT run.id FROM run JOIN pipeline ON pipeline.id = run.pipeline_id AND pipeline.owner = run.owner
        WHERE run.pipeline_id = :id AND run.finished_ms IS NOT NULL AND run.changes <> 'pending'
        ORDER BY run.number LIMIT :limit
        """

    static let trashed = """
        SELECT id FROM pipeline WHERE trashed_ms IS NOT NULL AND trashed_ms < :before ORDER BY trashed_ms LIMIT :limit
        """

    static let exists = "SELECT 1 FROM pipeline WHERE id = :id"
    static let searchRow = "SELECT search_row FROM pipeline WHERE id = :id"

    static let insertSearch = """
        INSERT INTO pipeline_search (rowid, name, title, description, tags, steps)
        VALUES (:row, :name, :title, :summary, :tags, :steps)
        """
    static let removeSearch = "DELETE FROM pipeline_search WHERE rowid = :row"

    static let removeTags = "DELETE FROM pipeline_tag WHERE pipeline_id = :id"
    static let insertTags = """
        INSERT OR IGNORE INTO pipeline_tag (pipeline_id, tag) SELECT :id, value FROM json_each(:tags)
        """

    static let layout = "SELECT layout FROM pipeline_layout WHERE pipeline_id = :id"
    static let setLayout = """
        INSERT INTO pipeline_layout (pipeline_id, layout) VALUES (:id, :layout)
        ON CONFLICT (pipeline_id) DO UPDATE SET layout = excluded.layout
        """
    static let renameInComments = "UPDATE pipeline_comment SET step = :new WHERE pipeline_id = :id AND step = :old"

    static let favourite = "SELECT 1 FROM pipeline_favourite WHERE account = :account AND pipeline_id = :id"
    static let addFavourite = "INSERT OR IGNORE INTO pipeline_favourite (account, pipeline_id) VALUES (:account, :id)"
    static let removeFavourite = "DELETE FROM pipeline_favourite WHERE account = :account AND pipeline_id = :id"

    static let insertEvent = """
        INSERT INTO pipeline_event (pipeline_id, at_ms, account, kind, data) VALUES (:id, :at, :account, :kind, :data)
        """

    /// The latest event, where it is a save by the same person a short time ago.
    static let recentSave = """
        SELECT sequence, data FROM pipeline_event
        WHERE sequence = (SELECT max(sequence) FROM pipeline_event WHERE pipeline_id = :id)
            AND kind = 'draft.saved' AND account = :account AND at_ms > :since
        """
    static let removeEvent = "DELETE FROM pipeline_event WHERE sequence = :sequence"
}
