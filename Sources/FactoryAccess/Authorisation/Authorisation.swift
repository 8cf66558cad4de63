public import FactoryAPI
import FactoryDomain
public import FactoryStore

/// The one function that decides who may do what.
public enum Authorisation {
    /// Whether `principal` may use a route with `rule` on `object`. What no line here allows is denied.
    ///
    /// - Parameters:
    ///   - principal: who asks; nil for nobody that is known.
    ///   - object: what the path names; ignored by rules that concern none.
    public static func decide(
        _ rule: AccessRule, for principal: Principal?, on object: ObjectAccess
    ) throws(Denial) -> Grant {
        guard let scope = rule.scope else { return .none }
        guard let principal else { throw .signInNeeded }
        guard principal.scopes.contains(scope) else { throw .scopeMissing(scope) }
        switch rule {
        case .anyone:
            return .none
        case .signedIn:
            guard principal.pipelines == nil else { throw .restricted }
            return .none
        case .admin:
            guard principal.pipelines == nil else { throw .restricted }
            guard principal.role == .admin else { throw .adminsOnly }
            return .none
        case .pipeline(let wanted, _):
            guard case .pipeline(let access) = object, let role = role(of: principal, on: access) else {
                throw .notThere
            }
            guard role >= wanted else { throw .roleMissing(wanted) }
            return .pipeline(role)
        case .run(let wanted, _):
            return .run(try role(of: principal, on: object, atLeast: wanted))
        case .artifact:
            return .run(try role(of: principal, on: object, atLeast: .full))
        case .account, .session, .accessKey:
            guard principal.pipelines == nil else { throw .restricted }
            guard case .owned(let owner) = object, owner == principal.owner || principal.role == .admin else {
                throw .notThere
            }
            return .none
        case .template:
            guard case .template(let owner) = object else { throw .notThere }
            guard owner == principal.owner || principal.role == .admin else { throw .notPublisher }
            return .none
        }
    }

    /// The role of `principal` on a pipeline; nil where it may not know of it.
    public static func role(of principal: Principal, on access: PipelineAccess) -> PipelineRole? {
        if let pipelines = principal.pipelines, !pipelines.contains(access.id.rawValue) { return nil }
        if access.owner == principal.owner || principal.role == .admin { return .owner }
        let shared = access.sharedRole.flatMap(PipelineRole.init(rawValue:))
        return access.visibility == .public ? max(shared ?? .viewer, .viewer) : shared
    }

    /// The role of `principal` on a run; nil where it may not know of it.
    public static func role(of principal: Principal, on access: RunAccess) -> RunRole? {
        if let pipelines = principal.pipelines {
            guard let id = access.pipeline?.rawValue, pipelines.contains(id) else { return nil }
        }
        if access.owner == principal.owner || principal.role == .admin { return .full }
        return access.pipelineOwner == principal.owner ? .metadata : nil
    }

    private static func role(
        of principal: Principal, on object: ObjectAccess, atLeast wanted: RunRole
    ) throws(Denial) -> RunRole {
        guard case .run(let access) = object, let role = role(of: principal, on: access) else { throw .notThere }
        guard role >= wanted else { throw .metadataOnly }
        return role
    }
}
