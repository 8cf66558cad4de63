import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryStore

extension API {
    func listUsers(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let limit = try request.limit()
        var after: String?
        if let cursor = request.query("cursor") {
            guard let name = Cursor.value(cursor)?["after"]?.stringValue else {
                throw .invalid(parameter: "cursor", "is none that this list gave")
            }
            after = name
        }
        let place = after
        var page = try await stored { () throws(StoreError) in
            try await services.access.accounts.store.accounts(after: place, limit: limit + 1)
        }
        let hasMore = page.count > limit
        if hasMore { page.removeLast() }
        let next = hasMore ? page.last.map { Cursor.text(["after": .string($0.name)]) } : nil
        return .json(["items": .array(page.map(\.json)), "next_cursor": next.map(JSON.string) ?? .null])
    }

    func createUser(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["name", "email", "role", "password"])
        let (name, email) = (try Self.text(members, "name"), try Self.optionalText(members, "email"))
        let (role, password) = (try Self.role(members) ?? .member, try Self.optionalText(members, "password"))
        let actor = actor(request)
        let account = try await accounts { accounts throws(AccountError) in
            try await accounts.create(name: name, email: email, role: role, password: password, by: actor)
        }
        return .json(
            account.json, status: 201, headers: [(name: "Location", value: "/api/v1/users/\(account.id)")])
    }

    func getUser(_ request: APIRequest) async throws(APIProblem) -> Reply {
        .json(try await account(request).json)
    }

    func changeUser(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["name", "email", "role", "disabled"])
        let id = try request.identity(Account.self)
        var changes = AccountChanges(name: try Self.optionalText(members, "name"), role: try Self.role(members))
        if members["email"] != nil { changes.email = .some(try Self.optionalText(members, "email")) }
        if let value = members["disabled"] {
            guard let flag = value.boolValue else { throw .invalid(field: "disabled", "must be true or false") }
            changes.isDisabled = flag
        }
        guard request.principal?.role == .admin || (changes.role == nil && changes.isDisabled == nil) else {
            throw APIProblem(.adminsOnly)
        }
        let (wanted, actor) = (changes, actor(request))
        let account = try await accounts { accounts throws(AccountError) in
            try await accounts.change(id, wanted, by: actor)
        }
        return .json(account.json)
    }

    func removeUser(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let (id, actor) = (try request.identity(Account.self), actor(request))
        var heir: ID<Account>?
        if let text = request.query("transfer_to") {
            guard let parsed = ID<Account>(parsing: text) else {
                throw .invalid(parameter: "transfer_to", "must be the id of an account")
            }
            heir = parsed
        }
        let receiver = heir
        try await accounts { accounts throws(AccountError) in
            try await accounts.remove(id, heir: receiver, by: actor)
        }
        return .empty()
    }

    /// Sets a password. Who sets their own has to know the one until now, and goes on with the same session under
    /// another token.
    func setPassword(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["password", "current"])
        let id = try request.identity(Account.self)
        let (password, current) = (try Self.text(members, "password"), try Self.optionalText(members, "current"))
        let session = id.rawValue == request.owner ? try? Self.currentSession(request) : nil
        let (actor, address, isOwn) = (actor(request), request.peer.address, id.rawValue == request.owner)
        try await accounts { accounts throws(AccountError) in
            try await accounts.setPassword(
                of: id, to: password, current: current, isOwn: isOwn, from: address, keeping: session, by: actor)
        }
        guard let session else { return .empty() }
        let token = try await accounts { accounts throws(AccountError) in try await accounts.rotate(session) }
        let cookie = Self.cookie(
            try Self.cookieName(request), token: token, seconds: SessionPolicy.absolute.components.seconds)
        return .json(["csrf_token": .string(SessionPolicy.forgeryToken(of: token))], headers: [cookie])
    }

    func account(_ request: APIRequest) async throws(APIProblem) -> AccountRecord {
        let id = try request.identity(Account.self)
        let found = try await stored { () throws(StoreError) in
            try await services.access.accounts.store.account(id)
        }
        guard let found else { throw APIProblem(.notThere) }
        return found
    }

    static func role(_ members: JSONObject) throws(APIProblem) -> AccountRole? {
        guard let text = try optionalText(members, "role") else { return nil }
        guard let role = AccountRole(rawValue: text) else { throw .invalid(field: "role", "must be admin or member") }
        return role
    }
}
