import FactoryAccess
import FactoryDomain
import FactorySecrets
import FactoryStore
import FactoryStoreSQLite

/// What the first account has of what was kept before there was one, beside what the store gives it by itself: the
/// folder of files, and what is sealed for its owner.
///
/// Nothing of it is final before the account is kept: a link to a folder that no account has is worth nothing, and what
/// was sealed anew is kept in the transaction that keeps the account.
struct Adoption: Sendable {
    let folders: WorkspaceFolders
    let store: SQLiteStore
    let secrets: SecretKeeper
    let keys: ProviderKeys

    init(_ folders: WorkspaceFolders, store: SQLiteStore, keys source: MasterKeySource) {
        self.folders = folders
        self.store = store
        secrets = OwnedValues(store: store, keys: source).secrets
        keys = ProviderKeys(sealer: Sealer(store: store, keys: source))
    }

    /// Prepares everything for `account`.
    @Sendable func prepare(_ account: ID<Account>) async throws(AccountError) -> ResealedValues {
        folders.adopt(account)
        do throws(SecretError) {
            var values = try await secrets.resealed(of: Owner.local, for: account.rawValue)
            let providers: [ProviderRecord]
            do throws(StoreError) { providers = try await store.providers(for: Owner.local) } catch {
                throw .store(error)
            }
            try await keys.reseal(
                providers.filter { $0.owner == Owner.local }, for: account.rawValue, into: &values)
            return values
        } catch {
            switch error {
            case .store(let error): throw .store(error)
            default: throw .sealed(error.description)
            }
        }
    }
}
