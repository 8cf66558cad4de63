import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryHTTP
import FactoryJSON
import FactoryLLM
import FactoryNetwork
import FactoryStore

extension ProviderDesk {
    func found(for caller: Principal) async throws(APIProblem) -> [JSON] {
        let places = try await places(for: caller)
        return await probed().map { found in
            let url = found.candidate.baseURL
            let known = places.first { Self.isSameEndpoint($0.baseURL, url) }
            return [
                "name": .string(found.candidate.name), "kind": .string(found.candidate.kind.rawValue),
                "base_url": .string(url), "models": .array(found.models.map { .string($0.name) }),
                "provider": known.map { .string($0.id) } ?? .null,
            ]
        }
    }

    /// Adds a server that was found: one request opens its endpoint, and says who did so and when.
    func admit(
        _ draft: FoundDraft, as id: ID<ProviderRecord>, for caller: Principal
    ) async throws(APIProblem) -> JSON {
        guard let found = await probed().first(where: { $0.candidate.baseURL == draft.baseURL }) else {
            throw APIProblem(
                .notFound, "no model server is found at \(draft.baseURL.prefix(200)) now",
                hint: "`GET /api/v1/providers/found` lists those that are; others are added as providers")
        }
        return try await add(
            ProviderDraft(
                name: draft.name ?? found.candidate.name, kind: found.candidate.kind.rawValue,
                baseURL: found.candidate.baseURL, isForAll: draft.isForAll, admits: true), as: id, for: caller)
    }

    private func probed() async -> [LoopbackProbe.Found] {
        await probe.found(exceptPorts: directory.outside.egress.policy.ownPorts)
    }

    static func isSameEndpoint(_ left: String, _ right: String) -> Bool {
        guard let left = try? OutboundURL(parsing: left), let right = try? OutboundURL(parsing: right) else {
            return false
        }
        return left.port == right.port && (left.host == right.host || left.isLoopback && right.isLoopback)
    }
}
