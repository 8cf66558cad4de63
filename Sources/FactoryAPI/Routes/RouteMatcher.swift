/// Finds the route of a request. Fixed components go before variable ones.
public struct RouteMatcher: Sendable {
    /// What a path and a method came to.
    public enum Match: Sendable {
        /// A route, with what stood in the place of its variables.
        case found(Route, [String: String])
        /// The path is known, the method is not; the methods that are.
        case otherMethods([Route.Method])
        /// Nothing is served there.
        case notFound
    }

    private final class Node: Sendable {
        let fixed: [String: Node]
        let variable: Node?
        /// Whether the variable is an id, which the server makes: none is ever called as a fixed component is.
        let variableIsID: Bool
        let routes: [Route]

        init(_ routes: [Route], depth: Int) {
            self.routes = routes.filter { $0.components.count == depth }
            var byName: [String: [Route]] = [:]
            var others: [Route] = []
            for route in routes where route.components.count > depth {
                switch route.components[depth] {
                case .fixed(let name): byName[name, default: []].append(route)
                case .variable: others.append(route)
                }
            }
            fixed = byName.mapValues { Node($0, depth: depth + 1) }
            variableIsID = others.allSatisfy { $0.components[depth] == .variable("id") }
            variable = others.isEmpty ? nil : Node(others, depth: depth + 1)
        }
    }

    private let root: Node

    /// A matcher over `routes`.
    public init(_ routes: [Route]) { root = Node(routes, depth: 0) }

    /// The route for `method` (as written in the request) and the decoded components of a path.
    public func match(_ method: String, _ components: [String]) -> Match {
        let routes = Self.routes(from: root, components[...])
        guard let first = routes.first else { return .notFound }
        let wanted = method == "HEAD" ? "GET" : method
        guard let route = routes.first(where: { $0.method.rawValue == wanted }) else {
            // `steps/reorder` is a path of its own: methods of `steps/{step_id}` are not offered there.
            return .otherMethods(routes.filter { $0.path == first.path }.map(\.method))
        }
        var parameters: [String: String] = [:]
        for (component, value) in zip(route.components, components) {
            if case .variable(let name) = component { parameters[name] = value }
        }
        return .found(route, parameters)
    }

    private static func routes(from node: Node, _ components: ArraySlice<String>) -> [Route] {
        guard let first = components.first else { return node.routes }
        let rest = components.dropFirst()
        let exact = node.fixed[first].map { routes(from: $0, rest) } ?? []
        if node.variableIsID, !exact.isEmpty { return exact }
        return exact + (node.variable.map { routes(from: $0, rest) } ?? [])
    }
}
