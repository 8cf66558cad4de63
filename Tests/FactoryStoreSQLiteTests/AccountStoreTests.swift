import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import Testing

@Suite("The store of accounts") struct AccountStoreTests {
    private let folder = TemporaryFolder()
    private let store: SQLiteStore

    init() throws { store = try SQLiteStore(in: DataFolder(path: folder.file("data"))) }

    private func account(
        _ name: String, _ role: AccountRole = .member, email: String? = nil, at moment: Int64 = 1
    ) -> AccountRecord {
        AccountRecord(
            id: ID(rawValue: "usr_\(name)"), name: name, email: email, role: role, password: "p",
            createdAt: Timestamp(milliseconds: moment), updatedAt: Timestamp(milliseconds: moment))
    }

    private func pipeline(_ id: String, _ name: String, owner: String) -> PipelineRecord {
        PipelineRecord(
            id: ID(rawValue: "pl_\(id)"), owner: owner, name: name, title: name, summary: nil, tags: [], stepCount: 1,
            format: .yaml, text: "", document: [:], createdAt: Timestamp(milliseconds: 1),
            updatedAt: Timestamp(milliseconds: 1))
    }

    private func session(_ id: String, of account: AccountRecord, at moment: Int64 = 1) -> SessionRecord {
        SessionRecord(
            id: ID(rawValue: "ses_\(id)"), account: account.id, tokenDigest: "digest \(id)", client: "", address: "",
            createdAt: Timestamp(milliseconds: moment), usedAt: Timestamp(milliseconds: moment))
    }

    private let noExpiry = SessionExpiry(
        usedBefore: Timestamp(milliseconds: 0), createdBefore: Timestamp(milliseconds: 0))

    @Test("finds accounts by id, name and address, and keeps the two unique")
    func names() async throws {
        let ada = account("ada", .admin, email: "ada@example.com")
        try await store.create(ada)
        #expect(try await store.account(ada.id) == ada)
        #expect(try await store.account(named: "ada") == ada)
        #expect(try await store.account(named: "ada@example.com") == ada)
        #expect(try await store.account(named: "eve") == nil)
        for other in [account("ada"), account("eve", email: "ada@example.com")] {
            var other = other
            other.id = ID(rawValue: "usr_other")
            await #expect(throws: StoreError.self) { try await store.create(other) }
        }
        try await store.create(account("bob"))
        #expect(try await store.accounts(after: nil, limit: 9).map(\.name) == ["ada", "bob"])
        #expect(try await store.accounts(after: "ada", limit: 9).map(\.name) == ["bob"])
    }

    @Test("gives the first account what was kept without one, and makes no second first")
    func first() async throws {
        try await store.create(pipeline("1", "one", owner: Owner.local))
        #expect(try await store.hasAccounts() == false)
        try await store.createFirst(account("ada", .admin), ResealedValues())
        #expect(try await store.hasAccounts())
        #expect(try await store.pipeline(ID(rawValue: "pl_1")).owner == "usr_ada")
        await #expect(throws: StoreError.self) { try await store.createFirst(account("eve", .admin), ResealedValues()) }
        #expect(try await store.accounts(after: nil, limit: 9).count == 1)
    }

    @Test("always keeps an admin who can sign in")
    func lastAdmin() async throws {
        let (ada, bob) = (account("ada", .admin), account("bob", .admin))
        try await store.create(ada)
        try await store.create(account("eve"))
        var changed = ada
        changed.role = .member
        #expect(try await store.change(changed, seen: ada.updatedAt) == .lastAdmin)
        changed = ada
        changed.disabledAt = Timestamp(milliseconds: 5)
        #expect(try await store.change(changed, seen: ada.updatedAt) == .lastAdmin)
        #expect(try await store.remove(ada.id, heir: nil) == .lastAdmin)
        try await store.create(bob)
        #expect(try await store.change(changed, seen: ada.updatedAt) == .done)
        #expect(try await store.remove(bob.id, heir: nil) == .lastAdmin)
        #expect(try await store.remove(ada.id, heir: nil) == .done)
    }

