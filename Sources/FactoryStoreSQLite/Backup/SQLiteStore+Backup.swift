public import FactoryDomain
public import FactoryStore
import GRDB

extension SQLiteStore {
    /// Copies the store as it is now into the folder `target`, beside whoever writes to it, and checks the copy.
    ///
    /// - Returns: the blobs that the copy names, and the number of runs in it.
    /// - Throws: ``StoreError/diskFull``, or ``StoreError/unavailable(reason:)`` with what went wrong.
    public func backUp(to target: DataFolder) async throws(StoreError) -> (blobs: Set<ContentHash>, runs: Int) {
        do {
            try StoreCopy(path: target.databasePath).make(from: database)
            var configuration = Configuration()
            configuration.readonly = true
            let copy = try DatabaseQueue(path: target.databasePath, configuration: configuration)
            let found = try await copy.read { db in
                (
                    blobs: try Set(
                        String.fetchAll(db, sql: RetentionSQL.allBlobs).map(ContentHash.init(rawValue:))),
                    runs: try Int.fetchOne(db, sql: "SELECT count(*) FROM run") ?? 0
                )
            }
            try copy.close()
            return found
        } catch { throw StoreError(error) }
    }
}
