import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryHTTP
import FactoryJSON
import FactoryLLM
import FactoryNetwork
import FactoryStore

extension ProviderDesk {
    func models(for caller: Principal, refreshes: Bool) async throws(APIProblem) -> JSON {
        let places = try await places(for: caller)
        let unasked = try await unasked(places)
        let failures = await withTaskGroup(of: (String, ModelError?).self) { group in
            for place in places where refreshes || unasked.contains(place.id) {
                group.addTask {
                    do throws(ModelError) {
                        try await discover(place)
                        return (place.name, nil)
                    } catch { return (place.name, error) }
                }
            }
            var failures: [(String, ModelError)] = []
            for await (name, error) in group { if let error { failures.append((name, error)) } }
            return failures.sorted { $0.0 < $1.0 }
        }
        let aliases = try await aliases(for: caller)
        let records = try await stored { store throws(StoreError) in try await store.models(of: places.map(\.id)) }
        let byID = Dictionary(places.map { ($0.id, $0) }) { first, _ in first }
        return [
            "items": .array(
                records.compactMap { record in
                    byID[record.provider].map { self.json(record, at: $0, aliases: aliases, for: caller) }
                }),
            "aliases": .array(aliases.map(\.json)),
            "unreachable": .array(
                failures.map { ["provider": .string($0.0), "error": $0.1.json] }),
        ]
    }

    func changeModel(_ id: String, _ patch: JSONObject, for caller: Principal) async throws(APIProblem) -> JSON {
        guard let parsed = ID<ModelRecord>(parsing: id) else { throw .noModel(id) }
        var record = try await stored { store throws(StoreError) in try await store.model(parsed) }
        let place: ProviderPlace
        do throws(APIProblem) { place = try await self.place(record.provider, for: caller) } catch {
            throw .noModel(id)
        }
        switch place {
        case .stored:
            guard place.isEditable(by: caller) else { throw .forAdmins }
        case .configured(let provider):
            guard caller.role == .admin else { throw .forAdmins }
            if patch["price"] != nil, provider.configuration.prices[record.name] != nil {
                throw APIProblem(
                    .conflict, "the price of \(record.name) stands in the configuration of this server",
                    hint: "change it in config.yaml")
            }
        }
        record.edited = try record.edited.patched(with: patch)
        let new = record
        try await stored { store throws(StoreError) in
            try await store.edit(new.id, new.edited)
            try await directory.changed()
        }
        return json(new, at: place, aliases: try await aliases(for: caller), for: caller)
    }

    /// Asks a provider for its models and keeps what it says.
    @discardableResult
    func discover(_ place: ProviderPlace) async throws(ModelError) -> [OfferedModel] {
        var limits = ProviderConnection.standardLimits
        limits.firstByte = .seconds(3)
        let provider: any ChatProvider =
            switch place {
            case .stored(let record): directory.connect(record, limits: limits)
            case .configured(let configured): configured.provider(limits: limits, directory.outside)
            }
        looks.note(place.id, at: now())
        let offered = try await provider.models()
        let moment = now()
        let records = offered.prefix(Self.maxModels).map { model in
            ModelRecord(
                id: ids.make(), provider: place.id, name: model.name,
                offered: ModelFacts(
                    context: model.context, outputLimit: model.outputLimit,
                    capabilities: model.capabilities?.map(\.rawValue)), seenAt: moment)
        }
        do throws(StoreError) {
            try await store.keep(records, of: place.id)
            try await directory.changed()
        } catch {
            throw ModelError(.serverError, "The models of \(place.name) could not be kept: \(error).")
        }
        return offered
    }

    /// The most models that are kept of one provider.
    static let maxModels = 2_000

    /// Providers of which nothing is known yet, but for those that were asked a moment ago and did not answer.
    private func unasked(_ places: [ProviderPlace]) async throws(APIProblem) -> Set<String> {
        let known = try await stored { store throws(StoreError) in
            Set(try await store.models(of: places.map(\.id)).map(\.provider))
        }
        let moment = now()
        return Set(places.map(\.id).filter { !known.contains($0) && looks.isDue($0, at: moment) })
    }

    private func json(
        _ record: ModelRecord, at place: ProviderPlace, aliases: [ShownAlias], for caller: Principal
    ) -> JSON {
        let qualified = "\(place.name)/\(record.name)"
        var object: JSONObject = [
            "id": .string(record.id.rawValue), "name": .string(qualified), "model": .string(record.name),
            "provider": ["id": .string(place.id), "name": .string(place.name)],
        ]
        var facts = record.facts
        if case .configured(let provider) = place, let price = provider.configuration.prices[record.name] {
            // The configuration names no day for its prices: it holds as long as it stands there.
            facts.price = ModelFacts.Price(
                input: price.input, cachedInput: price.cachedInput, output: price.output, asOf: "")
        }
        for (name, value) in facts.json.objectValue ?? [:] { object[name] = value }
        if facts.price?.asOf.isEmpty == true, var price = object["price"]?.objectValue {
            price["as_of"] = .null
            object["price"] = .object(price)
        }
        let edited = (record.edited.json.objectValue ?? [:]).filter { !$0.value.isNull }.map(\.key)
        object["edited"] = .array(edited.map(JSON.string))
        object["seen_at"] = .string(record.seenAt.description)
        object["aliases"] = .array(aliases.filter { $0.target == qualified && $0.holds }.map { .string($0.name) })
        object["health"] = directory.outside.health.report(of: "\(place.id)/\(record.name)")?.json ?? .null
        return .object(object)
    }
}

extension APIProblem {
    static func noModel(_ id: String) -> APIProblem {
        APIProblem(.notFound, "there is no model \(id.prefix(80)), or it is not yours to see")
    }
}
