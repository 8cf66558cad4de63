import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryStore

extension API {
    /// Makes the first account.
    func setUp(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["token", "name", "email", "password"])
        let cookie = try Self.cookieName(request)
        let token = try Self.text(members, "token")
        let new = try Self.newAccount(members)
        let place = Self.place(request)
        let signedIn = try await accounts { accounts throws(AccountError) in
            try await accounts.setUp(token: token, new, at: place)
        }
        return Self.signedIn(signedIn, cookie)
    }

    /// Begins a session: by name or address and password, or by a one-time token.
    func signIn(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["name", "password", "token"])
        let cookie = try Self.cookieName(request)
        let place = Self.place(request)
        if members["token"] != nil {
            guard members.count == 1 else { throw .invalid(field: "token", "must come without name and password") }
            let token = try Self.text(members, "token")
            let signedIn = try await accounts { accounts throws(AccountError) in
                try await accounts.signIn(token: token, at: place)
            }
            return Self.signedIn(signedIn, cookie)
        }
        let (name, password) = (try Self.text(members, "name"), try Self.text(members, "password"))
        let signedIn = try await accounts { accounts throws(AccountError) in
            try await accounts.signIn(name, password: password, at: place)
        }
        return Self.signedIn(signedIn, cookie)
    }

    /// Who asks.
    func getSession(_ request: APIRequest) async throws(APIProblem) -> Reply {
        guard let principal = request.principal else { throw APIProblem(.signInNeeded) }
        let kind: String
        switch principal.credential {
        case .installation: kind = "installation"
        case .key: kind = "access_key"
        case .session: kind = "session"
        }
        let scopes = AccessScope.allCases.filter(principal.scopes.contains).map { JSON.string($0.rawValue) }
        return .json([
            "account": [
                "id": .string(principal.owner), "name": .string(principal.name),
                "role": .string(principal.role.rawValue),
            ],
            "credential": .string(kind), "scopes": .array(scopes),
            "csrf_token": request.credentials.session.map { .string(SessionPolicy.forgeryToken(of: $0)) } ?? .null,
        ])
    }

    func signOut(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let id = try Self.currentSession(request)
        let actor = actor(request)
        try await accounts { accounts throws(AccountError) in try await accounts.end(id, by: actor) }
        let cookie = try Self.cookieName(request)
        return .empty(headers: [Self.cookie(cookie, token: "", seconds: 0)])
    }

    func listSessions(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let owner = ID<Account>(rawValue: request.owner)
        let sessions = try await accounts { accounts throws(AccountError) in try await accounts.sessions(of: owner) }
        let current = try? Self.currentSession(request)
        return .json([
            "items": .array(sessions.map { $0.json(isCurrent: $0.id == current) }), "next_cursor": nil,
        ])
    }

    func endSession(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let (id, actor) = (try request.identity(Session.self), actor(request))
        try await accounts { accounts throws(AccountError) in
            try await accounts.end(id, by: actor, as: .sessionRevoked)
        }
        return .empty()
    }
}

// MARK: - What goes with signing in

extension API {
    /// The session that the request was made by.
    static func currentSession(_ request: APIRequest) throws(APIProblem) -> ID<Session> {
        guard case .session(let id)? = request.principal?.credential else {
            throw APIProblem(.conflict, "this is not a session: nobody signed in", hint: "access keys are revoked")
        }
        return ID(rawValue: id)
    }

    /// The name of the cookie for this connection; refuses to give one that others could read.
    static func cookieName(_ request: APIRequest) throws(APIProblem) -> String {
        guard let name = request.peer.cookieName else {
            throw APIProblem(
                .notEncrypted, "nobody can sign in over a connection that others can read",
                hint: "use https, or an access key from a program")
        }
        return name
    }

    static func cookie(_ name: String, token: String, seconds: Int64) -> (name: String, value: String) {
        let secure = name == "cf-dev" ? "" : "; Secure"
        return (
            name: "Set-Cookie",
            value: "\(name)=\(token); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax\(secure)"
        )
    }

    static func signedIn(_ new: SignedIn, _ cookieName: String) -> Reply {
        .json(
            [
                "account": new.account.json, "session": new.session.json(isCurrent: true),
                "csrf_token": .string(SessionPolicy.forgeryToken(of: new.token)),
            ],
            status: 201,
            headers: [cookie(cookieName, token: new.token, seconds: SessionPolicy.absolute.components.seconds)])
    }

    static func place(_ request: APIRequest) -> SignInPlace {
        SignInPlace(address: request.peer.address, client: request.header("User-Agent") ?? "")
    }

    static func newAccount(_ members: JSONObject) throws(APIProblem) -> NewAccount {
        NewAccount(
            name: try text(members, "name"), email: try optionalText(members, "email"),
            password: try text(members, "password"))
    }

    /// The text of a member that must be there.
    static func text(_ members: JSONObject, _ name: String) throws(APIProblem) -> String {
        guard let text = try optionalText(members, name) else { throw .invalid(field: name, "is missing") }
        return text
    }

    /// The text of a member; nil where it is not there or null.
    static func optionalText(_ members: JSONObject, _ name: String) throws(APIProblem) -> String? {
        guard let value = members[name], !value.isNull else { return nil }
        guard let text = value.stringValue else { throw .invalid(field: name, "must be text, not a \(value.kindName)") }
        return text
    }
}
