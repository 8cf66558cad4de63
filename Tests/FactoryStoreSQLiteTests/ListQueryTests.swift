import FactoryDomain
import FactoryStore
import FactoryTestKit
import GRDB
import Testing

@testable import FactoryStoreSQLite

@Suite("A list of runs") struct ListQueryTests {
    let folder = TemporaryFolder()

    private func plan(_ sql: String, _ arguments: StatementArguments) throws -> [String] {
        _ = try SQLiteStore(in: DataFolder(path: folder.path))
        return try DatabaseQueue(path: folder.file("factory.sqlite")).read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)", arguments: arguments).map { $0["detail"] }
        }
    }

    @Test(
        "looks for its page in one index, and at no row that is not on it, whoever asks and for what",
        arguments: [nil, "usr_ada"], [nil, "webhook"])
    func list(_ viewer: String?, _ trigger: String?) throws {
        var filter = RunFilter(viewer: viewer, trigger: trigger, limit: 50, before: 1_000)
        filter.after = 10
        let list = RunListSQL(filter, limit: 51)
        let plan = try plan(list.sql, list.arguments)
        #expect(plan.contains { $0.contains("USING COVERING INDEX run_for_lists (number>? AND number<?)") }, "\(plan)")
        #expect(!plan.contains { $0.hasPrefix("SCAN run") }, "\(plan)")
    }

    @Test("of one pipeline looks in the index of pipelines alone")
    func ofPipeline() throws {
        var filter = RunFilter(limit: 50, before: 1_000)
        filter.pipelineID = ID(rawValue: "pl_1")
        let list = RunListSQL(filter, limit: 51)
        let plan = try plan(list.sql, list.arguments)
        #expect(
            plan.contains { $0.contains("COVERING INDEX run_by_pipeline_id (pipeline_id=? AND number<?)") }, "\(plan)")
    }

    @Test("of those that have not ended goes through an index that holds no other")
    func unfinished() throws {
        let plan = try plan(RunSQL.unfinished, ["after": "", "limit": 100])
        #expect(plan.contains { $0.contains("INDEX run_unfinished") }, "\(plan)")
    }
}
