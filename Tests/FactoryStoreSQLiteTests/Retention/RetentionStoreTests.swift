import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryTestKit
import GRDB
import Testing

@testable import FactoryStoreSQLite

@Suite("A store that lets runs go") struct RetentionStoreTests {
    let folder = TemporaryFolder()
    let store: SQLiteStore
    let lease: LeaseToken

    init() async throws {
        store = try SQLiteStore(in: DataFolder(path: folder.path))
        lease = try await store.takeOver()
    }

    /// A run of `rows` events that ended `second`.
    @discardableResult
    func add(
        _ number: Int, status: RunStatus = .succeeded, changes: ChangesStatus = .none, rows: Int = 1,
        text: String = "", blob: ContentHash? = nil
    ) async throws -> ID<Run> {
        let id = ID<Run>(rawValue: "run_\(number)")
        let moment = Timestamp(milliseconds: Int64(number) * 1_000)
        var record = RunRecord(
            id: id, number: 0, pipeline: "demo", document: [:], status: status, trigger: "manual",
            inputs: blob.map { .blob($0, sizeBytes: 40_000, preview: "{") } ?? .inline([:]), workspace: "/tmp",
            createdAt: moment)
        var first = RunCommit(run: id, number: 0, lease: lease)
        first.events = (1...Int64(rows)).map {
            RunEvent(sequence: $0, at: moment, kind: .warning, data: ["text": .string(text)])
        }
        record.changes = changes
        record.finishedAt = status.isFinal ? moment : nil
        first.runState = RunState(record)
        _ = try await store.create(record, steps: [], first: first)
        return id
    }

    @Test("names the runs that may go, oldest first: ended, and with no change that waits")
    func expirable() async throws {
        for number in [3, 1, 2] { try await add(number) }
        try await add(4, status: .running)
        try await add(5, changes: .pending)
        try await add(6, status: .failed, changes: .conflict)
        try await add(7, status: .cancelled)
        let all = try await store.expirableRuns(endedBefore: nil, limit: 10).map(\.rawValue)
        #expect(all == ["run_1", "run_2", "run_3", "run_6", "run_7"])
        #expect(try await store.expirableRunCount() == 5)
        let old = try await store.expirableRuns(endedBefore: Timestamp(milliseconds: 3_000), limit: 10)
        #expect(old.map(\.rawValue) == ["run_1", "run_2"])
        #expect(try await store.expirableRuns(endedBefore: nil, limit: 1).map(\.rawValue) == ["run_1"])
    }

    @Test("removes a run with all that belongs to it, and passes one over that may not go")
    func removes() async throws {
        let blob = ContentHash(rawValue: String(repeating: "a", count: 64))
        let gone = try await add(1, rows: 3, blob: blob)
        let running = try await add(2, status: .running)
        let shared = try await add(3, blob: blob)
        let removal = try await store.remove([gone, running])
        #expect(removal == RunRemoval(handled: 2, removed: 1, blobs: [blob]))
        await #expect(throws: StoreError.self) { try await store.run(gone) }
        #expect(try await store.events(of: gone, after: 0, limit: 10).isEmpty)
        #expect(try await store.run(running).status == .running)
        #expect(try await store.named(among: [blob]) == [blob])
        _ = try await store.remove([shared])
        #expect(try await store.named(among: [blob]).isEmpty)
    }

    @Test("keeps the transactions short: one takes in runs up to 2,000 rows")
    func short() async throws {
        var ids: [ID<Run>] = []
        for number in 1...4 { ids.append(try await add(number, rows: 900)) }
        let removal = try await store.remove(ids)
        #expect(removal.handled == 3)
        #expect(try await store.remove([ids[3]]).removed == 1)
    }

    @Test("gives no run the number of one that is gone")
    func numbers() async throws {
        let ids = [try await add(1), try await add(2)]
        _ = try await store.remove(ids)
        #expect(try await store.run(try await add(3)).number == 3)
    }

    @Test("gives its room back: the files on the disk are shorter")
    func shrinks() async throws {
        let empty = try await store.footprint().usedBytes
        var ids: [ID<Run>] = []
        for number in 1...50 {
            ids.append(try await add(number, rows: 20, text: String(repeating: "text ", count: 400)))
        }
        let before = folder.size("factory.sqlite") + folder.size("factory.sqlite-wal")
        #expect(before > 2_000_000)
        var rest = ids.dropLast()[...]
        while !rest.isEmpty { rest = rest.dropFirst(try await store.remove(Array(rest)).handled) }
        try await store.giveRoomBack()
        #expect(Int64(folder.size("factory.sqlite")) < empty + 100_000)
        #expect(folder.size("factory.sqlite-wal") == 0)
        #expect(try await store.footprint().freeBytes == 0)
        #expect(try await store.events(of: ids[49], after: 0, limit: 100).count == 20)
    }

    @Test("goes on giving room back while somebody reads, and does not wait for the reader")
    func shrinksBesideReader() async throws {
        let empty = try await store.footprint().usedBytes
        var ids: [ID<Run>] = []
        for number in 1...20 {
            ids.append(try await add(number, rows: 20, text: String(repeating: "text ", count: 400)))
        }
        let reader = try DatabasePool(path: folder.file("factory.sqlite"))
        let snapshot = try reader.makeSnapshot()
        _ = try await store.remove(ids)
        try await store.giveRoomBack()
        #expect(try await store.footprint().freeBytes == 0)
        #expect(try await snapshot.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM run") } == 20)
        try snapshot.close()
        try await store.giveRoomBack()
        #expect(Int64(folder.size("factory.sqlite")) < empty + 100_000)
    }

    @Test("knows every column that names a blob, and finds each by an index")
    func columns() async throws {
        let (named, plan) = try await store.database.read { db in
            var named: Set<String> = []
            for table in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'") {
                let columns = try String.fetchAll(
                    db, sql: "SELECT name FROM pragma_table_info(?)", arguments: [table])
                for column in columns where column.hasSuffix("_hash") || columns.contains("\(column)_is_blob") {
                    named.insert("\(table).\(column)")
                }
            }
            let plan = try Row.fetchAll(
                db, sql: "EXPLAIN QUERY PLAN " + RetentionSQL.isNamed, arguments: ["blob": "x"]
            ).map { $0["detail"] as String }
            return (named, plan)
        }
        #expect(named == Set(BlobColumns.all.map { "\($0.table).\($0.column)" }))
        #expect(plan.filter { $0.contains("USING") && $0.contains("INDEX") }.count == BlobColumns.all.count)
        #expect(!plan.contains { $0.hasPrefix("SCAN") && !$0.contains("CONSTANT ROW") })
    }

    @Test("finds what hangs on a run by indexes when it removes it")
    func indexed() async throws {
        let unindexed = try await store.database.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT child.name || '.' || key."from"
                    FROM sqlite_schema AS child, pragma_foreign_key_list(child.name) AS key
                    WHERE child.type = 'table' AND NOT EXISTS (
                        SELECT 1 FROM pragma_index_list(child.name) AS list, pragma_index_info(list.name) AS info
                        WHERE info.seqno = 0 AND info.name = key."from")
                    """)
        }
        #expect(unindexed == [])
    }
}
