import FactoryDomain
import FactorySecrets
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import Glibc
import Synchronization
import Testing

@Suite("A keeper of secrets") struct SecretKeeperTests {
    private let room: KeyedStore
    private var keeper: SecretKeeper { room.keeper() }

    init() throws { room = try KeyedStore() }

    @Test("gives a run its owner's secrets: those of the environment, else those without one, else the shared ones")
    func fallsBack() async throws {
        let keeper = room.keeper(shared: ["A": "shared-a", "B": "shared-b", "C": "shared-c"])
        try await room.store.put(KeyedStore.environment("prod"))
        try await keeper.put("default-b", at: ValueKey(owner: "ann", name: "B"))
        try await keeper.put("default-c", at: ValueKey(owner: "ann", name: "C"))
        try await keeper.put("prod-c", at: ValueKey(owner: "ann", environment: "prod", name: "C"))
        let prod = try await keeper.vault(of: "ann", in: "prod", naming: nil)
        #expect(try ["A", "B", "C"].map { try prod.value(named: $0) } == ["shared-a", "default-b", "prod-c"])
        let plain = try await keeper.vault(of: "ann", in: nil, naming: ["C"])
        #expect(plain.names == ["C"])
        #expect(try plain.value(named: "C") == "default-c")
        let other = try await keeper.vault(of: "bob", in: nil, naming: nil)
        #expect(try other.value(named: "C") == "shared-c")
        let given = try await keeper.vault(
            of: "ann", in: "prod", naming: nil, overriding: ["C": RunSecret(value: "given-c")])
        #expect(try given.value(named: "C") == "given-c")
        #expect(try await keeper.names(of: "bob") == ["A", "B", "C"])
    }

