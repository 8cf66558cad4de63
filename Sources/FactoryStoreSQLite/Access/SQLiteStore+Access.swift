public import FactoryDomain
public import FactoryStore
import GRDB

extension SQLiteStore: AccessStore {
    /// What decides about a pipeline: one look-up by primary key.
    public func access(
        to id: ID<PipelineRecord>, for account: String
    ) async throws(StoreError) -> PipelineAccess? {
        try await read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: AccessSQL.pipeline), arguments: ["id": id.rawValue, "account": account]
            ).map { row in
                PipelineAccess(
                    id: id, owner: row["owner"], visibility: try row.state("visibility"), sharedRole: row["role"])
            }
        }
    }

    /// What decides about a run: one look-up by primary key.
    public func access(to id: ID<Run>) async throws(StoreError) -> RunAccess? {
        try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: AccessSQL.run), arguments: ["id": id.rawValue]).map { row in
                RunAccess(
                    owner: row["owner"], pipeline: (row["pipeline_id"] as String?).map(ID.init(rawValue:)),
                    pipelineOwner: row["pipeline_owner"])
            }
        }
    }
}
