import FactoryAPI
import FactoryAccess
import FactoryDefinition
import FactoryDomain
import FactoryHTTP
import FactoryJSON
import FactoryLLM
import FactoryNetwork
import FactoryStore

/// Model providers as the API offers them: who may add, change and ask which.
struct ProviderDesk: ProviderServices {
    /// Providers that one account, or the installation for all, may have.
    static let maxProviders = 100

    let directory: ModelDirectory
    let ids: IDGenerator
    let now: @Sendable () -> Timestamp
    let looks: DiscoveryLooks
    let probe: LoopbackProbe
    let installation: LocalInstallation

    var store: any ProviderStore { directory.store }

    func catalogue(for owner: String) async -> ModelCatalogue? { await directory.catalogue(for: owner) }

    // MARK: - Reading

    func providers(for caller: Principal) async throws(APIProblem) -> [JSON] {
        let places = try await places(for: caller)
        let counts = try await stored { store throws(StoreError) in
            Dictionary(grouping: try await store.models(of: places.map(\.id)), by: \.provider).mapValues(\.count)
        }
        return places.map { $0.json(models: counts[$0.id] ?? 0, health: directory.outside.health, for: caller) }
    }

    func provider(_ id: String, for caller: Principal) async throws(APIProblem) -> JSON {
        try await shown(try await place(id, for: caller), for: caller)
    }

    func shown(_ place: ProviderPlace, for caller: Principal) async throws(APIProblem) -> JSON {
        let count = try await stored { store throws(StoreError) in try await store.models(of: [place.id]).count }
        return place.json(models: count, health: directory.outside.health, for: caller)
    }

    /// The providers that the caller's runs may use: their own, those of the configuration, those for all.
    func places(for caller: Principal) async throws(APIProblem) -> [ProviderPlace] {
        let records = try await stored { store throws(StoreError) in try await store.providers(for: caller.owner) }
        return records.filter { $0.owner != nil }.map(ProviderPlace.stored)
            + directory.outside.configured.map(ProviderPlace.configured)
            + records.filter { $0.owner == nil }.map(ProviderPlace.stored)
    }

    func place(_ id: String, for caller: Principal) async throws(APIProblem) -> ProviderPlace {
        if let configured = directory.outside.configured.first(where: { $0.place == id }) {
            return .configured(configured)
        }
        guard let parsed = ID<ProviderRecord>(parsing: id) else { throw .noProvider(id) }
        let record = try await stored { store throws(StoreError) in try await store.provider(parsed) }
        guard record.owner == nil || record.owner == caller.owner else { throw .noProvider(id) }
        return .stored(record)
    }

    /// A provider that the caller may change.
    func editable(_ id: String, for caller: Principal) async throws(APIProblem) -> ProviderRecord {
        switch try await place(id, for: caller) {
        case .configured(let configured):
            throw APIProblem(
                .conflict, "the provider \(configured.configuration.name) stands in the configuration of this server",
                hint: "change config.yaml or the environment, and start the server anew")
        case .stored(let record):
            guard record.owner == caller.owner || caller.role == .admin else { throw APIProblem.forAdmins }
            return record
        }
    }

    func stored<Value: Sendable>(
        _ body: (any ProviderStore) async throws(StoreError) -> Value
    ) async throws(APIProblem) -> Value {
        do throws(StoreError) { return try await body(store) } catch {
            switch error {
            case .nameTaken(let name):
                throw APIProblem(.nameTaken, "another provider is named \(name)", hint: "choose another name")
            case .notFound(let kind, let id): throw APIProblem(.notFound, "there is no \(kind) \(id)")
            case .otherKey:
                throw APIProblem(.conflict, "the master key was replaced meanwhile", hint: "try again")
            case .changed:
                throw APIProblem(.conflict, "the provider was changed meanwhile", hint: "look at it and try again")
            case .diskFull:
                throw APIProblem(.storageFull, "the disk is full; nothing was lost", hint: "free some space")
            default: throw APIProblem(.unavailable, "the store is out of reach")
            }
        }
    }
}

extension APIProblem {
    static let forAdmins = APIProblem(.forbidden, "what is for all accounts is changed by admins")

    static func noProvider(_ id: String) -> APIProblem {
        APIProblem(.notFound, "there is no provider \(id.prefix(80)), or it is not yours to see")
    }

    /// A member of a request with a value that is not taken.
    static func unusable(_ field: String, _ rule: String, hint: String? = nil) -> APIProblem {
        APIProblem(
            .invalidField, "\(field) \(rule)", hint: hint,
            errors: [
                APIProblem.Entry(
                    path: field, code: APIProblemCode.invalidField.rawValue, message: "\(field) \(rule)", hint: hint)
            ])
    }
}
