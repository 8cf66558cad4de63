public import FactoryDomain
public import FactoryStore
import GRDB

/// The statements that tell what may be lent.
private enum LendingSQL {
    static let forNewRun = lender(
        from: "pipeline", account: ":account", version: ":version", where: "pipeline.id = :id")
    static let forRun = lender(
        from: "run JOIN pipeline ON pipeline.id = run.pipeline_id", account: "run.owner", version: "run.version",
        where: "run.id = :id")

    /// A version counts that the owner published: others' words are not run with what is theirs.
    private static func lender(from source: String, account: String, version: String, where condition: String) -> String
    {
        """
        SELECT pipeline.owner FROM \(source)
            JOIN pipeline_share
                ON pipeline_share.pipeline_id = pipeline.id AND pipeline_share.account = \(account)
            JOIN pipeline_version
                ON pipeline_version.pipeline_id = pipeline.id AND pipeline_version.number = \(version)
                    AND pipeline_version.account = pipeline.owner
            LEFT JOIN account ON account.id = pipeline.owner
        WHERE \(condition) AND pipeline.trashed_ms IS NULL AND account.disabled_ms IS NULL
            AND pipeline_share.role <> 'viewer' AND instr(' ' || pipeline_share.allows || ' ', :what) > 0
        """
    }
}

extension SQLiteStore {
    /// The owner of a pipeline, where a run that somebody starts may use `what` of theirs.
    public func lender(
        of what: ShareAllowance, to account: String, for id: ID<PipelineRecord>, version: Int64
    ) async throws(StoreError) -> String? {
        try await read { db in
            try String.fetchOne(
                db, sql: LendingSQL.forNewRun,
                arguments: [
                    "id": id.rawValue, "account": account, "version": version, "what": " \(what.rawValue) ",
                ])
        }
    }

    /// The same for a run that is there.
    public func lender(of what: ShareAllowance, to run: ID<Run>) async throws(StoreError) -> String? {
        try await read { db in
            try String.fetchOne(
                db, sql: LendingSQL.forRun, arguments: ["id": run.rawValue, "what": " \(what.rawValue) "])
        }
    }
}
