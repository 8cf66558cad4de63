import FactoryDomain
import FactoryStore
import FactoryStoreSQLite

/// What a copied store holds, as far as a backup has to know.
struct StoreContents {
    /// Every blob that it names.
    let blobs: Set<ContentHash>
    /// The number of its runs.
    let runs: Int
    /// Ids of the master keys that something in it is sealed with.
    let sealingKeys: [String]

    /// Reads them, and closes the store.
    init(_ store: SQLiteStore) async throws(StoreError) {
        (blobs, runs) = try await store.contents()
        let keys = try await store.sealingKeys()
        let hasSealed = try await store.sealedCount(notWith: nil) > 0
        sealingKeys = hasSealed ? [keys.current, keys.retiring].compactMap(\.self) : []
        try store.close()
    }
}
