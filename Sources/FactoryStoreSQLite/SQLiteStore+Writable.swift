public import FactoryStore
import GRDB

extension SQLiteStore {
    /// Writes something without meaning and returns when it is on the disk.
    public func checkWritable() async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(sql: "UPDATE engine SET only_row = 1")
        }
    }
}
