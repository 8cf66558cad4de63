import FactoryDomain
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import Testing

@Suite("The store of uploads") struct UploadStoreTests {
    private let folder = TemporaryFolder()
    private let store: SQLiteStore

    init() throws { store = try SQLiteStore(in: DataFolder(path: folder.file("data"))) }

    private func upload(_ id: String, owner: String = "ada", size: Int64 = 10, expires: Int64 = 100) -> UploadRecord {
        UploadRecord(
            id: ID(rawValue: "upl_\(id)"), owner: owner, path: "a/b", sizeBytes: size, isReplacing: true,
            status: .open, createdAt: Timestamp(milliseconds: 1), expiresAt: Timestamp(milliseconds: expires))
    }

    @Test("gives an owner back what is theirs, and nothing of others")
    func owners() async throws {
        let (mine, other) = (upload("1"), upload("2", owner: "bob"))
        for record in [mine, other] { #expect(try await store.add(record, limit: 5, room: nil)) }
        #expect(try await store.upload(mine.id, of: "ada") == mine)
        #expect(try await store.upload(other.id, of: "ada") == nil)
        #expect(try await store.unfinishedUploads(of: "ada") == [mine])
        try await store.note(.placing, of: mine.id)
        #expect(try await store.unfinishedUploads(of: "ada").map(\.status) == [.placing])
        try await store.note(.complete, of: mine.id)
        #expect(try await store.unfinishedUploads(of: "ada").isEmpty)
        #expect(try await store.upload(mine.id, of: "ada")?.status == .complete)
        try await store.removeUpload(mine.id)
        #expect(try await store.upload(mine.id, of: "ada") == nil)
    }

    @Test("takes no more than there is room for, whoever asks at the same time")
    func room() async throws {
        let added = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<8 {
                let record = upload("\(number)")
                group.addTask { try await store.add(record, limit: 100, room: 35) }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(added == 3)
        #expect(try await store.add(upload("x", owner: "bob"), limit: 1, room: 10))
        await #expect(throws: StoreError.self) {
            try await store.add(upload("y", owner: "bob", size: 0), limit: 1, room: 10)
        }
    }

    @Test("knows what expired")
    func expired() async throws {
        for (id, expires) in [("1", 100), ("2", 50), ("3", 101)] {
            _ = try await store.add(upload(id, expires: Int64(expires)), limit: 5, room: nil)
        }
        let expired = try await store.uploads(expiredAt: Timestamp(milliseconds: 100), limit: 5)
        #expect(expired.map(\.id.rawValue) == ["upl_2", "upl_1"])
    }
}
