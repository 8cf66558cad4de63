import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryTestKit
import GRDB
import Glibc
import Testing

@testable import FactoryStoreSQLite

@Suite("A store of an earlier program") struct UpgradeTests {
    let folder = TemporaryFolder()

    init() { TemporaryFolder.copyFixture("store-format-1", to: folder) }

    func open(_ access: SQLiteStore.Access = .writing) throws -> SQLiteStore {
        try SQLiteStore(in: DataFolder(path: folder.path), access: access)
    }

    /// The migrations of this program, followed by one that no program has yet.
    func next(_ sql: String) -> Migrations {
        Migrations(
            backupPath: { [folder] in folder.file("factory.sqlite.before-\($0 + 1)") },
            files: Migrations.files + ["next"], text: { $0 == "next" ? sql : try Migrations.asset($0) })
    }

    @Test("is copied, brought up to date, and holds what it held")
    func upgrades() async throws {
        #expect(throws: StoreError.self) { try open(.reading) }
        #expect(folder.size("factory.sqlite.before-2") == 0)
        let store = try open()
        let runs = try await store.runs(RunFilter()).runs
        #expect(runs.map(\.pipeline) == ["interrupted", "pending", "failed", "finished"])
        #expect(runs.map(\.status) == [.running, .succeeded, .failed, .succeeded])
        #expect(runs.map(\.changes) == [.none, .pending, .none, .applied])
        for run in runs { #expect(try await !store.events(of: run.id, after: 0, limit: 100).isEmpty) }
        #expect(try await store.plan(of: runs[1].id).map(\.path) == ["draft.txt"])
        #expect(try await store.logs(of: runs[0].id, LogRange()).items.isEmpty)
        try store.close()
        #expect(try await open(.reading).run(number: 1).pipeline == "finished")
        let copy = try DatabaseQueue(path: folder.file("factory.sqlite.before-2"))
        #expect(try await copy.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 1)
        #expect(try await copy.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM run") } == 4)
        #expect(folder.mode("factory.sqlite.before-2") == 0o600)
    }

    @Test("can give its free pages back from then on")
    func shrinkable() async throws {
        let store = try open()
        let kind = try await store.database.read { try Int.fetchOne($0, sql: "PRAGMA auto_vacuum") }
        #expect(kind == 2)
        let new = try SQLiteStore(in: DataFolder(path: folder.file("new")))
        #expect(try await new.database.read { try Int.fetchOne($0, sql: "PRAGMA auto_vacuum") } == 2)
    }

    @Test("stays as it is when it cannot be copied")
    func noCopy() throws {
        // A folder stands where the copy would be written.
        folder.write("x", to: "factory.sqlite.before-2.partial/x")
        #expect {
            try open()
        } throws: { error in
            if case StoreError.unavailable(let reason) = error { reason.contains("copied") } else { false }
        }
        let original = try DatabaseQueue(path: folder.file("factory.sqlite"))
        let (version, indexes, runs) = try original.read { db in
            (
                try Int.fetchOne(db, sql: "PRAGMA user_version"),
                try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema WHERE name = 'run_expirable'"),
                try Int.fetchOne(db, sql: "SELECT count(*) FROM run")
            )
        }
        #expect(version == 1)
        #expect(indexes == 0)
        #expect(runs == 4)
        #expect(folder.size("factory.sqlite.before-2") == 0)
    }

    @Test("stays as it is, all of it, when a migration fails in the middle")
    func failingMigration() async throws {
        try open().close()
        let data = try DataFolder(path: folder.path)
        let broken = next("CREATE TABLE extra (x); INSERT INTO nowhere VALUES (1)")
        #expect(throws: StoreError.self) { try SQLiteStore(in: data, access: .writing, migrations: broken) }
        let store = try open()
        let tables = try await store.database.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema WHERE name = 'extra'")
        }
        #expect(tables == 0)
        #expect(try await store.run(number: 1).pipeline == "finished")
    }

    @Test("of this program's format is copied and brought to a next one; this program refuses it then")
    func nextFormat() async throws {
        try open().close()
        let data = try DataFolder(path: folder.path)
        let store = try SQLiteStore(
            in: data, access: .writing, migrations: next("ALTER TABLE run ADD COLUMN extra TEXT DEFAULT 'new'"))
        let extra = try await store.database.read { try String.fetchAll($0, sql: "SELECT extra FROM run") }
        #expect(extra == ["new", "new", "new", "new"])
        try store.close()
        let number = SQLiteStore.formatNumber
        let copy = try SQLiteStore.format(of: folder.file("factory.sqlite.before-\(number + 1)"))
        #expect(copy == number)
        for access in [SQLiteStore.Access.writing, .reading] {
            #expect {
                try open(access)
            } throws: { error in
                if case StoreError.newer(found: number + 1, known: number) = error { true } else { false }
            }
        }
    }

    @Test("goes to the newest format over all those between, with one copy")
    func severalFormats() async throws {
        let store = try SQLiteStore(
            in: DataFolder(path: folder.path), access: .writing, migrations: next("CREATE TABLE extra (x)"))
        let version = try await store.database.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
        #expect(version == SQLiteStore.formatNumber + 1)
        #expect(folder.size("factory.sqlite.before-2") > 0)
        #expect(folder.size("factory.sqlite.before-3") == 0)
    }
}

extension SQLiteStore {
    fileprivate static func format(of path: String) throws -> Int? {
        try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
    }
}
