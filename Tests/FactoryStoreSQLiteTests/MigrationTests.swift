import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryTestKit
import Foundation
import GRDB
import Testing

@testable import FactoryStoreSQLite

@Suite("A store of format 1") struct FormatOneTests {
    let folder = TemporaryFolder()

    init() throws { try OldStore.place(in: folder.path) }

    @Test("is copied before it is brought to the new format, and the copy is the old store")
    func backup() throws {
        _ = try SQLiteStore(in: DataFolder(path: folder.path))
        let copy = try DatabaseQueue(path: folder.file("factory.sqlite.before-2"))
        #expect(try copy.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 1)
        #expect(try copy.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM run") } == 2)
        #expect(try copy.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
    }

    @Test("keeps everything of its finished and interrupted runs")
    func keeps() async throws {
        let store = try SQLiteStore(in: DataFolder(path: folder.path))
        let finished = try await store.run(number: 1)
        #expect(finished.status == .succeeded)
        #expect(finished.outputs?.json == ["title": "kept!"])
        #expect(try await store.attempts(of: finished.id).map(\.status) == [.succeeded, .succeeded])
        #expect(try await store.changes(of: finished.id).map(\.change.path) == ["notes.txt"])
        #expect(try await store.plan(of: finished.id).map(\.state) == [.applied])
        #expect(try await store.lastEvent(of: finished.id) == 8)

        let interrupted = try await store.run(number: 2)
        #expect(interrupted.status == .running)
        let steps = try await store.steps(of: interrupted.id)
        #expect(steps.map(\.status) == [.succeeded, .running, .queued])
        let attempts = try await store.attempts(of: interrupted.id)
        #expect(attempts.map(\.status) == [.succeeded, .running])
        #expect(attempts.map(\.stepRun) == steps.prefix(2).map(\.id))
        let log = try await store.logs(of: interrupted.id, LogRange()).items.map(\.chunk)
        #expect(log.map(\.attempt) == attempts.suffix(1).map(\.id))
        #expect(log.map(\.text) == ["kept text"])
    }

    @Test("is sound afterwards, and still refuses what is no status")
    func sound() throws {
        let store = try SQLiteStore(in: DataFolder(path: folder.path))
        #expect(try store.database.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
        #expect(try store.database.read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check").count } == 0)
        for sql in [
            "UPDATE run SET status = 'odd'", "UPDATE run SET changes = 'odd'", "UPDATE step_run SET status = 'odd'",
            "UPDATE step_run SET status = 'skipped', skipped_code = 'odd'", "UPDATE attempt SET status = 'odd'",
            "UPDATE change SET action = 'odd'", "UPDATE planned_change SET state = 'odd'",
            "UPDATE log_chunk SET stream = 'odd'",
        ] {
            #expect(throws: DatabaseError.self, "\(sql)") { try store.database.write { try $0.execute(sql: sql) } }
        }
    }

    @Test("lets a run go with all that belongs to it")
    func cascade() throws {
        let store = try SQLiteStore(in: DataFolder(path: folder.path))
        try store.database.write { try $0.execute(sql: "DELETE FROM run") }
        for table in ["step_run", "attempt", "event", "log_chunk", "change", "planned_change"] {
            #expect(try store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") } == 0)
        }
    }

    @Test("has the schema of a new one")
    func sameSchema() throws {
        let other = TemporaryFolder()
        let stores = try [folder.path, other.path].map { try SQLiteStore(in: DataFolder(path: $0)) }
        let schemas = try stores.map { store in
            try store.database.read {
                try String.fetchAll($0, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
            }
        }
        #expect(schemas[0] == schemas[1])
    }
}

@Suite("The statements of a commit") struct CommitStatementTests {
    let folder = TemporaryFolder()

    @Test(
        "fill no temporary table",
        arguments: [
            RunSQL.insertRun, RunSQL.updateRun, UsageSQL.addRunUse, RunSQL.insertStep, RunSQL.updateStep,
            RunSQL.insertAttempt, RunSQL.settleAttempt, RunSQL.loseAttempt, RunSQL.insertEvent, RunSQL.insertLog,
            RunSQL.insertChange,
            RunSQL.putPlannedChange,
        ])
    func lean(_ sql: String) throws {
        let store = try SQLiteStore(in: DataFolder(path: folder.path))
        try store.database.writeWithoutTransaction { db in
            let plan = try Row.fetchAll(
                db, sql: "EXPLAIN " + sql,
                arguments: StatementArguments(Array(repeating: 1, count: sql.count { $0 == "?" })))
            #expect(plan.count > 5)
            #expect(!plan.contains { $0["opcode"] == "OpenEphemeral" })
        }
    }

    @Test("take texts and numbers as they are, empty ones and absent ones too")
    func binds() throws {
        let store = try SQLiteStore(in: DataFolder(path: folder.path))
        try store.database.writeWithoutTransaction { db in
            try db.execute(sql: "CREATE TABLE taken (a, b, c, d, e)")
            let statement = try Statement("INSERT INTO taken VALUES (?, ?, ?, ?, ?)", in: db)
            for text in ["", "é'z", String(repeating: "x", count: 100_000)] {
                statement.bind(text)
                statement.bind(nil as String?)
                statement.bind(Int64.min)
                statement.bind(nil as Int64?)
                statement.bind(true)
                #expect(try statement.run() == 1)
                let row = try #require(try Row.fetchOne(db, sql: "SELECT * FROM taken ORDER BY rowid DESC"))
                #expect(row["a"] as String? == text)
                #expect(row["b"] as String? == nil)
                #expect(row["c"] as Int64? == .min)
                #expect(row["d"] as Int64? == nil)
                #expect(row["e"] as Int64? == 1)
            }
        }
    }

    @Test("can be run again after one that failed")
    func failed() throws {
        let store = try SQLiteStore(in: DataFolder(path: folder.path))
        try store.database.writeWithoutTransaction { db in
            try db.execute(sql: "CREATE TABLE taken (a INTEGER PRIMARY KEY)")
            let statement = try Statement("INSERT INTO taken VALUES (?)", in: db)
            for (number, isNew) in [(1 as Int64, true), (1, false), (2, true)] {
                statement.bind(number)
                if isNew {
                    try statement.run()
                } else {
                    #expect(throws: DatabaseError.self) { try statement.run() }
                }
            }
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM taken") == 2)
            #expect(throws: DatabaseError.self) { try Statement("no statement", in: db) }
        }
    }
}
