public import FactoryStore

extension SQLiteStore {
    /// Copies the store as it is now into the folder `target`, beside whoever writes to it, and checks the copy.
    ///
    /// - Returns: the copy, open for reading.
    /// - Throws: ``StoreError/diskFull``, or ``StoreError/unavailable(reason:)`` with what went wrong.
    public func backUp(to target: DataFolder) async throws(StoreError) -> SQLiteStore {
        do {
            try StoreCopy(path: target.databasePath).make(from: database)
        } catch { throw StoreError(error) }
        return try SQLiteStore(in: target, access: .reading)
    }
}
