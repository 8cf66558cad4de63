import FactoryDomain
import FactoryJSON
import FactoryStore
import GRDB

/// The statements that list pipelines, put together from fixed parts by what is asked for.
///
/// First the ids of one page are found, without a look at any row where the order is one of an index; then what the
/// list shows of these few, with how their latest runs went.
struct PipelineListSQL {
    /// How much a word weighs in name, title, description, tags and steps.
    private static let weights = "10.0, 8.0, 3.0, 5.0, 2.0"

    /// Pipelines that `:viewer` may see.
    private static let visible = """
        (pipeline.owner = :viewer OR pipeline.visibility = 'public'
            OR pipeline.id IN (SELECT pipeline_id FROM pipeline_share WHERE account = :viewer))
        """

    /// The runs of a pipeline that `:viewer` may know of, from the index alone.
    private static let runs = "\(runsOf) ORDER BY run.number DESC"

    private static let runsOf = """
        FROM run INDEXED BY run_by_pipeline_id
        WHERE run.pipeline_id = pipeline.id AND (:all OR pipeline.owner = :viewer OR run.owner = :viewer)
        """

    /// The latest runs as text: the first letter of the status and the milliseconds, for each. One of a single step tells
    /// nothing of how the pipeline goes.
    private static let marks = """
        (SELECT group_concat(mark, ' ') FROM (
            SELECT substr(run.status, 1, 1) || coalesce(run.finished_ms - run.started_ms, '') AS mark
            \(runsOf) AND run.only_step IS NULL ORDER BY run.number DESC LIMIT \(PipelineHistory.window))) AS marks
        """

    private static let latest = """
        (SELECT run.id || ' ' || run.number || ' ' || run.created_ms \(runs) LIMIT 1) AS latest
        """

    static let history = "SELECT \(marks), \(latest) FROM pipeline WHERE pipeline.id = :id"

    static let tags = """
        SELECT pipeline_tag.tag, count(*) AS count
        FROM pipeline_tag JOIN pipeline ON pipeline.id = pipeline_tag.pipeline_id
        WHERE pipeline.trashed_ms IS NULL AND \(visible)
            AND (:among IS NULL OR pipeline.id IN (SELECT value FROM json_each(:among)))
        GROUP BY pipeline_tag.tag ORDER BY count DESC, pipeline_tag.tag LIMIT 1000
        """

    let sql: String
    let arguments: StatementArguments

    /// - Parameter limit: rows asked for.
    init(_ filter: PipelineFilter, limit: Int) {
        var conditions: [String] = []
        var arguments: StatementArguments = [
            "viewer": filter.viewer.account, "all": filter.viewer.isAdmin, "limit": limit,
        ]
        if filter.isTrashed {
            conditions += ["pipeline.trashed_ms IS NOT NULL", "pipeline.owner = :trash_of"]
            arguments += [
                "trash_of": filter.viewer.isAdmin ? filter.owner ?? filter.viewer.account : filter.viewer.account
            ]
        } else {
            conditions.append("pipeline.trashed_ms IS NULL")
            // An admin may see what belongs to anybody, but only who asks for it gets it into a list.
            if !(filter.viewer.isAdmin && filter.owner != nil) { conditions.append(Self.visible) }
        }
        func add(_ condition: String, _ name: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            arguments += [name: value]
        }
        add("pipeline.owner = :owner", "owner", filter.owner)
        add("pipeline.visibility = :visibility", "visibility", filter.visibility?.rawValue)
        add("pipeline.id IN (SELECT pipeline_id FROM pipeline_tag WHERE tag = :tag)", "tag", filter.tag)
        add("pipeline.id IN (SELECT value FROM json_each(:among))", "among", Self.among(filter.viewer))
        let favourites = "(SELECT pipeline_id FROM pipeline_favourite WHERE account = :viewer)"
        switch filter.isFavourite {
        case true?: conditions.append("pipeline.id IN \(favourites)")
        case false?: conditions.append("pipeline.id NOT IN \(favourites)")
        case nil: break
        }
        var source = "pipeline"
        if let words = filter.words {
            source = "pipeline_search JOIN pipeline ON pipeline.search_row = pipeline_search.rowid"
            add("pipeline_search MATCH :words", "words", Self.match(words))
        } else if let index = Self.index(of: filter.key) {
            source = "pipeline INDEXED BY \(index)"
        }
        let key = Self.expression(of: filter.key)
        let (order, sign) = filter.descending ? ("DESC", "<") : ("ASC", ">")
        var offset = ""
        if let after = filter.after {
            if filter.key == .relevance {
                offset = "OFFSET :skipped"
                arguments += ["skipped": Int(after.value) ?? 0]
            } else {
                conditions.append("(\(key), pipeline.id) \(sign) (:after_value, :after_id)")
                let value: (any DatabaseValueConvertible)? = filter.key == .name ? after.value : Int64(after.value)
                arguments += ["after_value": value, "after_id": after.id]
            }
        }
        sql = """
            WITH page AS MATERIALIZED (
                SELECT pipeline.id AS id, \(key) AS place FROM \(source)
                WHERE \(conditions.joined(separator: " AND "))
                ORDER BY place \(order), pipeline.id \(order) LIMIT :limit \(offset))
            SELECT pipeline.*, page.place, pipeline_share.role AS shared_role,
                pipeline_favourite.account IS NOT NULL AS is_favourite, \(Self.marks), \(Self.latest)
            FROM page CROSS JOIN pipeline ON pipeline.id = page.id
                LEFT JOIN pipeline_share
                    ON pipeline_share.pipeline_id = pipeline.id AND pipeline_share.account = :viewer
                LEFT JOIN pipeline_favourite
                    ON pipeline_favourite.pipeline_id = pipeline.id AND pipeline_favourite.account = :viewer
            ORDER BY page.place \(order), page.id \(order)
            """
        self.arguments = arguments
    }

    /// The ids that a viewer is restricted to, as a JSON list.
    static func among(_ viewer: PipelineViewer) -> String? {
        viewer.among.map { JSON.array($0.sorted().map(JSON.string)).serialized() }
    }

    /// What the search for these words is in the language of the index: each in quotes, so that nothing in it means
    /// anything but itself.
    private static func match(_ words: [String]) -> String {
        words.isEmpty ? "\"\"" : words.map { "\"\($0.replacing("\"", with: ""))\"*" }.joined(separator: " ")
    }

    private static func index(of key: PipelineFilter.Key) -> String? {
        switch key {
        case .name: "pipeline_in_lists_by_name"
        case .created: "pipeline_by_creation"
        case .updated: "pipeline_by_update"
        case .lastRun, .relevance: nil
        }
    }

    private static func expression(of key: PipelineFilter.Key) -> String {
        switch key {
        case .name: "pipeline.name"
        case .created: "pipeline.created_ms"
        case .updated: "pipeline.updated_ms"
        case .lastRun: "coalesce((SELECT run.number \(runs) LIMIT 1), 0)"
        case .relevance: "-bm25(pipeline_search, \(weights))"
        }
    }
}
