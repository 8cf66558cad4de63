import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryTestKit
import GRDB
import Testing

@testable import FactoryStoreSQLite

@Suite("The drafts of a pipeline") struct PipelineDraftTests {
    private let folder = TemporaryFolder()
    private let store: SQLiteStore

    init() throws { store = try SQLiteStore(in: DataFolder(path: folder.file("data"))) }

    private func pipeline(_ text: String, at: Int64 = 0) -> PipelineRecord {
        PipelineRecord(
            id: ID(rawValue: "pl_1"), owner: "ada", name: "one", title: "one", summary: nil, tags: [], stepCount: 0,
            format: .yaml, text: text, document: [:], createdAt: Timestamp(milliseconds: 0),
            updatedAt: Timestamp(milliseconds: at))
    }

    private func revisions() throws -> [Int64] {
        try store.database.read {
            try Int64.fetchAll($0, sql: "SELECT revision FROM pipeline_draft ORDER BY revision")
        }
    }

    @Test("are kept up to fifty, the present one with its values")
    func bounded() async throws {
        try await store.create(pipeline("0"))
        for number in 1...60 {
            _ = try await store.replace(pipeline("\(number)"), revision: Int64(number), renames: [:])
        }
        #expect(try revisions() == Array(12...61))
        #expect(try await store.draft(of: ID(rawValue: "pl_1"), revision: 12)?.text == "11")
        #expect(try await store.draft(of: ID(rawValue: "pl_1"), revision: 11) == nil)
        let values = try await store.database.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM pipeline_draft WHERE document IS NOT NULL")
        }
        #expect(values == 1)
    }

    @Test("that are large are fewer, but always two")
    func large() async throws {
        let text = String(repeating: "x", count: 3 << 20)
        try await store.create(pipeline(text))
        for number in 1...5 {
            _ = try await store.replace(pipeline(text + "\(number)"), revision: Int64(number), renames: [:])
        }
        #expect(try revisions() == [5, 6])
    }

    @Test("make one event for saves in a row, and a new one after a while or by another")
    func events() async throws {
        try await store.create(pipeline("0"))
        _ = try await store.replace(pipeline("1", at: 1_000), revision: 1, renames: [:])
        _ = try await store.replace(pipeline("2", at: 2_000), revision: 2, renames: [:])
        var other = pipeline("3", at: 3_000)
        other.editor = "bob"
        _ = try await store.replace(other, revision: 3, renames: [:])
        _ = try await store.replace(pipeline("4", at: 900_000), revision: 4, renames: [:])
        _ = try await store.replace(pipeline("5", at: 1_900_000), revision: 5, renames: [:])
        let id = ID<PipelineRecord>(rawValue: "pl_1")
        let events: [PipelineEvent] = try await store.events(of: id, after: 0, limit: 10)
        #expect(
            events.map { "\($0.kind.rawValue) \($0.account) \($0.data["revision"]?.intValue ?? 0)" } == [
                "pipeline.created ada 0", "draft.saved ada 3", "draft.saved bob 4", "draft.saved ada 5",
                "draft.saved ada 6",
            ])
        #expect(events[1].data["from"] == 1)
        #expect(events.map(\.sequence) == events.map(\.sequence).sorted())
    }

    @Test("go with their pipeline, and so does all that was kept of it")
    func purge() async throws {
        let id = ID<PipelineRecord>(rawValue: "pl_1")
        try await store.create(pipeline("0"))
        _ = try await store.publish(
            id, as: ID(rawValue: "ver_1"), message: "", revision: 1, by: "ada", at: Timestamp(milliseconds: 1))
        try await store.setLayout(of: id, "{}")
        try await store.setFavourite(id, of: "bob", true)
        await #expect(throws: StoreError.self) { try await store.purge(id) }
        try await store.trash(id, true, by: "ada", at: Timestamp(milliseconds: 5), revision: nil)
        #expect(try await store.trashed(before: Timestamp(milliseconds: 5), limit: 9) == [])
        #expect(try await store.trashed(before: Timestamp(milliseconds: 6), limit: 9) == [id])
        try await store.purge(id)
        let tables = [
            "pipeline", "pipeline_draft", "pipeline_version", "pipeline_layout", "pipeline_favourite",
            "pipeline_event", "pipeline_search", "pipeline_tag",
        ]
        for table in tables {
            let count = try await store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") }
            #expect(count == 0, "\(table)")
        }
    }

    @Test("of an earlier store are there, are found, and can be changed")
    func upgrade() async throws {
        let path = folder.file("old")
        let before = try SQLiteStore(
            in: DataFolder(path: path), access: .writing,
            migrations: Migrations(backupPath: { _ in path + ".copy" }, files: Array(Migrations.files.prefix(6))))
        try await before.database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO pipeline (id, owner, name, title, summary, tags, search, step_count, format, revision,
                        created_ms, updated_ms, text, document)
                    VALUES ('pl_1', 'ada', 'one', 'Soup', NULL, '["a", "b", "a"]', '', 1, 'yaml', 7, 1, 2, '# kept',
                        '{"steps": [{"id": "chop", "title": "Cut it"}, "odd"]}')
                    """)
        }
        try before.close()
        let store = try SQLiteStore(in: DataFolder(path: path))
        let found = try await store.pipeline(ID(rawValue: "pl_1"))
        #expect(found.text == "# kept")
        #expect(found.revision == 7)
        #expect(found.editor == "ada")
        #expect(found.latestVersion == nil)
        let ada = PipelineViewer(account: "ada")
        for word in ["soup", "chop", "cut"] {
            #expect(try await store.pipelines(PipelineFilter(viewer: ada, words: [word])).items.count == 1)
        }
        #expect(try await store.tags(for: ada).map(\.tag) == ["a", "b"])
        #expect(try await store.events(of: found.id, after: 0, limit: 9).map(\.kind) == [.created])
        #expect(try await store.replace(found, revision: 7, renames: [:]).revision == 8)
        #expect(try await store.draft(of: found.id, revision: 7)?.text == "# kept")
    }
}
