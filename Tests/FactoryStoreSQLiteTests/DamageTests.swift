import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryTestKit
import Testing

@testable import FactoryStoreSQLite

@Suite("A damaged data folder") struct DamageTests {
    let folder = TemporaryFolder()

    /// A store of forty runs whose WAL has not been taken over into the file: as after a crash.
    func crashed() async throws -> TemporaryFolder {
        let store = try SQLiteStore(in: DataFolder(path: folder.path))
        let lease = try await store.takeOver()
        for number in 1...40 { try await BackupTests.add(number, to: store, lease) }
        let crashed = TemporaryFolder()
        for name in ["factory.sqlite", "factory.sqlite-wal"] {
            crashed.write(try #require(folder.bytes(name)), to: name)
        }
        try store.close()
        return crashed
    }

    func runs(_ folder: TemporaryFolder) async throws -> [Int64] {
        let store = try SQLiteStore(in: DataFolder(path: folder.path))
        let runs = try await store.runs(RunFilter(limit: 200)).runs.map(\.number)
        for number in runs {
            let run = try await store.run(number: number)
            #expect(try await store.events(of: run.id, after: 0, limit: 10).count == 3)
        }
        try store.close()
        return runs.reversed()
    }

    @Test("with a WAL cut off anywhere opens with the transactions before the cut, whole", arguments: 1...12)
    func cutWAL(_ twelfths: Int) async throws {
        let crashed = try await crashed()
        let wal = try #require(crashed.bytes("factory.sqlite-wal"))
        // Not at a frame's end.
        crashed.write(Array(wal.prefix(wal.count * twelfths / 12 - 7)), to: "factory.sqlite-wal")
        let runs = try await runs(crashed)
        #expect(runs == Array(1...40).prefix(runs.count).map { Int64($0) })
        #expect(runs.count < 40)
        #expect(twelfths < 6 || !runs.isEmpty)
    }

    @Test("with garbage in its WAL opens with the transactions before it, whole", arguments: [0, 1, 2, 3])
    func garbageWAL(_ quarter: Int) async throws {
        let crashed = try await crashed()
        let wal = try #require(crashed.bytes("factory.sqlite-wal"))
        crashed.write(Array(repeating: 0xA5, count: 600), to: "factory.sqlite-wal", at: wal.count * quarter / 4 + 20)
        let runs = try await runs(crashed)
        #expect(runs == Array(1...40).prefix(runs.count).map { Int64($0) })
        #expect(runs.count < 40)
    }

    @Test("whose database was cut off says so, and what to do")
    func cutDatabase() async throws {
        _ = try await crashed()
        let store = try SQLiteStore(in: DataFolder(path: folder.path))
        // Takes everything over from the WAL.
        try await store.giveRoomBack()
        try store.close()
        #expect(folder.size("factory.sqlite-wal") == 0)
        let bytes = try #require(folder.bytes("factory.sqlite"))
        folder.write(Array(bytes.prefix(bytes.count / 2)), to: "factory.sqlite")
        await #expect {
            _ = try await runs(folder)
        } throws: { error in
            guard case StoreError.unavailable(let reason) = error else { return false }
            return reason.contains("damaged") && reason.contains("backup")
        }
    }
}
