import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryStore
import Testing

@Suite("Authorisation") struct AuthorisationTests {
    private func principal(
        _ owner: String = "usr_ada", _ role: Principal.Role = .member,
        scopes: Set<AccessScope> = Set(AccessScope.allCases), pipelines: Set<String>? = nil
    ) -> Principal {
        Principal(
            owner: owner, name: owner, role: role, scopes: scopes, pipelines: pipelines, credential: .key("key_1"))
    }

    private func pipeline(
        _ owner: String = "usr_ada", _ visibility: Visibility = .private, shared: String? = nil
    ) -> ObjectAccess {
        .pipeline(
            PipelineAccess(id: ID(rawValue: "pl_1"), owner: owner, visibility: visibility, sharedRole: shared))
    }

    private func run(_ owner: String = "usr_ada", pipelineOwner: String? = nil) -> ObjectAccess {
        .run(
            RunAccess(
                owner: owner, pipeline: pipelineOwner.map { _ in ID(rawValue: "pl_1") }, pipelineOwner: pipelineOwner))
    }

    private func outcome(
        _ rule: AccessRule, _ principal: Principal?, _ object: ObjectAccess = .missing
    ) -> Result<Grant, Denial> {
        do throws(Denial) { return .success(try Authorisation.decide(rule, for: principal, on: object)) } catch {
            return .failure(error)
        }
    }

    @Test("asks everybody for a credential, but where a route is for anyone")
    func anonymous() {
        #expect(outcome(.anyone, nil) == .success(.none))
        for rule in [AccessRule.signedIn(.read), .admin(.read), .pipeline(.viewer, .read), .run(.metadata, .read)] {
            #expect(outcome(rule, nil, pipeline("usr_ada", .public)) == .failure(.signInNeeded))
        }
    }

    @Test("lets nobody go beyond the scopes of the credential, admins and owners neither")
    func scopes() {
        for scope in AccessScope.allCases {
            let others = Set(AccessScope.allCases).subtracting([scope])
            for asks in [principal(scopes: others), principal("usr_root", .admin, scopes: others)] {
                #expect(outcome(.signedIn(scope), asks) == .failure(.scopeMissing(scope)))
                #expect(outcome(.pipeline(.viewer, scope), asks, pipeline()) == .failure(.scopeMissing(scope)))
            }
        }
    }

    @Test("knows admins from members")
    func admins() {
        #expect(outcome(.admin(.admin), principal()) == .failure(.adminsOnly))
        #expect(outcome(.admin(.admin), principal("usr_root", .admin)) == .success(.none))
        #expect(
            outcome(.pipeline(.owner, .edit), principal("usr_root", .admin), pipeline()) == .success(.pipeline(.owner)))
        #expect(outcome(.run(.full, .read), principal("usr_root", .admin), run()) == .success(.run(.full)))
    }

    @Test("gives a pipeline's people what their role includes, and hides it from all others")
    func roles() {
        let people: [(ObjectAccess, PipelineRole?)] = [
            (pipeline("usr_ada"), .owner), (pipeline("usr_eve"), nil), (pipeline("usr_eve", .shared), nil),
            (pipeline("usr_eve", .shared, shared: "viewer"), .viewer), (pipeline("usr_eve", .public), .viewer),
            (pipeline("usr_eve", .private, shared: "runner"), .runner),
            (pipeline("usr_eve", .public, shared: "editor"), .editor), (.missing, nil), (run(), nil),
        ]
        for (object, role) in people {
            for wanted in PipelineRole.allCases {
                let expected: Result<Grant, Denial> =
                    role.map { $0 >= wanted ? .success(.pipeline($0)) : .failure(.roleMissing(wanted)) }
                    ?? .failure(.notThere)
                #expect(outcome(.pipeline(wanted, .read), principal(), object) == expected)
            }
        }
    }

    @Test("shows a run to who started it, and that it was to the owner of its pipeline")
    func runs() {
        #expect(outcome(.run(.full, .read), principal(), run()) == .success(.run(.full)))
        let foreign = run("usr_eve", pipelineOwner: "usr_ada")
        #expect(outcome(.run(.metadata, .read), principal(), foreign) == .success(.run(.metadata)))
        #expect(outcome(.run(.full, .read), principal(), foreign) == .failure(.metadataOnly))
        #expect(outcome(.artifact(.read), principal(), foreign) == .failure(.metadataOnly))
        #expect(
            outcome(.run(.metadata, .read), principal(), run("usr_eve", pipelineOwner: "usr_eve"))
                == .failure(.notThere))
        #expect(outcome(.run(.metadata, .read), principal(), .missing) == .failure(.notThere))
    }

    @Test("lets who published a template remove it, and admins")
    func templates() {
        let template = ObjectAccess.template(owner: "usr_ada")
        #expect(outcome(.template(.edit), principal(), template) == .success(.none))
        #expect(outcome(.template(.edit), principal("usr_root", .admin), template) == .success(.none))
        #expect(outcome(.template(.edit), principal("usr_eve"), template) == .failure(.notPublisher))
        #expect(outcome(.template(.edit), principal(), .missing) == .failure(.notThere))
        #expect(outcome(.template(.edit), nil, template) == .failure(.signInNeeded))
    }

    @Test("keeps a credential to the pipelines it is restricted to, with their runs")
    func restricted() {
        let other = principal(pipelines: ["pl_2"])
        #expect(outcome(.pipeline(.viewer, .read), other, pipeline()) == .failure(.notThere))
        #expect(outcome(.run(.full, .read), other, run("usr_ada", pipelineOwner: "usr_ada")) == .failure(.notThere))
        #expect(outcome(.run(.full, .read), other, run()) == .failure(.notThere))
        let same = principal(pipelines: ["pl_1"])
        #expect(outcome(.run(.full, .read), same, run("usr_ada", pipelineOwner: "usr_ada")) == .success(.run(.full)))
    }
}
