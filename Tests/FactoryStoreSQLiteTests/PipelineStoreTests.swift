import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import Testing

@Suite("The store of pipelines") struct PipelineStoreTests {
    private let folder = TemporaryFolder()
    private let store: SQLiteStore

    init() throws { store = try SQLiteStore(in: DataFolder(path: folder.file("data"))) }

    private let ada = PipelineViewer(account: "ada")

    private func pipeline(_ id: String, _ name: String, owner: String = "ada") -> PipelineRecord {
        PipelineRecord(
            id: ID(rawValue: "pl_\(id)"), owner: owner, name: name, title: name.uppercased(), summary: nil,
            tags: ["t\(id)"], stepCount: 1, format: .yaml, text: "name: \(name)\n", document: ["name": .string(name)],
            createdAt: Timestamp(milliseconds: 1), updatedAt: Timestamp(milliseconds: Int64(id) ?? 0))
    }

    @Test("gives back what was kept")
    func roundTrip() async throws {
        try await store.create(pipeline("1", "one"))
        let found = try await store.pipeline(ID(rawValue: "pl_1"))
        #expect(found.text == "name: one\n")
        #expect(found.document == ["name": "one"])
        #expect(found.tags == ["t1"])
        await #expect(throws: StoreError.self) { try await store.pipeline(ID(rawValue: "pl_2")) }
    }

    @Test("replaces the revision that was seen, and no other")
    func revisions() async throws {
        var record = pipeline("1", "one")
        try await store.create(record)
        record.text = "# new\n"
        #expect(try await store.replace(record, revision: 1, renames: [:]).revision == 2)
        await #expect { try await store.replace(record, revision: 1, renames: [:]) } throws: { error in
            if case .changed? = error as? StoreError { true } else { false }
        }
        #expect(try await store.pipeline(record.id).revision == 2)
    }

    @Test("keeps names apart for each owner, but for those in the trash")
    func names() async throws {
        try await store.create(pipeline("1", "one"))
        try await store.create(pipeline("2", "one", owner: "eve"))
        await #expect { try await store.create(pipeline("3", "one")) } throws: { error in
            if case .nameTaken("one")? = error as? StoreError { true } else { false }
        }
        try await store.trash(
            ID(rawValue: "pl_1"), true, by: "ada", at: Timestamp(milliseconds: 5), revision: 1)
        try await store.create(pipeline("3", "one"))
        await #expect {
            try await store.trash(
                ID(rawValue: "pl_1"), false, by: "ada", at: Timestamp(milliseconds: 6), revision: nil)
        } throws: {
            if case .nameTaken? = $0 as? StoreError { true } else { false }
        }
    }

    @Test(
        "lists every pipeline once, whatever the order and the size of pages", arguments: PipelineFilter.Key.allCases)
    func pages(_ key: PipelineFilter.Key) async throws {
        for number in 10..<25 { try await store.create(pipeline("\(number)", "p\(number % 7)-\(number)")) }
        for descending in [false, true] {
            var filter = PipelineFilter(viewer: ada, key: key, descending: descending, limit: 4)
            if key == .relevance { filter.words = ["P"] }
            var seen: [String] = []
            repeat {
                let page = try await store.pipelines(filter)
                seen += page.items.map(\.record.id.rawValue)
                filter.after = page.next
            } while filter.after != nil
            #expect(seen.count == 15)
            #expect(Set(seen).count == 15)
        }
    }

    @Test("does a request under a key once, and forgets keys that are old")
    func keys() async throws {
        let key = RequestKey(
            owner: "ada", key: "k", request: ContentHash(rawValue: "h"), resource: "pl_1",
            createdAt: Timestamp(milliseconds: 10))
        let never = Timestamp(milliseconds: 0)
        #expect(try await store.take(key, expiry: never) == nil)
        #expect(try await store.take(key, expiry: never) == key)
        var answered = key
        answered.answer = "{}"
        try await store.answer(answered)
        try await store.release(key)
        #expect(try await store.take(key, expiry: never) == answered, "an answered key is not given up")
        #expect(try await store.take(key, expiry: Timestamp(milliseconds: 11)) == nil)
        try await store.release(key)
        #expect(try await store.take(key, expiry: never) == nil)
    }
}
