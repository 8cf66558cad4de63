import FactoryStore
import GRDB
import Synchronization

extension SQLiteStore {
    /// What `body` gives, in a transaction that is on the disk when this returns.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let result = Mutex<Value?>(nil)
        try await queue.submit { db in
            let value = try body(db)
            result.withLock { $0 = value }
        }
        guard let value = result.withLock({ $0 }) else { throw .unavailable(reason: "a transaction gave no result") }
        return value
    }
}
