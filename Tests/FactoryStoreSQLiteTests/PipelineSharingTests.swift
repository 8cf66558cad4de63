import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryTestKit
import Testing

@testable import FactoryStoreSQLite

@Suite("A shared pipeline") struct PipelineSharingTests {
    private let folder = TemporaryFolder()
    private let store: SQLiteStore
    private let id = ID<PipelineRecord>(rawValue: "pl_1")

    init() async throws {
        store = try SQLiteStore(in: DataFolder(path: folder.file("data")))
        try await store.create(
            PipelineRecord(
                id: id, owner: "ada", name: "one", title: "one", summary: nil, tags: [], stepCount: 0, format: .yaml,
                text: "name: one\n", document: ["name": "one"], createdAt: Timestamp(milliseconds: 1),
                updatedAt: Timestamp(milliseconds: 1)))
    }

    private func moment(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

    private func link(_ digest: String, _ role: String, until end: Int64) async throws {
        try await store.add(
            ShareLink(
                id: ID(rawValue: "lnk_\(digest)"), pipeline: id, role: role, tokenDigest: digest, account: "ada",
                createdAt: moment(1), expiresAt: moment(end)))
    }

    @Test("is shared by a link until the link expires, is revoked, or gives less than one has")
    func links() async throws {
        try await link("a", "runner", until: 100)
        try await link("b", "viewer", until: 100)
        #expect(try await store.accept(tokenDigest: "x", by: "bob", at: moment(50)) == nil)
        #expect(try await store.accept(tokenDigest: "a", by: "bob", at: moment(100)) == nil)
        #expect(try await store.accept(tokenDigest: "a", by: "bob", at: moment(99)) == id)
        #expect(try await store.access(to: id, for: "bob")?.sharedRole == "runner")
        #expect(try await store.access(to: id, for: "bob")?.visibility == .shared)
        #expect(try await store.accept(tokenDigest: "b", by: "bob", at: moment(50)) == id)
        #expect(try await store.access(to: id, for: "bob")?.sharedRole == "runner")
        #expect(try await store.accept(tokenDigest: "a", by: "ada", at: moment(50)) == id)
        #expect(try await store.shares(of: id).map(\.account) == ["bob"])
        #expect(try await store.links(of: id, now: moment(50)).map(\.acceptedCount) == [1, 0])
        #expect(try await store.removeLink(ID(rawValue: "lnk_a"), of: ID(rawValue: "pl_2")) == false)
        #expect(try await store.removeLink(ID(rawValue: "lnk_a"), of: id))
        #expect(try await store.accept(tokenDigest: "a", by: "eve", at: moment(50)) == nil)
        try await store.trash(id, true, by: "ada", at: moment(60), revision: nil)
        #expect(try await store.accept(tokenDigest: "b", by: "eve", at: moment(61)) == nil)
    }

    @Test("lends what its owner allows to those who may run it, for versions that the owner published")
    func lending() async throws {
        func lent(_ account: String, _ version: Int64, _ what: ShareAllowance = .secrets) async throws -> String? {
            try await store.lender(of: what, to: account, for: id, version: version)
        }
        func share(_ role: String, _ allows: Set<ShareAllowance>) async throws {
            let shares = [PipelineShare(account: "bob", role: role, allows: allows, createdAt: moment(2))]
            try await store.setShares(of: id, shares, visibility: .shared, by: "ada", at: moment(2))
        }
        func publish(_ account: String) async throws -> (number: Int64, isNew: Bool) {
            let (version, isNew) = try await store.publish(
                id, as: ID(rawValue: "ver_\(account)\(Int.random(in: 0..<1_000_000_000))"), message: "", revision: 1,
                by: account, at: moment(3))
            return (version.number, isNew)
        }
        #expect(try await publish("bob") == (1, true))
        try await share("editor", [.secrets])
        #expect(try await lent("bob", 1) == nil, "the words of another")
        #expect(try await publish("ada") == (2, true), "the owner takes over what another published")
        #expect(try await publish("ada") == (2, false))
        #expect(try await publish("bob") == (2, false))
        #expect(try await lent("bob", 2) == "ada")
        #expect(try await lent("bob", 2, .models) == nil)
        #expect(try await lent("eve", 2) == nil)
        #expect(try await lent("ada", 2) == nil)
        #expect(try await lent("bob", 3) == nil)
        try await share("runner", [.models, .secrets])
        #expect(try await lent("bob", 2, .models) == "ada")
        #expect(try await store.shares(of: id).map(\.allows) == [[.models, .secrets]])
        for (role, allows) in [("viewer", Set([ShareAllowance.secrets])), ("editor", [])] {
            try await share(role, allows)
            #expect(try await lent("bob", 2) == nil)
        }
        try await share("runner", [.secrets])
        try await store.trash(id, true, by: "ada", at: moment(60), revision: nil)
        #expect(try await lent("bob", 2) == nil)
        try await store.trash(id, false, by: "ada", at: moment(61), revision: nil)
        #expect(try await lent("bob", 2) == "ada")
        try await store.change { try Ownership($0).move(from: "ada", to: "carl") }
        #expect(try await store.shares(of: id).map(\.allows) == [[]], "nobody asked the new owner")
    }

    @Test("has an audience of its owner and those it is shared with, each with the role that access says")
    func audience() async throws {
        try await store.setShares(
            of: id, [PipelineShare(account: "bob", role: "viewer", createdAt: moment(2))], visibility: .shared,
            by: "ada", at: moment(2))
        try await store.setShares(
            of: id,
            [
                PipelineShare(account: "bob", role: "editor", createdAt: moment(9)),
                PipelineShare(account: "eve", role: "runner", createdAt: moment(9)),
            ], visibility: .shared, by: "ada", at: moment(9))
        #expect(
            try await store.shares(of: id).map { "\($0.account) \($0.role) \($0.createdAt.milliseconds)" } == [
                "bob editor 2", "eve runner 9",
            ])
        let audience = try #require(try await store.audience(of: id))
        for account in ["ada", "bob", "eve", "mallory"] {
            #expect(audience.access(for: account) == (try await store.access(to: id, for: account)))
        }
        try await store.setShares(of: id, [], visibility: .private, by: "ada", at: moment(10))
        #expect(try await store.access(to: id, for: "bob")?.sharedRole == nil)
    }
}
