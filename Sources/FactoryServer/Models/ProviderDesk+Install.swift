import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryHTTP
import FactoryJSON
import FactoryStore

extension ProviderDesk {
    func localModel() async -> JSON { installation.json }

    func cancelLocalModel() async -> JSON { await installation.cancel() }

    /// Installs the model, starts it, and adds it for all as the operator who asked would.
    func installLocalModel(
        port: Int?, for caller: Principal, added: @escaping @Sendable (JSON) async throws(APIProblem) -> Void
    ) async throws(APIProblem) -> JSON {
        guard caller.role == .admin, caller.scopes.contains(.admin) else { throw .forAdmins }
        return try installation.begin(port: port ?? LocalModel.standardPort) { url throws(APIProblem) in
            if let provider = try await addLocal(url, for: caller) { try await added(provider) }
        }
    }

    /// The provider that was added; nil where everybody has one at this endpoint.
    private func addLocal(_ url: String, for caller: Principal) async throws(APIProblem) -> JSON? {
        let records = try await stored { store throws(StoreError) in try await store.providers(for: nil) }
            .filter { $0.owner == nil }
        let known = records.map(\.baseURL) + directory.outside.configured.map(\.configuration.baseURL)
        guard !known.contains(where: { Self.isSameEndpoint($0, url) }) else { return nil }
        let taken = Set(records.map(\.name) + directory.outside.configured.map(\.configuration.name))
        var (name, number) = ("local", 1)
        while taken.contains(name) {
            number += 1
            name = "local-\(number)"
        }
        return try await add(
            ProviderDraft(name: name, kind: "openai", baseURL: url, isForAll: true, admits: true), as: ids.make(),
            for: caller)
    }
}
