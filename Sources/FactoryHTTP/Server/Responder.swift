import FactoryAPI
import FactoryAccess
import FactoryDomain
import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// Takes one request from its head to its answer.
struct Responder: Sendable {
    let door: Door
    let api: API
    let services: HTTPServices
    let pages = WebPages()
    let budget = BodyBudget()

    @Sendable func respond(_ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws
    {
        let start = ContinuousClock.now
        let id = requestID(request)
        let path = request.head.path ?? "/"
        let peer = Peer(request.head, direct: channel.remoteAddress?.ipAddress ?? "", services.access.network)
        var route: String?
        var streaming: Principal?
        var reply: Reply
        let share = BodyShare(of: budget)
        do throws(APIProblem) {
            let port = channel.localAddress?.port ?? 0
            let target = try door.target(of: request.head, port: port)
            if let page = door.page(for: request.head, to: target) {
                route = WebPages.route(of: page)
                reply = try pages.reply(to: page, request.head)
            } else {
                let admission = try door.admit(request.head, to: target, port: port)
                route = admission.route.path
                let isOpen = admission.route.rule == .anyone
                let credentials =
                    isOpen ? Credentials(bearer: nil) : try Credentials(request.head, admission.target, peer)
                let principal = isOpen ? nil : try await api.principal(credentials)
                try Forgery.check(request.head, principal, credentials, peer)
                try services.access.limits.check(admission.route.operation, by: principal)
                let grant = try await api.authorise(admission.route.rule, for: principal, admission.parameters)
                let content = try door.content(of: request.head, admission)
                try Self.refuseCodings(request.head)
                var incoming = APIRequest(
                    route: admission.route, target: admission.target, parameters: admission.parameters,
                    headers: request.headers, principal: principal, credentials: credentials, peer: peer, grant: grant,
                    id: id, kind: content.kind, raw: request)
                let isStreamed = admission.route.body == .stream
                if content.kind != nil {
                    if !isStreamed { try share.reserve(request.headers[.contentLength].flatMap { Int($0) } ?? 0) }
                    if request.headers[.expect]?.lowercased() == "100-continue" {
                        do { try await writer.writeInformationalHead(HTTPResponse(status: .continue)) } catch {
                            throw APIProblem(.badRequest, "the connection broke")
                        }
                    }
                    if !isStreamed {
                        incoming.body = try await Self.body(request, limit: content.limitBytes, share)
                        // An announced body may turn out to have no bytes.
                        if incoming.body.isEmpty { incoming.kind = nil }
                    }
                }
                reply = try await api.answer(incoming)
                if case .stream(.events, _) = reply.content, request.method != .head {
                    try services.access.limits.beginStream(of: principal)
                    streaming = principal
                }
            }
        } catch {
            reply = .problem(error, instance: String(path.prefix { $0 != "?" }), requestID: id)
        }
        reply = reply.compressed(for: request.headers[.acceptEncoding], method: request.method.rawValue)
        let response = reply.response(
            requestID: id, isHead: request.method == .head, isSecure: peer.isSecure, at: services.now())
        var answer = AnsweredRequest(
            method: request.method.rawValue, route: route, status: reply.status, requestID: id, duration: nil,
            bodyBytes: response.body.contentLength ?? 0)
        if case .stream(.events, _) = reply.content, request.method != .head {
            services.answered(.streamBegan)
            defer {
                services.access.limits.endStream(of: streaming)
                services.answered(.streamEnded)
                services.answered(.answered(answer))
            }
            return try await writer.write(response: response.head, body: response.body)
        }
        try await writer.write(response: response.head, body: response.body)
        answer.duration = ContinuousClock.now - start
        services.answered(.answered(answer))
    }

    /// The answer to what never became a request.
    @Sendable func refusal(_ problem: APIProblem, method: String, target: String) -> HeadGuard.Refusal {
        let id = services.ids.make(RequestIdentity.self).rawValue
        let reply = Reply.problem(problem, instance: String(target.prefix { $0 != "?" }.prefix(200)), requestID: id)
        var head = HTTPResponse(status: .init(code: reply.status))
        var bytes: [UInt8] = []
        if case .bytes(let content, _) = reply.content { bytes = content }
        head.headerFields = reply.response(requestID: id, isHead: true, isSecure: false, at: services.now()).headers
        head.headerFields[.contentLength] = String(bytes.count)
        head.headerFields[.connection] = "close"
        services.answered(
            .answered(
                AnsweredRequest(
                    method: method.isEmpty ? "none" : method, route: nil, status: reply.status, requestID: id,
                    duration: nil, bodyBytes: bytes.count)))
        return HeadGuard.Refusal(
            head: HTTPResponseHead(
                version: .http1_1, status: .init(statusCode: reply.status),
                headers: HTTPHeaders(head.headerFields)), body: method == "HEAD" ? [] : bytes)
    }

    /// Bodies are taken as they are: what is compressed may unfold to any size.
    private static func refuseCodings(_ head: HTTPRequest) throws(APIProblem) {
        guard let coding = head.headerFields[.contentEncoding], coding.lowercased() != "identity" else { return }
        throw APIProblem(
            .unsupportedMediaType, "a body with Content-Encoding is not taken", hint: "send it uncompressed",
            headers: [(name: "Accept-Encoding", value: "identity")])
    }

    private func requestID(_ request: Request) -> String {
        let given = HeaderName.requestID.flatMap { request.headers[$0] } ?? ""
        let isWellFormed =
            (1...128).contains(given.utf8.count)
            && given.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
        return isWellFormed ? given : services.ids.make(RequestIdentity.self).rawValue
    }

    private static func body(
        _ request: Request, limit: Int, _ share: BodyShare
    ) async throws(APIProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            for try await piece in request.body {
                guard bytes.count + piece.readableBytes <= limit else { throw APIProblem.bodyTooLarge(limit) }
                try share.reserve(bytes.count + piece.readableBytes)
                bytes.append(contentsOf: piece.readableBytesView)
            }
        } catch let problem as APIProblem {
            throw problem
        } catch {
            throw APIProblem(.badRequest, "the body broke off")
        }
        return bytes
    }
}

/// One request, for its id.
private enum RequestIdentity: Identified {
    static let idPrefix = "req_"
}
