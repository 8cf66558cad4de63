import FactorySecrets
import FactoryStoreSQLite

extension OwnedValues {
    /// What the store keeps, sealed with keys from `source`.
    init(store: SQLiteStore, keys source: MasterKeySource, shared: [String: RunSecret] = [:]) {
        var generator = SystemRandomNumberGenerator()
        let nonce = (0..<2).map { _ in String(generator.next(), radix: 36) }.joined()
        self.init(
            secrets: SecretKeeper(
                store: store, sealer: Sealer(store: store, keys: source), shared: shared, nonce: nonce,
                now: ProgramClock.now),
            variables: VariableKeeper(store: store, now: ProgramClock.now), environments: store,
            sharing: store)
    }
}
