public import FactoryDomain

/// Keeps model providers, what is known of their models, and names for them.
public protocol ProviderStore: Sendable {
    /// Keeps a new provider.
    ///
    /// - Parameter keyID: id of the master key that its key is sealed with; nil where it has none.
    /// - Throws: ``StoreError/nameTaken(_:)``; ``StoreError/changed`` where another master key is in use by now.
    func create(_ provider: ProviderRecord, keyID: String?) async throws(StoreError)

    /// Puts `provider` in the place of the one with its id, whose key has this version.
    ///
    /// - Throws: ``StoreError/notFound(kind:id:)``, ``StoreError/nameTaken(_:)``; ``StoreError/changed`` where the key
    ///   was changed meanwhile, or another master key is in use by now.
    func replace(_ provider: ProviderRecord, keyVersion: Int64, keyID: String?) async throws(StoreError)

    /// Removes a provider with its models.
    func removeProvider(_ id: ID<ProviderRecord>) async throws(StoreError)

    /// The provider `id`, whoever may use it.
    func provider(_ id: ID<ProviderRecord>) async throws(StoreError) -> ProviderRecord

    /// All providers that the runs of `owner` may use, their own first, each by name; nil for every provider there is.
    func providers(for owner: String?) async throws(StoreError) -> [ProviderRecord]

    /// Keeps what a provider lists: models it no longer lists go, unless people wrote something about them.
    func keep(_ models: [ModelRecord], of provider: String) async throws(StoreError)

    /// The model `id`.
    func model(_ id: ID<ModelRecord>) async throws(StoreError) -> ModelRecord

    /// The models of these providers, by name.
    func models(of providers: [String]) async throws(StoreError) -> [ModelRecord]

    /// Keeps what people know of a model.
    func edit(_ id: ID<ModelRecord>, _ facts: ModelFacts) async throws(StoreError)

    /// The names that the runs of `owner` may use, those for all first.
    func aliases(for owner: String) async throws(StoreError) -> [ModelAlias]

    /// Keeps a name, in the place of one of the same owner.
    func set(_ alias: ModelAlias) async throws(StoreError)

    /// Removes a name.
    func removeAlias(_ name: String, of owner: String?) async throws(StoreError)
}
