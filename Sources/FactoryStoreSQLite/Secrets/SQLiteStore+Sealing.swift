public import FactoryDomain
public import FactoryStore
import GRDB

extension SQLiteStore: SealingStore {
    /// The master keys that the store knows of.
    public func sealingKeys() async throws(StoreError) -> SealingKeys {
        try await read { db in try SealedColumns.keys(in: db) }
    }

    /// How many values are sealed with another master key.
    public func sealedCount(notWith keyID: String?) async throws(StoreError) -> Int {
        try await read { db in try SealedColumns(db).count(notWith: keyID) }
    }

    /// From now on nothing is sealed with another key.
    public func beginRotation(to keyID: String, at moment: Timestamp) async throws(StoreError) {
        try await queue.submit { db in
            let keys = try SealedColumns.keys(in: db)
            guard let current = keys.current, current != keyID else { return }
            try SealedColumns.put(current, as: "retiring", at: moment, in: db)
            try SealedColumns.put(keyID, as: "current", at: moment, in: db)
        }
    }

    /// Values that are sealed with another master key.
    public func sealedValues(notWith keyID: String, limit: Int) async throws(StoreError) -> [String] {
        try await read { db in try SealedColumns(db).values(notWith: keyID, limit: limit) }
    }

    /// Puts sealed values in the place of others.
    public func replaceSealed(_ values: [(old: String, new: String)]) async throws(StoreError) {
        try await queue.submit { db in
            let columns = try SealedColumns(db)
            for (old, new) in values { try columns.replace(old, with: new) }
        }
    }

    /// Forgets the retiring key.
    public func endRotation() async throws(StoreError) {
        try await queue.submit { db in
            let keys = try SealedColumns.keys(in: db)
            guard try SealedColumns(db).count(notWith: keys.current) == 0 else { throw StoreError.changed }
            try db.execute(sql: SecretSQL.dropRetiringKey)
        }
    }
}
