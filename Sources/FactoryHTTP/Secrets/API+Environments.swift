import FactoryAPI
import FactoryDomain
import FactoryJSON
import FactorySecrets
import FactoryStore

/// Environments of the caller: names under which secrets and variables have values of their own.
extension API {
    func listEnvironments(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let records = try await stored { () throws(StoreError) in
            try await services.secrets.store.environments(of: request.owner)
        }
        return try request.page(records, key: { ($0.name, "") }, json: Self.json)
    }

    func getEnvironment(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await environment(request)
        return .json(Self.json(record), headers: APIRequest.tag(record.version))
    }

    func putEnvironment(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["description"])
        let description = try request.text("description", of: members)
        let name = request.parameter("name")
        let known = try await stored { () throws(StoreError) in
            try await services.secrets.store.environment(name, of: request.owner)
        }
        let version = try request.expectedVersion(known?.version)
        let record = try await kept { () throws(SecretError) in
            try await services.secrets.values.variables.putEnvironment(
                name, of: request.owner, description: description, version: version)
        }
        return Self.answer(Self.json(record), version: record.version)
    }

    /// Removes an environment with the values it has.
    func removeEnvironment(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let known = try await environment(request)
        let version = try request.expectedVersion(known.version)
        try await stored { () throws(StoreError) in
            try await services.secrets.store.removeEnvironment(known.name, of: request.owner, version: version)
        }
        return .empty()
    }

    private func environment(_ request: APIRequest) async throws(APIProblem) -> EnvironmentRecord {
        let name = request.parameter("name")
        let found = try await stored { () throws(StoreError) in
            try await services.secrets.store.environment(name, of: request.owner)
        }
        guard let found else { throw APIProblem(.notFound, "there is no environment \(name.prefix(80))") }
        return found
    }

    private static func json(_ record: EnvironmentRecord) -> JSON {
        [
            "name": .string(record.name),
            "description": record.description.map(JSON.string) ?? .null,
            "secret_count": .int(Int64(record.secretCount)),
            "variable_count": .int(Int64(record.variableCount)),
            "version": .int(record.version),
            "created_at": .string(record.createdAt.description),
            "updated_at": .string(record.updatedAt.description),
        ]
    }
}
