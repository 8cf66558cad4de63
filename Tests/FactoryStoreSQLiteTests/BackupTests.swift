import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryTestKit
import GRDB
import Testing

@testable import FactoryStoreSQLite

@Suite("A copy of the store") struct BackupTests {
    let folder = TemporaryFolder()

    @Test("made while many write holds whole transactions, a stretch of time of them, and is a store itself")
    func underLoad() async throws {
        let store = try SQLiteStore(in: DataFolder(path: folder.file("data")))
        let lease = try await store.takeOver()
        let target = try DataFolder(path: folder.file("copy"))
        let runs = try await withThrowingTaskGroup(of: Void.self, returning: [Int].self) { group in
            for writer in 0..<8 {
                group.addTask {
                    for number in 0..<60 { try await Self.add(writer * 1_000 + number, to: store, lease) }
                }
            }
            var counts: [Int] = []
            for _ in 0..<4 { counts.append(try await Self.runs(in: store.backUp(to: target))) }
            try await group.waitForAll()
            counts.append(try await Self.runs(in: store.backUp(to: target)))
            return counts
        }
        #expect(runs == runs.sorted())
        #expect(runs.last == 480)
        let copy = try SQLiteStore(in: target)
        let (events, verdict) = try await copy.database.read { db in
            (
                try Int.fetchAll(db, sql: "SELECT count(*) FROM event GROUP BY run_number"),
                try String.fetchOne(db, sql: "PRAGMA integrity_check")
            )
        }
        #expect(events == Array(repeating: 3, count: 480))
        #expect(verdict == "ok")
        #expect(folder.mode("copy/factory.sqlite") == 0o600)
        #expect(folder.size("copy/factory.sqlite.partial") == 0)
    }

    @Test("is not changed by who looks at it, and cannot be")
    func reading() async throws {
        let store = try SQLiteStore(in: DataFolder(path: folder.file("data")))
        try await Self.add(1, to: store, store.takeOver())
        try await store.backUp(to: DataFolder(path: folder.file("copy"))).close()
        let bytes = try #require(folder.bytes("copy/factory.sqlite"))
        for _ in 1...2 {
            let copy = try SQLiteStore(in: DataFolder(path: folder.file("copy")), access: .reading)
            #expect(try await copy.contents().runs == 1)
            await #expect(throws: StoreError.self) { try await copy.checkWritable() }
            try copy.close()
        }
        #expect(folder.bytes("copy/factory.sqlite") == bytes)
    }

    @Test("leads runs to the files where they are now, and no others")
    func workspaces() async throws {
        let store = try SQLiteStore(in: DataFolder(path: folder.file("data")))
        let lease = try await store.takeOver()
        for (number, place) in ["/old/workspaces/local", "/old/workspaces-2", "/old/workspaces"].enumerated() {
            try await Self.add(number, to: store, lease, in: place)
        }
        try await store.moveWorkspaces(from: "/old/workspaces", to: "/new/here")
        let places = try await store.database.read { db in
            try String.fetchAll(db, sql: "SELECT workspace FROM run ORDER BY number")
        }
        #expect(places == ["/new/here/local", "/old/workspaces-2", "/old/workspaces"])
    }

    @Test("is found to be damaged where its pages or its references do not fit together")
    func integrity() async throws {
        let store = try SQLiteStore(in: DataFolder(path: folder.file("data")))
        try await Self.add(1, to: store, store.takeOver())
        try await store.checkIntegrity()
        try await store.database.writeWithoutTransaction { db in
            try db.execute(
                sql: "INSERT INTO event (ordinal, at_ms, kind, data) VALUES ((99 << 32) | 1, 0, 'run.created', '{}')")
        }
        await #expect {
            try await store.checkIntegrity()
        } throws: { error in
            if case StoreError.unavailable(let reason) = error { reason.contains("a row of event") } else { false }
        }
    }

    @Test("names the blobs of its runs")
    func blobs() async throws {
        let store = try SQLiteStore(in: DataFolder(path: folder.file("data")))
        let lease = try await store.takeOver()
        let blob = ContentHash(rawValue: String(repeating: "b", count: 64))
        try await Self.add(1, to: store, lease, blob)
        let found = try await store.backUp(to: DataFolder(path: folder.file("copy"))).contents()
        #expect(found.blobs == [blob])
        #expect(found.runs == 1)
    }

    static func runs(in copy: SQLiteStore) async throws -> Int {
        let runs = try await copy.contents().runs
        try copy.close()
        return runs
    }

    static func add(
        _ number: Int, to store: SQLiteStore, _ lease: LeaseToken, _ blob: ContentHash? = nil,
        in workspace: String = "/tmp"
    ) async throws {
        let id = ID<Run>(rawValue: "run_\(number)")
        let moment = Timestamp(milliseconds: 1_000)
        var first = RunCommit(run: id, number: 0, lease: lease)
        first.events = (1...3).map { RunEvent(sequence: $0, at: moment, kind: .runCreated) }
        let record = RunRecord(
            id: id, number: 0, pipeline: "demo", document: [:], status: .running, trigger: "manual",
            inputs: blob.map { .blob($0, sizeBytes: 1, preview: "") } ?? .inline([:]), workspace: workspace,
            createdAt: moment)
        _ = try await store.create(record, steps: [], first: first)
    }
}
