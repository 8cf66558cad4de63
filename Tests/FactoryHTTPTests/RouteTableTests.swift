import FactoryAPI
import Testing

@Suite("The table of routes") struct RouteTableTests {
    @Test("has a route for every operation, and each once")
    func isComplete() {
        let operations = RouteTable.all.map(\.operation)
        #expect(Set(operations) == Set(Operation.allCases))
        #expect(operations.count == Operation.allCases.count)
        let doors = RouteTable.all.map { "\($0.method.rawValue) \($0.path)" }
        #expect(Set(doors).count == doors.count)
    }

    @Test("opens nothing of what is stored to anyone")
    func rules() {
        let open = RouteTable.all.filter { $0.rule == .anyone }.map(\.path)
        // What begins a session shows who asks in its body; a hook lets in who signs.
        #expect(
            Set(open) == [
                "/healthz", "/readyz", "/metrics", "/api/v1/openapi.json", "/api/v1/client.js",
                "/api/v1/client.d.ts", "/api/v1/setup", "/api/v1/session", "/api/v1/invitations/accept",
                "/api/v1/invitations/look", "/hooks/{token}",
            ])
        for route in RouteTable.all {
            guard let scope = route.rule.scope else { continue }
            #expect(route.path.hasPrefix("/api/v1/"), "\(route.path)")
            #expect(
                route.method == .get || scope != .read || route.path.hasSuffix("validate")
                    || route.operation == .evaluate)
        }
    }

    @Test("gives no GET a body")
    func bodies() {
        for route in RouteTable.all where route.method == .get { #expect(route.body == .none, "\(route.path)") }
    }

    private let matcher = RouteMatcher(RouteTable.all)

    @Test("finds fixed components before variable ones")
    func precedence() throws {
        guard
            case .found(let route, let parameters) = matcher.match(
                "POST", ["api", "v1", "pipelines", "pl_1", "steps", "reorder"])
        else {
            Issue.record("not found")
            return
        }
        #expect(route.operation == .reorderSteps)
        #expect(parameters == ["id": "pl_1"])
        guard
            case .found(let step, let names) = matcher.match(
                "GET", ["api", "v1", "pipelines", "pl_1", "steps", "reorder"])
        else {
            Issue.record("not found")
            return
        }
        #expect(step.operation == .getStep)
        #expect(names == ["id": "pl_1", "step_id": "reorder"])
    }

    @Test("takes no fixed component for an id, but for a name that people give")
    func names() {
        guard case .otherMethods(let methods) = matcher.match("PUT", ["api", "v1", "pipelines", "import"]) else {
            Issue.record("it was taken for the id of a pipeline")
            return
        }
        #expect(methods == [.post])
        if case .found = matcher.match("PUT", ["api", "v1", "pipelines", "pl_1", "steps", "reorder"]) { return }
        Issue.record("a step may be called reorder")
    }

    @Test("tells a method that is not there from a path that is not there, and takes HEAD as GET")
    func misses() {
        guard case .otherMethods(let methods) = matcher.match("DELETE", ["api", "v1", "runs"]) else {
            Issue.record("no other methods")
            return
        }
        #expect(methods == [.get])
        if case .found(let route, _) = matcher.match("HEAD", ["healthz"]) { #expect(route.operation == .health) }
        for path in [[], ["api"], ["api", "v1", "runs", "a", "b"], ["API", "v1", "runs"]] {
            if case .notFound = matcher.match("GET", path) { continue }
            Issue.record("\(path) was found")
        }
    }

    @Test("has a status of an error for every problem")
    func statuses() {
        for code in APIProblemCode.allCases { #expect((400...599).contains(code.status), "\(code)") }
    }
}
