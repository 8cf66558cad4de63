import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryTestKit
import GRDB
import Testing

@testable import FactoryStoreSQLite

@Suite("A list of pipelines") struct PipelineListTests {
    private let folder = TemporaryFolder()
    private let store: SQLiteStore
    private let ada = PipelineViewer(account: "ada")
    private let bob = PipelineViewer(account: "bob")
    private let admin = PipelineViewer(account: "root", isAdmin: true)

    init() throws { store = try SQLiteStore(in: DataFolder(path: folder.file("data"))) }

    private func keep(_ name: String, of owner: String, _ visibility: Visibility = .private, at: Int64 = 1) async throws
        -> ID<PipelineRecord>
    {
        let id = ID<PipelineRecord>(rawValue: "pl_\(name)")
        try await store.create(
            PipelineRecord(
                id: id, owner: owner, name: name, title: name, summary: nil, tags: [owner], stepCount: 1,
                format: .yaml, text: "name: \(name)\n", document: ["name": .string(name)],
                createdAt: Timestamp(milliseconds: at), updatedAt: Timestamp(milliseconds: at)))
        if visibility != .private { try await share(id, [], visibility) }
        return id
    }

    private func share(
        _ id: ID<PipelineRecord>, _ people: [(String, String)], _ visibility: Visibility = .shared
    ) async throws {
        let shares = people.map {
            PipelineShare(account: $0.0, role: $0.1, createdAt: Timestamp(milliseconds: 2))
        }
        try await store.setShares(
            of: id, shares, visibility: visibility, by: "ada", at: Timestamp(milliseconds: 2))
    }

    private func names(_ filter: PipelineFilter) async throws -> [String] {
        try await store.pipelines(filter).items.map(\.record.name).sorted()
    }

    private func run(_ number: Int64, _ pipeline: ID<PipelineRecord>, by owner: String, _ status: String) throws {
        let finished: Int64? = ["succeeded", "failed", "cancelled"].contains(status) ? number * 10 : nil
        try store.database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO run (id, number, owner, pipeline, pipeline_id, document, status, trigger, inputs,
                        inputs_is_blob, workspace, changes, created_ms, started_ms, finished_ms)
                    VALUES (?, ?, ?, 'x', ?, '{}', ?, 'manual', '{}', 0, '', 'none', 1, 0, ?)
                    """,
                arguments: ["run_\(number)", number, owner, pipeline.rawValue, status, finished])
        }
    }

    @Test("holds what is one's own, shared with one and public, and nothing else")
    func visible() async throws {
        _ = try await keep("own", of: "bob")
        let shared = try await keep("shared", of: "ada")
        _ = try await keep("public", of: "ada", .public)
        _ = try await keep("hidden", of: "ada")
        try await share(shared, [("bob", "runner")])
        #expect(try await names(PipelineFilter(viewer: bob)) == ["own", "public", "shared"])
        #expect(try await names(PipelineFilter(viewer: bob, owner: "ada")) == ["public", "shared"])
        #expect(try await names(PipelineFilter(viewer: bob, visibility: .public)) == ["public"])
        #expect(try await names(PipelineFilter(viewer: admin)) == ["public"])
        #expect(try await names(PipelineFilter(viewer: admin, owner: "ada")) == ["hidden", "public", "shared"])
        let few = PipelineViewer(account: "bob", among: [shared.rawValue])
        #expect(try await names(PipelineFilter(viewer: few)) == ["shared"])
        for words in [["own"], ["shared"], ["hidden"], ["public"]] {
            let found = try await names(PipelineFilter(viewer: bob, words: words, key: .relevance))
            #expect(found == (words == ["hidden"] ? [] : words))
        }
        let item = try await store.pipelines(PipelineFilter(viewer: bob, owner: "ada", key: .name)).items.first
        #expect(item?.sharedRole == "runner")
        #expect(try await store.tags(for: bob).map { "\($0.tag) \($0.count)" } == ["ada 2", "bob 1"])
        #expect(try await store.tags(for: few).map(\.tag) == ["ada"])
    }

    @Test("shows the trash of its owner alone")
    func trash() async throws {
        let shared = try await keep("shared", of: "ada")
        try await share(shared, [("bob", "editor")])
        try await store.trash(shared, true, by: "ada", at: Timestamp(milliseconds: 3), revision: nil)
        #expect(try await names(PipelineFilter(viewer: bob, isTrashed: true)) == [])
        #expect(try await names(PipelineFilter(viewer: ada, isTrashed: true)) == ["shared"])
        #expect(try await names(PipelineFilter(viewer: ada)) == [])
    }

    @Test("tells of the runs that the viewer may know of")
    func histories() async throws {
        let shared = try await keep("shared", of: "ada", .public)
        try run(1, shared, by: "ada", "succeeded")
        try run(2, shared, by: "bob", "failed")
        try run(3, shared, by: "ada", "running")
        func marks(_ viewer: PipelineViewer) async throws -> [String] {
            let item = try #require(try await store.pipelines(PipelineFilter(viewer: viewer)).items.first)
            let single = try await store.history(of: shared, for: viewer)
            #expect(item.history == single)
            return item.history.marks.map { "\($0.status) \($0.durationMilliseconds ?? -1)" }
        }
        #expect(try await marks(ada) == ["running -1", "failed 20", "succeeded 10"])
        #expect(try await marks(bob) == ["failed 20"])
        #expect(try await marks(admin).count == 3)
        #expect(try await marks(PipelineViewer(account: "eve")) == [])
        let history = try await store.history(of: shared, for: ada)
        #expect(history.successRate == 0.5)
        #expect(history.latest?.number == 3)
    }

    @Test("is old as soon as something that it shows is otherwise")
    func generations() async throws {
        var seen: Set<UInt64> = [store.listGeneration]
        let id = try await keep("one", of: "ada")
        #expect(seen.insert(store.listGeneration).inserted)
        try await store.setFavourite(id, of: "ada", true)
        #expect(seen.insert(store.listGeneration).inserted)
        try await share(id, [], .public)
        #expect(seen.insert(store.listGeneration).inserted)
        _ = try await store.pipelines(PipelineFilter(viewer: ada))
        #expect(!seen.insert(store.listGeneration).inserted)
    }

    @Test(
        "looks for its page in an index alone, and for runs in theirs",
        arguments: [PipelineFilter.Key.name, .created, .updated])
    func plan(_ key: PipelineFilter.Key) throws {
        let list = PipelineListSQL(PipelineFilter(viewer: ada, key: key), limit: 51)
        let plan = try store.database.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(list.sql)", arguments: list.arguments).map {
                $0["detail"] as String
            }
        }
        #expect(plan.contains { $0.hasPrefix("SCAN pipeline USING COVERING INDEX pipeline_") }, "\(plan)")
        #expect(
            plan.count { $0.contains("run USING COVERING INDEX run_by_pipeline_id (pipeline_id=?)") } == 2, "\(plan)")
        #expect(!plan.contains { $0.hasPrefix("SCAN run") }, "\(plan)")
    }
}
