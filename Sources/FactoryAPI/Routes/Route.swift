/// One door of the server: a method, a path, who may use it and what it takes.
public struct Route: Sendable, Hashable {
    /// The methods the API knows. `HEAD` is answered as `GET` without a body; every other method is refused.
    public enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// What a request may carry.
    public enum Body: Sendable, Hashable {
        /// Nothing.
        case none
        /// An object of JSON, or nothing where all its members may be left out.
        case json(limitBytes: Int = Route.standardBodyBytes)
        /// A document: YAML or JSON, up to the limits of documents.
        case document
        /// Bytes of any kind, whatever the content type says.
        case raw(limitBytes: Int)
        /// Bytes of a file.
        case file(limitBytes: Int)
        /// Bytes of a file that the handler takes as they come, none of them kept in memory; it sets their limit.
        case stream
    }

    /// Largest body of a request that names no other limit: 1 MiB.
    public static let standardBodyBytes = 1 << 20

    /// Which handler answers.
    public let operation: Operation
    /// The method.
    public let method: Method
    /// The path, with `{name}` for a component that varies.
    public let path: String
    /// Who may use it.
    public let rule: AccessRule
    /// Query parameters it knows; any other is an error.
    public let query: [String]
    /// What it takes as its body.
    public let body: Body

    /// The path by component.
    public let components: [Component]

    /// One component of a path.
    public enum Component: Sendable, Hashable {
        case fixed(String)
        case variable(String)
    }

    init(
        _ operation: Operation, _ method: Method, _ path: String, _ rule: AccessRule, query: [String] = [],
        body: Body = .none
    ) {
        self.operation = operation
        self.method = method
        self.path = path
        self.rule = rule
        self.query = query
        self.body = body
        components = path.split(separator: "/").map { part in
            part.hasPrefix("{") && part.hasSuffix("}")
                ? .variable(String(part.dropFirst().dropLast())) : .fixed(String(part))
        }
    }
}
