import FactoryStore

extension EngineContext {
    /// Keeps one decision, waiting for room where the disk is full and the engine waits for room.
    func keep(_ commit: RunCommit) async throws(StoreError) {
        do throws(StoreError) {
            try await room.write(isFull: \.isDiskFull) { () async throws(StoreError) in
                try await store.commit(commit)
            }
            room.storeWrote()
        } catch {
            room.storeFailed(error)
            throw error
        }
    }
}

extension StoreError {
    /// True where the disk has no room.
    var isDiskFull: Bool { if case .diskFull = self { true } else { false } }
}
