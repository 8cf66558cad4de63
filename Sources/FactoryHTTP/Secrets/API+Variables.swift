import FactoryAPI
import FactoryDomain
import FactoryJSON
import FactorySecrets
import FactoryStore

/// Variables of the caller: plain values that documents refer to as `vars.NAME`.
extension API {
    func listVariables(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let scope = try request.valueScope()
        let records = try await stored { () throws(StoreError) in
            try await services.secrets.store.variables(of: request.owner, in: scope)
        }
        return try request.page(records, key: { $0.key.listed }, json: Self.json)
    }

    func getVariable(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let key = try request.valueKey()
        guard let record = try await variable(key) else { throw Self.missing("variable", key) }
        return .json(Self.json(record), headers: APIRequest.tag(record.version))
    }

    func putVariable(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["value", "description", "environment"])
        let key = try request.valueKey(members)
        guard let value = try request.text("value", of: members) else {
            throw .invalid(field: "value", "is missing")
        }
        let description = try request.text("description", of: members)
        let version = try request.expectedVersion(try await variable(key)?.version)
        let record = try await kept { () throws(SecretError) in
            try await services.secrets.values.variables.put(
                value, description: description, at: key, version: version)
        }
        return Self.answer(Self.json(record), version: record.version)
    }

    func removeVariable(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let key = try request.valueKey()
        guard let known = try await variable(key) else { throw Self.missing("variable", key) }
        let version = try request.expectedVersion(known.version)
        try await stored { () throws(StoreError) in
            try await services.secrets.store.removeVariable(key, version: version)
        }
        return .empty()
    }

    private func variable(_ key: ValueKey) async throws(APIProblem) -> VariableRecord? {
        try await stored { () throws(StoreError) in try await services.secrets.store.variable(key) }
    }

    private static func json(_ record: VariableRecord) -> JSON {
        [
            "name": .string(record.key.name),
            "environment": record.key.environment.map(JSON.string) ?? .null,
            "value": .string(record.value),
            "description": record.description.map(JSON.string) ?? .null,
            "version": .int(record.version),
            "created_at": .string(record.createdAt.description),
            "updated_at": .string(record.updatedAt.description),
        ]
    }
}