    @Test("does not open what was moved to another owner, name, environment or version")
    func moved() async throws {
        let key = ValueKey(owner: "ann", name: "TOKEN")
        let record = try await keeper.put("value-of-token", at: key)
        let keyID = try #require(try await room.store.sealingKeys().current)
        for other in [ValueKey(owner: "bob", name: "TOKEN"), ValueKey(owner: "ann", name: "OTHER")] {
            var copy = record
            copy.key = other
            try await room.store.put(copy, keyID: keyID)
            let error = await #expect(throws: SecretError.self) {
                try await keeper.vault(of: other.owner, in: nil, naming: [other.name])
            }
            #expect(error?.description.contains("\(other.name) does not open") == true)
        }
        var next = record
        next.version = 2
        try await room.store.put(next, keyID: keyID)
        await #expect(throws: SecretError.self) { try await keeper.vault(of: "ann", in: nil, naming: ["TOKEN"]) }
    }

    @Test("names the key that is lost or another, and overwrites nothing")
    func lostKey() async throws {
        let key = ValueKey(owner: "ann", name: "TOKEN")
        try await keeper.put("value-of-token", at: key)
        let id = try #require(try await room.store.sealingKeys().current)
        let before = try await room.store.secret(key)
        let path = room.folder.file("master.key")
        #expect(rename(path, path + ".away") == 0)
        for other in [false, true] {
            if other { _ = try MasterKeySource.file(path).make() }
            for attempt in 0..<2 {
                let error = await #expect(throws: SecretError.self) {
                    if attempt == 0 {
                        _ = try await keeper.vault(of: "ann", in: nil, naming: nil)
                    } else {
                        try await keeper.put("another-value", at: key)
                    }
                }
                #expect(error?.description.contains(id) == true)
            }
            #expect((access(path, F_OK) == 0) == other)
        }
        #expect(try await room.store.secret(key) == before)
        #expect(rename(path + ".away", path) == 0)
        #expect(try await keeper.vault(of: "ann", in: nil, naming: nil).value(named: "TOKEN") == "value-of-token")
    }

    @Test("begins anew with another key once nothing is sealed with the lost one")
    func beginsAnew() async throws {
        let key = ValueKey(owner: "ann", name: "TOKEN")
        try await keeper.put("value-of-token", at: key)
        let lost = try await room.store.sealingKeys().current
        unlink(room.folder.file("master.key"))
        try await room.store.removeSecret(key, version: nil)
        try await keeper.put("value-of-token", at: key)
        #expect(try await room.store.sealingKeys().current != lost)
        #expect(try await keeper.vault(of: "ann", in: nil, naming: nil).value(named: "TOKEN") == "value-of-token")
    }

    @Test("notes when a secret was used, once a minute")
    func use() async throws {
        let key = ValueKey(owner: "ann", name: "TOKEN")
        try await keeper.put("value-of-token", at: key)
        #expect(try await room.store.secret(key)?.usedAt == nil)
        for (moment, noted) in [(100_000, 100_000), (159_999, 100_000), (160_000, 160_000)] as [(Int64, Int64)] {
            room.moment.withLock { $0 = moment }
            _ = try await keeper.vault(of: "ann", in: nil, naming: nil)
            #expect(try await room.store.secret(key)?.usedAt == Timestamp(milliseconds: noted))
        }
    }

    @Test("counts versions, and refuses a change of another one than was seen")
    func versions() async throws {
        let key = ValueKey(owner: "ann", name: "TOKEN")
        #expect(try await keeper.put("first-value", at: key, version: 0).version == 1)
        await #expect(throws: SecretError.self) { try await keeper.put("second-value", at: key, version: 0) }
        #expect(try await keeper.put("second-value", at: key, version: 1).version == 2)
        #expect(try await keeper.put("third-value", at: key).version == 3)
        await #expect(throws: StoreError.self) { try await room.store.removeSecret(key, version: 2) }
        try await room.store.removeSecret(key, version: 3)
        await #expect(throws: StoreError.self) { try await room.store.removeSecret(key, version: nil) }
    }

    @Test("keeps every one of changes made at once")
    func contention() async throws {
        let keeper = keeper
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                group.addTask { try await keeper.put("value-\(number)", at: ValueKey(owner: "ann", name: "TOKEN")) }
            }
            try await group.waitForAll()
        }
        #expect(try await room.store.secret(ValueKey(owner: "ann", name: "TOKEN"))?.version == 6)
    }

    @Test(
        "refuses names, values, hosts and descriptions beyond their limits",
        arguments: [
            ("1A", "value", [], ""), ("A-B", "value", [], ""), ("", "value", [], ""),
            (String(repeating: "A", count: 129), "value", [], ""), ("A", "", [], ""), ("A", "a\u{0}b", [], ""),
            ("A", String(repeating: "x", count: (64 << 10) + 1), [], ""), ("A", "value", ["http://x"], ""),
            ("A", "value", Array(repeating: "example.com", count: 21), ""),
            ("A", "value", [], String(repeating: "x", count: 501)),
        ] as [(String, String, [String], String)])
    func limits(_ name: String, _ value: String, _ hosts: [String], _ description: String) async throws {
        await #expect(throws: SecretError.self) {
            try await keeper.put(
                SecretDraft(value: value, hosts: hosts, description: description),
                at: ValueKey(owner: "ann", name: name), version: nil)
        }
        #expect(try await room.store.secrets(of: "ann", in: .all).isEmpty)
    }

    @Test("keeps the longest name and value there can be")
    func longest() async throws {
        let key = ValueKey(owner: "ann", name: String(repeating: "A", count: 128))
        let value = String(repeating: "x", count: 64 << 10)
        try await keeper.put(value, at: key)
        #expect(try await keeper.vault(of: "ann", in: nil, naming: nil).value(named: key.name) == value)
    }

    @Test("refuses a secret more than one owner can have, and one of an unknown environment")
    func room() async throws {
        let keeper = keeper
        for number in 0..<SecretRecord.limit {
            try await keeper.put("value-\(number)", at: ValueKey(owner: "ann", name: "S\(number)"))
        }
        let full = await #expect(throws: SecretError.self) {
            try await keeper.put("one-too-many", at: ValueKey(owner: "ann", name: "MORE"))
        }
        #expect(full?.description.contains("500") == true)
        try await keeper.put("still-works", at: ValueKey(owner: "ann", name: "S1"))
        try await keeper.put("of-another", at: ValueKey(owner: "bob", name: "S1"))
        let unknown = await #expect(throws: SecretError.self) {
            try await keeper.put("value", at: ValueKey(owner: "bob", environment: "prod", name: "A"))
        }
        #expect(unknown?.description.contains("there is no environment prod") == true)
    }
}

/// A store with a file for its master key.
final class KeyedStore: Sendable {
    let folder = TemporaryFolder()
    let store: SQLiteStore
    let moment = Mutex<Int64>(1_000)
    var source: MasterKeySource { .file(folder.file("master.key")) }

    init() throws { store = try SQLiteStore(in: DataFolder(path: folder.path)) }

    func keeper(shared: [String: String] = [:]) -> SecretKeeper {
        SecretKeeper(
            store: store, sealer: Sealer(store: store, keys: source),
            shared: shared.mapValues { RunSecret(value: $0) }, nonce: "n0nce", now: now)
    }

    func rotation(over store: any SealingStore) -> KeyRotation {
        KeyRotation(store: store, keys: source, now: now)
    }

    @Sendable func now() -> Timestamp { Timestamp(milliseconds: moment.withLock { $0 }) }

    static func environment(_ name: String, of owner: String = "ann") -> EnvironmentRecord {
        EnvironmentRecord(
            owner: owner, name: name, description: nil, version: 1, createdAt: Timestamp(milliseconds: 1),
            updatedAt: Timestamp(milliseconds: 1))
    }
}

extension SecretKeeper {
    @discardableResult
    func put(_ value: String, at key: ValueKey, version: Int64? = nil) async throws(SecretError) -> SecretRecord {
        try await put(SecretDraft(value: value), at: key, version: version)
    }
}
