import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryJSON
import HTTPTypes
import HummingbirdCore

extension API {
    /// Makes a link by which somebody makes an account, or sets a new password. It is shown once.
    func createInvitation(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["kind", "role", "email", "account"])
        let actor = actor(request)
        let link: OneTimeLink
        switch try Self.optionalText(members, "kind") ?? "invite" {
        case "invite":
            guard members["account"] == nil else {
                throw .invalid(field: "account", "is for links of kind reset: this one makes an account")
            }
            let (role, email) = (try Self.role(members) ?? .member, try Self.optionalText(members, "email"))
            link = try await accounts { accounts throws(AccountError) in
                try await accounts.invite(role, email: email, by: actor)
            }
        case "reset":
            guard members["role"] == nil, members["email"] == nil else {
                throw .invalid(field: "account", "alone goes with a link of kind reset")
            }
            let text = try Self.text(members, "account")
            guard let id = ID<Account>(parsing: text) else {
                throw .invalid(field: "account", "must be the id of an account")
            }
            link = try await accounts { accounts throws(AccountError) in
                try await accounts.resetLink(for: id, by: actor)
            }
        default: throw .invalid(field: "kind", "must be invite or reset")
        }
        let record = link.record
        // Behind `#` it is sent to no server and stands in no log.
        let page = "\(request.peer.isSecure ? "https" : "http")://\(request.raw.head.authority ?? "")"
        return .json(
            [
                "id": .string(record.id.rawValue), "kind": .string(record.kind.rawValue),
                "role": record.role.map { .string($0.rawValue) } ?? .null,
                "email": record.email.map(JSON.string) ?? .null,
                "account": record.account.map { .string($0.rawValue) } ?? .null,
                "expires_at": .string(record.expiresAt.description), "token": .string(link.token),
                "url": .string("\(page)/invitation#\(link.token)"),
            ], status: 201)
    }

    /// Tells whoever has a link what it is for, and uses nothing up.
    func lookAtInvitation(_ request: APIRequest) async throws(APIProblem) -> Reply {
        try services.access.limits.checkLook(from: request.peer.address)
        let token = try Self.text(try request.members(known: ["token"]), "token")
        let look = try await accounts { accounts throws(AccountError) in try await accounts.look(token) }
        return .json([
            "kind": .string(look.isReset ? "reset" : "invitation"), "name": look.name.map(JSON.string) ?? .null,
            "expires_at": .string(look.expiresAt.description),
        ])
    }

    /// Makes the account or sets the password that a link is for, and signs in.
    func acceptInvitation(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["token", "name", "email", "password"])
        let cookie = try Self.cookieName(request)
        let (token, place) = (try Self.text(members, "token"), Self.place(request))
        let found = try await accounts { accounts throws(AccountError) in try await accounts.invitation(token) }
        guard let invitation = found else { throw APIProblem(AccountError.tokenInvalid) }
        if invitation.kind == .reset {
            let password = try Self.text(members, "password")
            let signedIn = try await accounts { accounts throws(AccountError) in
                try await accounts.accept(reset: invitation, password: password, at: place)
            }
            return Self.signedIn(signedIn, cookie)
        }
        let new = try Self.newAccount(members)
        let signedIn = try await accounts { accounts throws(AccountError) in
            try await accounts.accept(invitation, new, at: place)
        }
        return Self.signedIn(signedIn, cookie)
    }
}
