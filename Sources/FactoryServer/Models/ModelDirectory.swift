import FactoryDefinition
import FactoryDomain
import FactoryLLM
import FactoryNetwork
import FactorySecrets
import FactoryStore
import Synchronization

/// Which models the runs of whom may ask: the providers of the configuration, those that were added for all, and the
/// owner's own.
///
/// What was read once is kept until something changes: this process is the only one that writes the store.
final class ModelDirectory: Sendable {
    private struct Entry: Sendable {
        var router: ModelRouter
        var catalogue: ModelCatalogue?
    }

    private struct State: Sendable {
        var entries: [String: Entry] = [:]
        var generation = 0
    }

    let outside: Outside
    let store: any ProviderStore
    let keys: ProviderKeys
    private let state = Mutex(State())

    init(_ outside: Outside, store: any ProviderStore, keys: ProviderKeys) {
        self.outside = outside
        self.store = store
        self.keys = keys
    }

    /// The models that the runs of `owner` may ask.
    func router(for owner: String) async throws(ModelError) -> ModelRouter {
        do throws(StoreError) { return try await entry(for: owner).router } catch {
            throw ModelError(.serverError, "The providers of this server could not be read: \(error).")
        }
    }

    /// The models that the owner of its pipeline lets the run use; nil where there is no such owner.
    func router(lentTo run: ID<Run>, by sharing: any PipelineSharingStore) async throws(ModelError) -> ModelRouter? {
        let lender: String?
        do throws(StoreError) { lender = try await sharing.lender(of: .models, to: run) } catch {
            throw ModelError(.serverError, "What this run may use could not be read: \(error).")
        }
        guard let lender else { return nil }
        return try await router(for: lender)
    }

    /// What documents of `owner` are checked against; nil where nothing can be said.
    func catalogue(for owner: String) async -> ModelCatalogue? {
        do throws(StoreError) { return try await entry(for: owner).catalogue } catch { return nil }
    }

    /// Reads everything anew from now on, and opens the endpoints that were admitted.
    func changed() async throws(StoreError) {
        state.withLock { state in
            state.entries = [:]
            state.generation += 1
        }
        try await openAdmitted()
    }

    /// Opens the endpoints of providers that an admin admitted, and no longer those of others.
    func openAdmitted() async throws(StoreError) {
        let admitted = try await store.providers(for: nil).filter { $0.admission != nil }
            .compactMap { try? AllowEntry(endpointOf: OutboundURL(parsing: $0.baseURL)) }
        outside.egress.policy.allowed = outside.allowed + admitted
    }

    /// A stored provider, ready to be asked.
    func connect(_ record: ProviderRecord, limits: EgressLimits = ProviderConnection.standardLimits) -> any ChatProvider
    {
        guard let kind = ProviderKind(rawValue: record.kind), let url = try? OutboundURL(parsing: record.baseURL) else {
            return UnusableProvider(
                record.name, ModelError(.badRequest, "The provider \(record.name) is not one that is understood here."))
        }
        let key: String?
        do throws(SecretError) { key = try keys.key(of: record) } catch {
            return UnusableProvider(
                record.name,
                ModelError(
                    .authentication, "The key of \(record.name) cannot be used: \(error.description).", hint: error.hint
                ))
        }
        let connection = ProviderConnection(
            name: record.name, baseURL: url, egress: outside.egress, limits: limits)
        return ObservedProvider(
            kind.provider(connection, key: key), place: record.id.rawValue, key: key, health: outside.health)
    }

    private func entry(for owner: String) async throws(StoreError) -> Entry {
        let (known, generation) = state.withLock { ($0.entries[owner], $0.generation) }
        if let known { return known }
        let entry = try await load(owner)
        state.withLock { state in
            // Read before a change, it is as it was then.
            if state.generation == generation { state.entries[owner] = entry }
        }
        return entry
    }

    private func load(_ owner: String) async throws(StoreError) -> Entry {
        let records = try await store.providers(for: owner)
        let aliases = try await aliases(for: owner)
        let own = records.filter { $0.owner != nil }.map { ($0.id.rawValue, connect($0), $0.baseURL) }
        let shared = records.filter { $0.owner == nil }.map { ($0.id.rawValue, connect($0), $0.baseURL) }
        let configured = outside.configured.map { ($0.place, $0.provider, $0.configuration.baseURL) }
        // Of two with one name the first counts.
        let all = own + configured + shared
        let facts = try await facts(all.map { (place: $0.0, name: $0.1.name) })
        let urls = all.compactMap { try? OutboundURL(parsing: $0.2) }
        let first =
            aliases[ModelRouter.defaultName] == nil && all.count == 1 && urls.first?.isLoopback == true
            ? (own.isEmpty && shared.isEmpty ? outside.implicitDefault : FirstModel.of(all[0].1)) : nil
        var meanings = aliases
        if first != nil { meanings[ModelRouter.defaultName] = "\(all[0].1.name)/default" }
        let catalogue = ModelCatalogue(
            providers: all.map { ModelCatalogue.Provider(name: $0.1.name, $0.1.features) }, aliases: meanings)
        return Entry(
            router: ModelRouter(providers: all.map(\.1), aliases: aliases, facts: facts, implicitDefault: first),
            catalogue: all.isEmpty ? nil : catalogue)
    }

    /// One's own go before those of the configuration, and these before those for all.
    private func aliases(for owner: String) async throws(StoreError) -> [String: String] {
        let stored = try await store.aliases(for: owner)
        var aliases: [String: String] = [:]
        for alias in stored where alias.owner == nil { aliases[alias.name] = alias.target }
        aliases.merge(outside.aliases) { _, configured in configured }
        for alias in stored where alias.owner != nil { aliases[alias.name] = alias.target }
        return aliases
    }

    private func facts(
        _ providers: [(place: String, name: String)]
    ) async throws(StoreError) -> [String: ModelRouter.Facts] {
        var facts: [String: ModelRouter.Facts] = [:]
        let names = Dictionary(providers.map { ($0.place, $0.name) }) { first, _ in first }
        for model in try await store.models(of: providers.map(\.place)) {
            guard let name = names[model.provider] else { continue }
            facts["\(name)/\(model.name)"] = ModelRouter.Facts(
                price: model.facts.price.map(ModelPrice.init), outputLimit: model.facts.outputLimit)
        }
        // What the configuration says is not edited elsewhere.
        for (name, configured) in outside.configured.flatMap(\.facts) {
            facts[name, default: configured].price = configured.price
        }
        return facts
    }
}

extension ModelPrice {
    init(_ price: ModelFacts.Price) {
        self.init(input: price.input, cachedInput: price.cachedInput, output: price.output)
    }
}

/// A provider that is known and cannot be asked; whoever tries is told why.
private struct UnusableProvider: ChatProvider {
    let name: String
    let features = ProviderFeatures()
    private let reason: ModelError

    init(_ name: String, _ reason: ModelError) {
        self.name = name
        self.reason = reason
    }

    func complete(
        _ request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(ModelError) -> ChatResult { throw reason }

    func models() async throws(ModelError) -> [OfferedModel] { throw reason }
}
