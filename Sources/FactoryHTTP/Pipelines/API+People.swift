import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryStore

extension APIRequest {
    /// Who looks at pipelines.
    var viewer: PipelineViewer {
        PipelineViewer(account: owner, isAdmin: principal?.role == .admin, among: principal?.pipelines)
    }

    /// What the caller may do with the pipeline that the path names; everything with one that it has just made.
    var pipelineRole: PipelineRole {
        guard case .pipeline(let role) = grant else { return .owner }
        return role
    }
}

extension API {
    /// Accounts as answers show them: `{"id", "name"}`, the name null where the account is gone.
    func people(_ ids: Set<String>) async throws(APIProblem) -> [String: JSON] {
        let names = try await stored { () throws(StoreError) in
            try await services.collaboration.accounts.names(of: ids)
        }
        return Dictionary(
            uniqueKeysWithValues: ids.map { id in
                (id, ["id": .string(id), "name": names[id].map(JSON.string) ?? .null] as JSON)
            })
    }

    /// The account that a request names, by id, name or e-mail address.
    func person(_ text: String, in field: String) async throws(APIProblem) -> NamedAccount {
        let found = try await stored { () throws(StoreError) in
            try await services.collaboration.accounts.account(text)
        }
        guard let found else { throw .invalid(field: field, "names no account of this installation") }
        return found
    }
}
