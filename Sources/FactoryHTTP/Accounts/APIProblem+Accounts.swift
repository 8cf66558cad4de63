import FactoryAPI
import FactoryAccess
import FactoryJSON
import FactoryStore

extension APIProblem {
    /// What an error about accounts means to a client.
    init(_ error: AccountError) {
        switch error {
        case .invalid(let field, let rule): self = .invalid(field: field, rule)
        case .nameTaken(let name):
            self.init(.nameTaken, "the name \(name) is taken", hint: "choose another name, or rename one of the two")
        case .wrongCredentials:
            self.init(
                .wrongCredentials, "name and password do not belong together",
                hint: "who has forgotten the password asks an admin for a reset link")
        case .tokenInvalid:
            self.init(
                .oneTimeTokenInvalid, "the token is not known, was used, or is too old",
                hint: "ask for a new link; the token of the first start is printed anew at each start")
        case .alreadySetUp: self.init(.conflict, "the first account was made already", hint: "sign in")
        case .throttled(let seconds): self = .tooOften(seconds, "tries to sign in")
        case .busy:
            self.init(
                .unavailable, "too many people sign in at once", headers: [(name: "Retry-After", value: "2")])
        case .refused(let outcome): self.init(outcome)
        case .notFound: self.init(.notFound, "there is nothing of this id, or it is not yours to see")
        // The place of the key is a path of the host.
        case .sealed:
            self.init(
                .masterKeyUnavailable, "what was sealed before there were accounts cannot be given to this one",
                hint: "put the master key back, then try again; `factory doctor` on the server's machine says more")
        case .store(let error): self.init(error)
        }
    }

    private init(_ outcome: AccountOutcome) {
        switch outcome {
        case .lastAdmin:
            self.init(
                .conflict, "somebody has to be admin, and this is the last", hint: "make another account admin first")
        case .ownsThings(let counts):
            let things = counts.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }
            self.init(
                .conflict, "the account owns things: \(things.joined(separator: ", "))",
                hint: "name the account that gets them: ?transfer_to=usr_…",
                members: [
                    "things": .object(
                        JSONObject(counts.sorted { $0.key < $1.key }.map { ($0.key, .int(Int64($0.value))) }))
                ])
        case .runsUnfinished(let count):
            self.init(.conflict, "\(count) of its runs have not ended", hint: "cancel them, or wait")
        case .done, .missing: self.init(.notFound, "there is nothing of this id, or it is not yours to see")
        }
    }
}

extension API {
    /// What the accounts give, or the problem that their error is.
    func accounts<Value: Sendable>(
        _ body: (Accounts) async throws(AccountError) -> Value
    ) async throws(APIProblem) -> Value {
        do throws(AccountError) { return try await body(services.access.accounts) } catch { throw APIProblem(error) }
    }

    /// Who asks, for the audit log.
    func actor(_ request: APIRequest) -> AuditActor {
        AuditActor(request.principal, address: request.peer.address)
    }
}
