import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryTestKit
import GRDB
import Testing

@testable import FactoryStoreSQLite

@Suite("The log of a run") struct LogPageTests {
    let folder = TemporaryFolder()
    private let run: ID<Run> = ID(rawValue: "run_1")

    /// A store with a log of seven pieces, of two steps in turns, and with the log of another run among them.
    private func store() async throws -> SQLiteStore {
        let store = try SQLiteStore(in: DataFolder(path: folder.path), access: .writing)
        let lease = try await store.takeOver()
        let moment = Timestamp(milliseconds: 1_700_000_000_000)
        let runs = [run, ID<Run>(rawValue: "run_2")]
        for id in runs {
            let record = RunRecord(
                id: id, number: 0, pipeline: "demo", document: [:], status: .running, trigger: "manual",
                inputs: .inline([:]), workspace: "/", createdAt: moment)
            _ = try await store.create(record, steps: [], first: RunCommit(run: id, number: 0, lease: lease))
        }
        for number in 1...7 {
            for (place, id) in runs.enumerated() {
                var commit = RunCommit(run: id, number: Int64(place + 1), lease: lease)
                commit.logs = [
                    LogChunk(
                        attempt: ID(rawValue: "att_1"), step: number % 2 == 0 ? "even" : "odd", stream: "stdout",
                        at: moment, text: "\(place == 0 ? "" : "other ")\(number)")
                ]
                try await store.commit(commit)
            }
        }
        return store
    }

    private func pages(_ store: SQLiteStore, _ range: LogRange) async throws -> [[String]] {
        var (range, pages) = (range, [[String]]())
        repeat {
            let page = try await store.logs(of: run, range)
            pages.append(page.items.map(\.chunk.text))
            range.row = page.next
        } while range.row != nil
        return pages
    }

    @Test("is read in pages from its beginning, each piece once, nothing of others among it")
    func oldestFirst() async throws {
        #expect(
            try await pages(store(), LogRange(limit: 3)) == [["1", "2", "3"], ["4", "5", "6"], ["7"]])
    }

    @Test("is read in pages from its end")
    func newestFirst() async throws {
        #expect(
            try await pages(store(), LogRange(isNewestFirst: true, limit: 3)) == [
                ["7", "6", "5"], ["4", "3", "2"], ["1"],
            ])
    }

    @Test("is read of one step alone, both ways")
    func ofAStep() async throws {
        let store = try await store()
        #expect(try await pages(store, LogRange(step: "even", limit: 2)) == [["2", "4"], ["6"]])
        #expect(
            try await pages(store, LogRange(step: "odd", isNewestFirst: true, limit: 3)) == [["7", "5", "3"], ["1"]])
    }

    @Test("ends with a full page without another that is empty")
    func fullPage() async throws {
        #expect(try await pages(store(), LogRange(limit: 7)).count == 1)
    }

    @Test("goes on behind what was read, where more was printed meanwhile")
    func grows() async throws {
        let store = try await store()
        let newest = try await store.logs(of: run, LogRange(isNewestFirst: true, limit: 1))
        var commit = RunCommit(run: run, number: 1, lease: try await store.takeOver())
        commit.logs = [
            LogChunk(
                attempt: ID(rawValue: "att_1"), step: "odd", stream: "stdout", at: Timestamp(milliseconds: 1), text: "8"
            )
        ]
        try await store.commit(commit)
        let rest = try await store.logs(of: run, LogRange(behind: newest.items.first?.row))
        #expect(rest.items.map(\.chunk.text) == ["8"])
    }

    @Test(
        "is found in the index of its run, from the place where a page begins",
        arguments: [RunSQL.logs, RunSQL.logsNewestFirst])
    func plan(_ sql: String) throws {
        _ = try SQLiteStore(in: DataFolder(path: folder.path), access: .writing)
        let plan = try DatabaseQueue(path: folder.file("factory.sqlite")).read { db in
            try Row.fetchAll(
                db, sql: "EXPLAIN QUERY PLAN \(sql)", arguments: ["run": "run_1", "row": 5, "step": nil, "limit": 3]
            ).map { row in row["detail"] as String }
        }
        #expect(plan.count == 1 && plan[0].contains("INDEX log_chunk_by_run (run_id=? AND id"), "\(plan)")
    }
}
