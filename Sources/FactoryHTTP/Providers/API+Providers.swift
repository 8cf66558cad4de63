import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryStore

extension API {
    func listProviders(_ request: APIRequest) async throws(APIProblem) -> Reply {
        .json(["items": .array(try await services.providers.providers(for: try caller(request)))])
    }

    func getProvider(_ request: APIRequest) async throws(APIProblem) -> Reply {
        .json(try await services.providers.provider(request.parameter("id"), for: try caller(request)))
    }

    func createProvider(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["name", "kind", "base_url", "key", "for_all", "admit"])
        let draft = ProviderDraft(
            name: try text(members, "name"), kind: try text(members, "kind"), baseURL: try text(members, "base_url"),
            key: try key(members), isForAll: try flag(members, "for_all") ?? false,
            admits: try flag(members, "admit") ?? false)
        let caller = try caller(request)
        return try await once(request, ProviderRecord.self) { id throws(APIProblem) in
            let provider = try await services.providers.add(draft, as: id, for: caller)
            try await audit(provider, after: nil, request)
            return .json(provider, status: 201, headers: [(name: "Location", value: "/api/v1/providers/\(id)")])
        }
    }

    func changeProvider(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["name", "kind", "base_url", "key", "admit"])
        let draft = ProviderDraft(
            name: try text(members, "name"), kind: try text(members, "kind"), baseURL: try text(members, "base_url"),
            key: try key(members), admits: try flag(members, "admit") ?? false)
        let (id, caller) = (request.parameter("id"), try caller(request))
        let before = try await services.providers.provider(id, for: caller)
        let provider = try await services.providers.change(id, draft, for: caller)
        try await audit(provider, after: before, request)
        return .json(provider)
    }

    func removeProvider(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let (id, caller) = (request.parameter("id"), try caller(request))
        let before = try await services.providers.provider(id, for: caller)
        try await services.providers.remove(id, for: caller)
        try await audit(nil, after: before, request)
        return .empty()
    }

    func testProvider(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["model"])
        return .json(
            try await services.providers.test(
                request.parameter("id"), model: try text(members, "model"), for: try caller(request)))
    }

    func findProviders(_ request: APIRequest) async throws(APIProblem) -> Reply {
        .json(["items": .array(try await services.providers.found(for: try caller(request)))])
    }

    func admitProvider(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["base_url", "name", "for_all"])
        guard let baseURL = try text(members, "base_url") else {
            throw .invalid(field: "base_url", "must be one that `GET /api/v1/providers/found` lists")
        }
        let draft = FoundDraft(
            baseURL: baseURL, name: try text(members, "name"), isForAll: try flag(members, "for_all") ?? true)
        let caller = try caller(request)
        return try await once(request, ProviderRecord.self) { id throws(APIProblem) in
            let provider = try await services.providers.admit(draft, as: id, for: caller)
            try await audit(provider, after: nil, request)
            return .json(provider, status: 201, headers: [(name: "Location", value: "/api/v1/providers/\(id)")])
        }
    }

    /// Who asks; rules of these routes let nobody else in.
    func caller(_ request: APIRequest) throws(APIProblem) -> Principal {
        guard let principal = request.principal else { throw APIProblem(.signInNeeded) }
        return principal
    }

    func text(_ members: JSONObject, _ name: String) throws(APIProblem) -> String? {
        guard let value = members[name] else { return nil }
        guard let text = value.stringValue, !text.isEmpty else { throw .invalid(field: name, "must be a text") }
        return text
    }

    func flag(_ members: JSONObject, _ name: String) throws(APIProblem) -> Bool? {
        guard let value = members[name] else { return nil }
        guard let flag = value.boolValue else { throw .invalid(field: name, "must be true or false") }
        return flag
    }

    private func key(_ members: JSONObject) throws(APIProblem) -> ProviderDraft.Key {
        switch members["key"] {
        case nil: return .keep
        case .null: return .remove
        case .string(let key)
        where (1...4_096).contains(key.utf8.count) && key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }):
            return .set(key)
        default: throw .invalid(field: "key", "must be a text of printable characters without spaces, or null for none")
        }
    }
}
