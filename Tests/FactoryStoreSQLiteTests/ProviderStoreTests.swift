import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import Testing

@Suite("The store of providers") struct ProviderStoreTests {
    private let folder = TemporaryFolder()
    private let store: SQLiteStore
    private let moment = Timestamp(milliseconds: 1_700_000_000_000)

    init() throws { store = try SQLiteStore(in: DataFolder(path: folder.file("data"))) }

    private func provider(_ id: String, _ name: String, owner: String? = "ada") -> ProviderRecord {
        ProviderRecord(
            id: ID(rawValue: "prv_\(id)"), owner: owner, name: name, kind: "ollama",
            baseURL: "http://127.0.0.1:11434", createdBy: "Ada", createdAt: moment, updatedAt: moment)
    }

    private func model(_ id: String, _ name: String, context: Int? = nil) -> ModelRecord {
        ModelRecord(
            id: ID(rawValue: "mdl_\(id)"), provider: "prv_1", name: name, offered: ModelFacts(context: context),
            seenAt: moment)
    }

    @Test("gives back what was kept, an account's own before what is for all, and nothing of others")
    func visibility() async throws {
        var own = provider("1", "zeta")
        own.admission = ProviderRecord.Admission(by: "root", at: moment)
        for record in [provider("2", "alpha", owner: nil), own, provider("3", "alpha", owner: "eve")] {
            try await store.create(record, keyID: nil)
        }
        #expect(try await store.provider(own.id) == own)
        #expect(try await store.providers(for: "ada").map(\.id.rawValue) == ["prv_1", "prv_2"])
        #expect(try await store.providers(for: nil).count == 3)
        await #expect { try await store.create(provider("4", "zeta"), keyID: nil) } throws: { error in
            if case .nameTaken("zeta")? = error as? StoreError { true } else { false }
        }
        await #expect(throws: StoreError.self) { try await store.provider(ID(rawValue: "prv_9")) }
    }

    @Test("replaces a provider whose key is the one that was seen")
    func replaces() async throws {
        var record = provider("1", "one")
        try await store.create(record, keyID: nil)
        record.keyVersion = 1
        record.name = "two"
        try await store.replace(record, keyVersion: 0, keyID: nil)
        #expect(try await store.provider(record.id).name == "two")
        let late = record
        await #expect { try await store.replace(late, keyVersion: 0, keyID: nil) } throws: { error in
            if case .changed? = error as? StoreError { true } else { false }
        }
    }

    @Test("keeps what people wrote about a model when the provider lists it anew, or no longer")
    func models() async throws {
        try await store.create(provider("1", "one"), keyID: nil)
        try await store.keep([model("1", "a", context: 10), model("2", "b"), model("3", "c")], of: "prv_1")
        let price = ModelFacts.Price(input: 1, cachedInput: 0.5, output: 2, asOf: "2026-11-22")
        try await store.edit(ID(rawValue: "mdl_1"), ModelFacts(outputLimit: 5, price: price))
        try await store.edit(ID(rawValue: "mdl_3"), ModelFacts(context: 7))
        try await store.keep([model("4", "a", context: 20)], of: "prv_1")
        let models = try await store.models(of: ["prv_1", "prv_2"])
        #expect(models.map(\.name) == ["a", "c"])
        #expect(models[0].id.rawValue == "mdl_1")
        #expect(models[0].facts == ModelFacts(context: 20, outputLimit: 5, price: price))
        #expect(models[1].facts == ModelFacts(context: 7))
        try await store.removeProvider(ID(rawValue: "prv_1"))
        #expect(try await store.models(of: ["prv_1"]).isEmpty)
        await #expect(throws: StoreError.self) { try await store.removeProvider(ID(rawValue: "prv_1")) }
    }

    @Test("keeps one meaning of a name for each account and one for all")
    func aliases() async throws {
        for (owner, target) in [("ada", "a/1"), (nil, "b/2"), ("eve", "c/3"), ("ada", "a/4")] {
            try await store.set(
                ModelAlias(owner: owner, name: "fast", target: target, setBy: "Ada", setAt: moment))
        }
        #expect(try await store.aliases(for: "ada").map(\.target) == ["b/2", "a/4"])
        try await store.removeAlias("fast", of: nil)
        #expect(try await store.aliases(for: "ada").map(\.target) == ["a/4"])
        await #expect(throws: StoreError.self) { try await store.removeAlias("fast", of: nil) }
    }
}
