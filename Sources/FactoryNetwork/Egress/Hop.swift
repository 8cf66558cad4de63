import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// What came of one request on the way to the final answer.
enum HopOutcome: Sendable {
    case done(ResponseHead)
    case redirected(OutboundRequest)
}

/// Why one request failed, and whether anything of it was sent.
struct HopFailure: Error {
    let error: EgressError
    let happenedBeforeSending: Bool

    init(_ error: EgressError, happenedBeforeSending: Bool = false) {
        self.error = error
        self.happenedBeforeSending = happenedBeforeSending
    }
}

/// One request on a client that is pinned to a checked address.
struct Hop {
    let request: OutboundRequest
    let redirectsLeft: Int
    let watch: ExchangeWatch
    let receive: @Sendable (ResponseHead, [UInt8]) async -> StreamDemand

    func run(on client: HTTPClient) async throws(HopFailure) -> HopOutcome {
        watch.awaitHead()
        let response: HTTPClientResponse
        do {
            // The watch ends the request; this deadline only has to lie behind it.
            response = try await client.execute(message, deadline: .distantFuture)
        } catch {
            throw failure(error)
        }
        watch.receivedHead()
        let head = try checkedHead(response)
        if redirectsLeft > 0 || request.maxRedirects > 0, let location = redirectTarget(head) {
            return .redirected(try follow(head.status, to: location))
        }
        try await readBody(response, head)
        return .done(head)
    }

    private var message: HTTPClientRequest {
        var message = HTTPClientRequest(url: "\(request.url)")
        message.method = HTTPMethod(rawValue: request.method.rawValue)
        message.headers.add(name: "Host", value: request.url.authority)
        for field in request.headers.fields { message.headers.add(name: field.name, value: field.value) }
        if let body = request.body { message.body = .bytes(ByteBuffer(bytes: body)) }
        return message
    }

    private func redirectTarget(_ head: ResponseHead) -> String? {
        guard [301, 302, 303, 307, 308].contains(head.status) else { return nil }
        return head.headers["Location"]
    }

    private func follow(_ status: Int, to location: String) throws(HopFailure) -> OutboundRequest {
        guard redirectsLeft > 0 else {
            throw HopFailure(
                EgressError(
                    .redirect, "\(request.url.authority) redirects more than \(request.maxRedirects) times.",
                    hint: "Ask the final address directly."))
        }
        let target: OutboundURL
        do {
            target = try request.url.resolving(location)
        } catch {
            throw HopFailure(
                EgressError(
                    .redirect, "\(request.url.authority) redirects to a URL that cannot be used: \(error.message)."))
        }
        do {
            return try request.following(status, to: target)
        } catch {
            throw HopFailure(error)
        }
    }

    private func checkedHead(_ response: HTTPClientResponse) throws(HopFailure) -> ResponseHead {
        let fields = response.headers.map { ($0.name, $0.value) }
        let size = fields.reduce(0) { $0 + $1.0.utf8.count + $1.1.utf8.count }
        guard fields.count <= request.limits.headerFields, size <= request.limits.headerBytes else {
            throw HopFailure(headerTooLarge)
        }
        let head = ResponseHead(status: Int(response.status.code), headers: HeaderFields(fields), url: request.url)
        if request.method != .head, let announced = head.headers["Content-Length"].flatMap(Int.init),
            announced > request.limits.responseBytes
        {
            throw HopFailure(bodyTooLarge)
        }
        return head
    }

    private func readBody(_ response: HTTPClientResponse, _ head: ResponseHead) async throws(HopFailure) {
        var received = 0
        var body = response.body.makeAsyncIterator()
        while true {
            watch.awaitBody()
            let piece: ByteBuffer?
            do {
                piece = try await body.next()
            } catch {
                throw failure(error)
            }
            watch.pauseForReceiver()
            guard let piece else { return }
            received += piece.readableBytes
            guard received <= request.limits.responseBytes else { throw HopFailure(bodyTooLarge) }
            if await receive(head, Array(piece.readableBytesView)) == .enough { return }
        }
    }
}