    @Test("changes what was seen, and ends the sessions of who has another role")
    func change() async throws {
        let ada = account("ada", .admin)
        try await store.create(ada)
        try await store.create(account("bob", .admin))
        try await store.create(session("1", of: ada), removing: noExpiry)
        var renamed = ada
        renamed.name = "adele"
        renamed.updatedAt = Timestamp(milliseconds: 2)
        #expect(try await store.change(renamed, seen: ada.updatedAt) == .done)
        await #expect(throws: StoreError.self) { try await store.change(renamed, seen: ada.updatedAt) }
        #expect(try await store.sessions(of: ada.id).count == 1)
        var demoted = renamed
        demoted.role = .member
        #expect(try await store.change(demoted, seen: renamed.updatedAt) == .done)
        #expect(try await store.sessions(of: ada.id).isEmpty)
    }

    @Test("lets nobody go with things of theirs, unless somebody gets them")
    func heirs() async throws {
        let (ada, bob) = (account("ada", .admin), account("bob"))
        try await store.create(ada)
        try await store.create(bob)
        try await store.create(pipeline("1", "one", owner: "usr_bob"))
        #expect(try await store.remove(bob.id, heir: nil) == .ownsThings(["pipeline": 1]))
        #expect(try await store.remove(bob.id, heir: ID(rawValue: "usr_nobody")) == .missing)
        try await store.create(pipeline("2", "one", owner: "usr_ada"))
        await #expect { try await store.remove(bob.id, heir: ada.id) } throws: { error in
            if case .nameTaken("one")? = error as? StoreError { true } else { false }
        }
        #expect(try await store.account(bob.id) == bob)
        try await store.trash(
            ID(rawValue: "pl_2"), true, by: "usr_ada", at: Timestamp(milliseconds: 5), revision: 1)
        #expect(try await store.remove(bob.id, heir: ada.id) == .done)
        #expect(try await store.pipeline(ID(rawValue: "pl_1")).owner == "usr_ada")
        #expect(try await store.account(bob.id) == nil)
    }

    @Test("lets go of sessions that ended by age when another begins")
    func sessions() async throws {
        let ada = account("ada", .admin)
        try await store.create(ada)
        try await store.create(session("1", of: ada, at: 10), removing: noExpiry)
        try await store.create(session("2", of: ada, at: 20), removing: noExpiry)
        let expiry = SessionExpiry(
            usedBefore: Timestamp(milliseconds: 15), createdBefore: Timestamp(milliseconds: 0))
        try await store.create(session("3", of: ada, at: 30), removing: expiry)
        #expect(try await store.sessions(of: ada.id).map(\.id.rawValue) == ["ses_3", "ses_2"])
        #expect(try await store.session("digest 2")?.account == ada)
        try await store.rotate(ID(rawValue: "ses_2"), to: "other")
        #expect(try await store.session("digest 2") == nil)
        #expect(try await store.end(ID(rawValue: "ses_2")))
        #expect(try await store.end(ID(rawValue: "ses_2")) == false)
    }

    @Test("uses a one-time token once, in time, and together with what it is for")
    func tokens() async throws {
        let token = OneTimeTokenRecord(
            id: ID(rawValue: "ott_1"), kind: .invite, tokenDigest: "d", role: .member,
            createdAt: Timestamp(milliseconds: 10), expiresAt: Timestamp(milliseconds: 20))
        try await store.create(account("ada", .admin))
        try await store.create(token)
        let (early, late) = (Timestamp(milliseconds: 19), Timestamp(milliseconds: 20))
        #expect(try await store.token("d", at: late) == nil)
        #expect(try await store.token("d", at: early) == token)
        var taken = account("eve")
        taken.name = "ada"
        await #expect(throws: StoreError.self) {
            _ = try await store.redeem(token.id, at: early, for: .account(taken))
        }
        #expect(try await store.redeem(token.id, at: late, for: .account(account("eve"))) == false)
        #expect(try await store.redeem(token.id, at: early, for: .account(account("eve"))))
        #expect(try await store.redeem(token.id, at: early, for: .account(account("bob"))) == false)
        #expect(try await store.account(named: "bob") == nil)
    }
}
