import FactoryAPI
import HTTPTypes

/// Lets requests in, or does not, by what their heads say; who may do what is decided by ``API/authorise(_:for:_:)``.
struct Door: Sendable {
    /// A request that has a route.
    struct Admission: Sendable {
        let route: Route
        let target: RequestTarget
        let parameters: [String: String]
    }

    /// What a request carries.
    struct Content: Sendable {
        /// What the body will be; nil where none was announced.
        let kind: MediaKind?
        /// The most bytes the body may have.
        let limitBytes: Int
    }

    let matcher: RouteMatcher
    let hosts: HostNames
    /// Largest document in bytes.
    let documentBytes: Int

    /// What a request is for that comes to a name of this server.
    /// - Parameter port: the port the connection came to.
    func target(of head: HTTPRequest, port: Int) throws(APIProblem) -> RequestTarget {
        try checkHost(head, port)
        return try RequestTarget(head.path ?? "/")
    }

    /// The route of a request that comes from no foreign page.
    /// - Parameters:
    ///   - target: what ``target(of:port:)`` gave.
    ///   - port: the port the connection came to.
    func admit(_ head: HTTPRequest, to target: RequestTarget, port: Int) throws(APIProblem) -> Admission {
        try checkOrigin(head, port)
        let (route, parameters) = try route(head, target)
        return Admission(route: route, target: target, parameters: parameters)
    }

    /// What of the web UI a request asks for; nil where it asks for something else.
    ///
    /// Pages of other sites may lead here: what is answered is the same for everyone.
    func page(for head: HTTPRequest, to target: RequestTarget) -> WebPages.Target? {
        guard head.method == .get || head.method == .head else { return nil }
        if let page = WebPages.target(of: target.components) { return page }
        guard case .notFound = matcher.match("GET", target.components), target.components.first != "api",
            head.headerFields[.accept]?.contains("text/html") == true
        else { return nil }
        return .missing
    }

    /// What an authorised request carries, if the route takes that.
    func content(of head: HTTPRequest, _ admission: Admission) throws(APIProblem) -> Content {
        try APIProblem.refuseUnknownParameters(admission.target.query.map(\.name), known: admission.route.query)
        let (kind, limit) = try content(head, admission.route)
        return Content(kind: kind, limitBytes: limit)
    }

    private func checkHost(_ head: HTTPRequest, _ port: Int) throws(APIProblem) {
        let isDouble = HeaderName.host.map { head.headerFields.contains($0) } ?? false
        guard let host = head.authority, !isDouble, hosts.admits(host, port: port) else {
            throw APIProblem(
                .hostNotAllowed, "this server is not known by the name in the Host header",
                hint: "use the address the server printed, or start it with --server-name")
        }
    }

    private func checkOrigin(_ head: HTTPRequest, _ port: Int) throws(APIProblem) {
        if let origin = head.headerFields[.origin] {
            guard hosts.admitsOrigin(origin, port: port) else {
                throw APIProblem(.originNotAllowed, "requests from pages of other origins are refused")
            }
        }
        if let name = HeaderName.fetchSite, let site = head.headerFields[name] {
            guard site == "same-origin" || site == "none" else {
                throw APIProblem(.originNotAllowed, "requests from pages of other sites are refused")
            }
        }
    }

    private func route(_ head: HTTPRequest, _ target: RequestTarget) throws(APIProblem) -> (Route, [String: String]) {
        switch matcher.match(head.method.rawValue, target.components) {
        case .found(let route, let parameters): return (route, parameters)
        case .notFound: throw APIProblem(.notFound, "nothing is served at this path")
        case .otherMethods(let methods):
            var names = methods.map(\.rawValue)
            if names.contains("GET") { names.append("HEAD") }
            let allowed = names.sorted().joined(separator: ", ")
            throw APIProblem(
                .methodNotAllowed, "this path takes \(allowed)", headers: [(name: "Allow", value: allowed)])
        }
    }

    private func content(_ head: HTTPRequest, _ route: Route) throws(APIProblem) -> (MediaKind?, Int) {
        let announced = head.headerFields[.contentLength].flatMap { Int($0) }
        let hasBody = announced.map { $0 > 0 } ?? head.headerFields.contains(.transferEncoding)
        let (kinds, limit): ([MediaKind], Int)
        switch route.body {
        case .none: return (nil, 0)
        case .json(let bytes): (kinds, limit) = ([.json], bytes)
        case .document:
            (kinds, limit) = (route.method == .patch ? [.json, .mergePatch] : [.json, .yaml], documentBytes)
        case .file(let bytes): (kinds, limit) = ([.bytes], bytes)
        case .stream: (kinds, limit) = ([.bytes], .max)
        case .raw(let bytes):
            if let announced, announced > bytes { throw .bodyTooLarge(bytes) }
            return (hasBody ? .bytes : nil, bytes)
        }
        guard hasBody else { return (nil, limit) }
        guard let kind = head.headerFields[.contentType].flatMap(MediaKind.init(contentType:)), kinds.contains(kind)
        else {
            throw APIProblem(
                .unsupportedMediaType, "the body must be \(kinds.map(\.rawValue).joined(separator: " or ")), in UTF-8",
                headers: [(name: "Accept", value: kinds.map(\.rawValue).joined(separator: ", "))])
        }
        if let announced, announced > limit { throw .bodyTooLarge(limit) }
        return (kind, limit)
    }
}

extension APIProblem {
    /// A body of more than `limit` bytes.
    static func bodyTooLarge(_ limit: Int) -> APIProblem {
        APIProblem(.bodyTooLarge, "the body may have \(limit) bytes here")
    }
}
