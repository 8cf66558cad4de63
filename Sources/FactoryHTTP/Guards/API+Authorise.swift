import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryStore
import HTTPTypes

extension API {
    /// Who asks, by what the request shows; nil for nobody that is known.
    func principal(_ credentials: Credentials) async throws(APIProblem) -> Principal? {
        try await stored { () throws(StoreError) in
            try await services.access.authenticator.principal(for: credentials)
        }
    }

    /// What the caller may do with what the path names, or the refusal.
    func authorise(
        _ rule: AccessRule, for principal: Principal?, _ parameters: [String: String]
    ) async throws(APIProblem) -> Grant {
        let object: ObjectAccess
        switch rule {
        case .anyone, .signedIn, .admin: object = .missing
        case .pipeline: object = try await access(toPipeline: parameters["id"] ?? "", for: principal)
        case .run: object = try await access(toRun: parameters["id"].flatMap(ID<Run>.init(parsing:)))
        case .artifact: object = try await access(toRun: parameters["id"].flatMap(ArtifactID.init)?.run)
        case .account: object = parameters["id"].map(ObjectAccess.owned(by:)) ?? .missing
        case .session: object = try await owner(ofSession: parameters["id"] ?? "")
        case .accessKey: object = try await owner(ofKey: parameters["id"] ?? "")
        case .template: object = try await access(toTemplate: parameters["name"] ?? "")
        }
        do throws(Denial) {
            return try Authorisation.decide(rule, for: principal, on: object)
        } catch { throw APIProblem(error) }
    }

    /// Refuses a caller who may not see everything of the run `id`, as a route of that run would.
    func requireAll(of id: ID<Run>, for request: APIRequest) async throws(APIProblem) {
        _ = try await authorise(.run(.full, .read), for: request.principal, ["id": id.rawValue])
    }

    private func access(toPipeline text: String, for principal: Principal?) async throws(APIProblem) -> ObjectAccess {
        guard let id = ID<PipelineRecord>(parsing: text), let principal else { return .missing }
        let found = try await stored { () throws(StoreError) in
            try await services.access.objects.access(to: id, for: principal.owner)
        }
        return found.map(ObjectAccess.pipeline) ?? .missing
    }

    private func access(toTemplate name: String) async throws(APIProblem) -> ObjectAccess {
        let found = try await stored { () throws(StoreError) in
            try await services.templates.published.template(named: name)
        }
        return found.map { .template(owner: $0.owner) } ?? .missing
    }

    private func access(toRun id: ID<Run>?) async throws(APIProblem) -> ObjectAccess {
        guard let id else { return .missing }
        let found = try await stored { () throws(StoreError) in try await services.access.objects.access(to: id) }
        return found.map(ObjectAccess.run) ?? .missing
    }

    private func owner(ofSession text: String) async throws(APIProblem) -> ObjectAccess {
        guard let id = ID<Session>(parsing: text) else { return .missing }
        let found = try await stored { () throws(StoreError) in
            try await services.access.accounts.store.owner(of: id)
        }
        return found.map { .owned(by: $0.rawValue) } ?? .missing
    }

    private func owner(ofKey text: String) async throws(APIProblem) -> ObjectAccess {
        guard let id = ID<AccessKey>(parsing: text) else { return .missing }
        let found = try await stored { () throws(StoreError) in try await services.access.accounts.store.key(id) }
        return found.map { .owned(by: $0.account.id.rawValue) } ?? .missing
    }
}

extension APIProblem {
    /// What a denial means to a client.
    init(_ denial: Denial) {
        switch denial {
        case .signInNeeded:
            self.init(
                .unauthorized, "this needs somebody who signed in, or an access key",
                hint: "send `Authorization: Bearer cf_…`; the operator of the server has one in the file `token` in "
                    + "the data folder, others make theirs in the server",
                headers: [Credentials.challenge])
        case .scopeMissing(let scope):
            self.init(.forbidden, "the access key has not the scope `\(scope.rawValue)`")
        case .restricted:
            self.init(
                .forbidden, "the access key is restricted to some pipelines, and this is about none of them")
        case .adminsOnly: self.init(.forbidden, "this is for admins")
        case .roleMissing(let role):
            self.init(
                .forbidden, "this needs the role \(role.rawValue) on the pipeline",
                hint: role == .owner ? "ask its owner" : "its owner can share it with this role")
        case .notPublisher: self.init(.forbidden, "somebody else published this template")
        case .metadataOnly:
            self.init(
                .forbidden, "somebody else started this run; of it you may see when and how it ran, not what it holds")
        case .notThere: self.init(.notFound, "there is nothing of this id, or it is not yours to see")
        }
    }
}
