import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryStore

extension API {
    /// The caller's keys; those of everybody for the operator of the installation.
    func listKeys(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let isOperator = request.principal?.credential == .installation
        let account = isOperator ? nil : ID<Account>(rawValue: request.owner)
        let keys = try await stored { () throws(StoreError) in
            try await services.access.accounts.store.keys(of: account)
        }
        return .json(["items": .array(keys.map(\.json)), "next_cursor": nil])
    }

    /// Makes a key. It is shown once.
    func createKey(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["name", "scopes", "pipelines", "expires_in_days"])
        let name = try Self.text(members, "name")
        let scopes = try Self.scopes(members)
        let pipelines = try Self.texts(members, "pipelines")
        var days = Accounts.keyDays
        if let value = members["expires_in_days"] {
            guard let number = value.intValue.flatMap({ Int(exactly: $0) }) else {
                throw .invalid(field: "expires_in_days", "must be a whole number")
            }
            days = number
        }
        let (lifetime, owner, actor) = (days, ID<Account>(rawValue: request.owner), actor(request))
        let found = try await stored { () throws(StoreError) in
            try await services.access.accounts.store.account(owner)
        }
        guard let account = found else {
            throw APIProblem(
                .conflict, "the key of the installation belongs to no account, so it has no keys",
                hint: "factory key create --owner NAME makes one for an account")
        }
        // A key makes none that may more than itself.
        if let scope = scopes.first(where: { request.principal?.scopes.contains($0) != true }) {
            throw APIProblem(.scopeMissing(scope))
        }
        let key = try await accounts { accounts throws(AccountError) in
            try await accounts.createKey(
                for: account, name: name, scopes: scopes, pipelines: pipelines, days: lifetime, by: actor)
        }
        guard case .object(var shown) = key.record.json else { return .empty() }
        shown["key"] = .string(key.text)
        return .json(.object(shown), status: 201)
    }

    func revokeKey(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let (id, actor) = (try request.identity(AccessKey.self), actor(request))
        try await accounts { accounts throws(AccountError) in try await accounts.revoke(id, by: actor) }
        return .empty()
    }

    private static func scopes(_ members: JSONObject) throws(APIProblem) -> [AccessScope] {
        let known = AccessScope.allCases.map(\.rawValue).joined(separator: ", ")
        var scopes: [AccessScope] = []
        for text in try texts(members, "scopes") ?? [] {
            guard let scope = AccessScope(rawValue: text) else {
                throw .invalid(field: "scopes", "must be a list of \(known)")
            }
            scopes.append(scope)
        }
        return scopes
    }

    private static func texts(_ members: JSONObject, _ name: String) throws(APIProblem) -> [String]? {
        guard let value = members[name], !value.isNull else { return nil }
        let texts = (value.arrayValue ?? []).compactMap(\.stringValue)
        guard let list = value.arrayValue, list.count == texts.count else {
            throw .invalid(field: name, "must be a list of texts")
        }
        return texts
    }
}
