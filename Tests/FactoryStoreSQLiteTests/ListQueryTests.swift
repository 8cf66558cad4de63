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
        "looks for its page in one index, and at no row that is not on it, whoever asks", arguments: [nil, "usr_ada"])
    func list(_ viewer: String?) throws {
        let none: String? = nil
        let plan = try plan(
            RunSQL.runs,
            [
                "pipeline": none, "statuses": none, "trigger": none, "since": none, "until": none, "before": none,
                "limit": 50, "viewer": viewer, "after": none,
            ])
        #expect(plan.contains { $0.contains("USING COVERING INDEX run_for_lists (number>? AND number<?)") }, "\(plan)")
        #expect(!plan.contains { $0.hasPrefix("SCAN run") }, "\(plan)")
    }

    @Test("of those that have not ended goes through an index that holds no other")
    func unfinished() throws {
        let plan = try plan(RunSQL.unfinished, ["after": "", "limit": 100])
        #expect(plan.contains { $0.contains("INDEX run_unfinished") }, "\(plan)")
    }
}
