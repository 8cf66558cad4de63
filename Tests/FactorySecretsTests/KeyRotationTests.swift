import FactoryDomain
import FactorySecrets
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import Glibc
import Synchronization
import Testing

@Suite("Replacing the master key") struct KeyRotationTests {
    private let room: KeyedStore

    init() throws { room = try KeyedStore() }

    @Test("rewraps every secret and leaves one key, which opens them all")
    func whole() async throws {
        try await fill(250)
        let before = try #require(try await room.store.sealingKeys().current)
        let report = try await room.rotation(over: room.store).run()
        #expect(report.from == before)
        #expect(report.rewrapped == 250)
        #expect(!report.wasInterrupted && !report.needsNewSetting)
        #expect(try await room.store.sealingKeys() == SealingKeys(current: report.to, retiring: nil))
        let keys = try room.source.keys()
        #expect(keys.current?.id == report.to)
        #expect(keys.next == nil)
        try await expectReadable(250)
    }

    @Test("goes on where it was interrupted, after each of its steps, and everything stays readable", arguments: 1...9)
    func interrupted(_ calls: Int) async throws {
        try await fill(250)
        await #expect(throws: SecretError.self) {
            try await room.rotation(over: FailingStore(room.store, afterCalls: calls)).run()
        }
        try await expectReadable(250)
        try await room.keeper().put("sealed-meanwhile", at: ValueKey(owner: "ann", name: "S0"))
        let report = try await room.rotation(over: room.store).run()
        #expect(try await room.store.sealedCount(notWith: report.to) == 0)
        #expect(try await room.store.sealingKeys() == SealingKeys(current: report.to, retiring: nil))
        #expect(access(room.folder.file("master.key.next"), F_OK) != 0)
        let vault = try await room.keeper().vault(of: "ann", in: nil, naming: nil)
        #expect(try vault.value(named: "S0") == "sealed-meanwhile")
        #expect(try vault.value(named: "S249") == "value-249")
    }

    @Test("takes in what is sealed while it goes on")
    func beside() async throws {
        try await fill(250)
        let keeper = room.keeper()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [room] in
                for _ in 0..<3 { _ = try await room.rotation(over: room.store).run() }
            }
            group.addTask {
                for number in 0..<60 {
                    try await keeper.put("value-\(number)", at: ValueKey(owner: "ann", name: "S\(number)"))
                    _ = try await keeper.vault(of: "ann", in: nil, naming: nil)
                }
            }
            try await group.waitForAll()
        }
        try await expectReadable(250)
    }

    @Test("begins nothing where the present key is not at hand")
    func lost() async throws {
        try await fill(3)
        let keys = try await room.store.sealingKeys()
        unlink(room.folder.file("master.key"))
        let error = await #expect(throws: SecretError.self) { try await room.rotation(over: room.store).run() }
        #expect(error?.description.contains(try #require(keys.current)) == true)
        #expect(try await room.store.sealingKeys() == keys)
        #expect(access(room.folder.file("master.key.next"), F_OK) != 0)
    }

    @Test("with keys from the environment needs the next one there, and says that it is to be set")
    func given() async throws {
        let old = String(repeating: "0a", count: 32)
        let new = String(repeating: "0b", count: 32)
        let keeper = { (source: MasterKeySource) in
            SecretKeeper(
                store: room.store, sealer: Sealer(store: room.store, keys: source), shared: [:], nonce: "n",
                now: room.now)
        }
        try await keeper(.given(old, next: nil)).put("value-of-token", at: ValueKey(owner: "ann", name: "TOKEN"))
        await #expect(throws: SecretError.self) {
            try await KeyRotation(store: room.store, keys: .given(old, next: nil), now: room.now).run()
        }
        let report = try await KeyRotation(store: room.store, keys: .given(old, next: new), now: room.now).run()
        #expect(report.needsNewSetting)
        for source in [MasterKeySource.given(old, next: new), .given(new, next: nil)] {
            let vault = try await keeper(source).vault(of: "ann", in: nil, naming: nil)
            #expect(try vault.value(named: "TOKEN") == "value-of-token")
        }
        await #expect(throws: SecretError.self) {
            try await keeper(.given(old, next: nil)).vault(of: "ann", in: nil, naming: nil)
        }
    }

    private func fill(_ count: Int) async throws {
        let keeper = room.keeper()
        for number in 0..<count {
            try await keeper.put("value-\(number)", at: ValueKey(owner: "ann", name: "S\(number)"))
        }
    }

    private func expectReadable(_ count: Int) async throws {
        let vault = try await room.keeper().vault(of: "ann", in: nil, naming: nil)
        for number in 0..<count { #expect(try vault.value(named: "S\(number)") == "value-\(number)") }
    }
}

/// A store that fails from one of its calls on, as if the process had ended there.
private final class FailingStore: SealingStore {
    private let store: SQLiteStore
    private let left: Mutex<Int>

    init(_ store: SQLiteStore, afterCalls count: Int) {
        self.store = store
        left = Mutex(count)
    }

    private func count() throws(StoreError) {
        let isOver = left.withLock { left in
            left -= 1
            return left < 0
        }
        if isOver { throw .unavailable(reason: "ended") }
    }

    func sealingKeys() async throws(StoreError) -> SealingKeys {
        try count()
        return try await store.sealingKeys()
    }

    func sealedCount(notWith keyID: String?) async throws(StoreError) -> Int {
        try await store.sealedCount(notWith: keyID)
    }

    func beginRotation(to keyID: String, at moment: Timestamp) async throws(StoreError) {
        try count()
        try await store.beginRotation(to: keyID, at: moment)
    }

    func sealedValues(notWith keyID: String, limit: Int) async throws(StoreError) -> [String] {
        try count()
        return try await store.sealedValues(notWith: keyID, limit: limit)
    }

    func replaceSealed(_ values: [(old: String, new: String)]) async throws(StoreError) {
        try count()
        try await store.replaceSealed(values)
    }

    func endRotation() async throws(StoreError) {
        try count()
        try await store.endRotation()
    }
}
