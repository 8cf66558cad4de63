import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactorySecrets
import FactoryStore

/// Secrets of the caller. A value goes in and never comes out again, for nobody.
extension API {
    func listSecrets(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let scope = try request.valueScope()
        let records = try await stored { () throws(StoreError) in
            try await services.secrets.store.secrets(of: request.owner, in: scope)
        }
        return try request.page(records, key: { $0.key.listed }, json: Self.json)
    }

    func getSecret(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let key = try request.valueKey()
        guard let record = try await secret(key) else { throw Self.missing("secret", key) }
        return .json(Self.json(record), headers: APIRequest.tag(record.version))
    }

    func putSecret(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["value", "hosts", "description", "environment"])
        let key = try request.valueKey(members)
        guard let value = try request.text("value", of: members) else {
            throw .invalid(field: "value", "is missing")
        }
        let draft = SecretDraft(
            value: value, hosts: try Self.hosts(members["hosts"]),
            description: try request.text("description", of: members))
        let version = try request.expectedVersion(try await secret(key)?.version)
        let record = try await kept { () throws(SecretError) in
            try await services.secrets.values.secrets.put(draft, at: key, version: version)
        }
        try await audit(.secretSet, request, on: key.name, Self.audited(record))
        return Self.answer(Self.json(record), version: record.version)
    }

    func removeSecret(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let key = try request.valueKey()
        guard let known = try await secret(key) else { throw Self.missing("secret", key) }
        let version = try request.expectedVersion(known.version)
        try await stored { () throws(StoreError) in
            try await services.secrets.store.removeSecret(key, version: version)
        }
        try await audit(
            .secretRemoved, request, on: key.name, ["environment": key.environment.map(JSON.string) ?? .null])
        return .empty()
    }

    private func secret(_ key: ValueKey) async throws(APIProblem) -> SecretRecord? {
        try await stored { () throws(StoreError) in try await services.secrets.store.secret(key) }
    }

    private static func hosts(_ json: JSON?) throws(APIProblem) -> [String] {
        switch json {
        case nil, .null: return []
        case .array(let elements):
            var hosts: [String] = []
            for (place, element) in elements.enumerated() {
                guard let host = element.stringValue else {
                    throw .invalid(field: "hosts[\(place)]", "must be text, not a \(element.kindName)")
                }
                hosts.append(host)
            }
            return hosts
        case let other?: throw .invalid(field: "hosts", "must be a list, not a \(other.kindName)")
        }
    }

    /// What the log says of a secret beside its name.
    private static func audited(_ record: SecretRecord) -> JSONObject {
        [
            "environment": record.key.environment.map(JSON.string) ?? .null,
            "hosts": .array(record.hosts.map(JSON.string)), "version": .int(record.version),
        ]
    }

    private static func json(_ record: SecretRecord) -> JSON {
        [
            "name": .string(record.key.name),
            "environment": record.key.environment.map(JSON.string) ?? .null,
            "hosts": .array(record.hosts.map(JSON.string)),
            "description": record.description.map(JSON.string) ?? .null,
            "version": .int(record.version),
            "created_at": .string(record.createdAt.description),
            "updated_at": .string(record.updatedAt.description),
            "last_used_at": record.usedAt.map { .string($0.description) } ?? .null,
        ]
    }
}

// MARK: - What secrets, variables and environments have in common

extension API {
    /// The refusal of a value that is not there.
    static func missing(_ kind: String, _ key: ValueKey) -> APIProblem {
        let place = key.environment.map { " in the environment \($0)" } ?? ""
        return APIProblem(.notFound, "there is no \(kind) \(key.name)\(place)")
    }

    /// What answers a change.
    static func answer(_ json: JSON, version: Int64) -> Reply {
        .json(json, status: version == 1 ? 201 : 200, headers: APIRequest.tag(version))
    }
}

extension ValueKey {
    /// Its place in lists.
    var listed: (name: String, place: String) { (name, environment ?? "") }
}
