import FactoryAPI
import HTTPTypes
import NIOCore
import NIOHPACK
import NIOHTTP1
import NIOHTTP2

/// What ``HeadGuard`` is to HTTP/1.1: answers heads that no route can be found for, and says to the rest of the server
/// what HTTP/2 leaves unsaid.
///
/// Repeated or missing fields of the request line, headers that concern connections, and bodies that are not as long as
/// announced never come here: those streams are reset. What handlers say to a connection of HTTP/1.1 is left out of answers.
final class StreamGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = HTTP2Frame.FramePayload
    typealias OutboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private static let ofConnections = ["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"]

    private let deadline: ReadDeadline
    private let answering: HeadGuard.Answering
    private var hasHead = false
    private var isClosed = false

    init(_ deadline: ReadDeadline, answering: @escaping HeadGuard.Answering) {
        self.deadline = deadline
        self.answering = answering
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isClosed else { return }
        guard !hasHead, case .headers(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        hasHead = true
        do throws(APIProblem) { try Self.admit(&head) } catch {
            return refuse(error, head.headers, context)
        }
        context.fireChannelRead(wrapInboundOut(.headers(head)))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .headers(var head) = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
        for name in Self.ofConnections { head.headers.remove(name: name) }
        context.write(wrapOutboundOut(.headers(head)), promise: promise)
    }

    private static func admit(_ head: inout HTTP2Frame.FramePayload.Headers) throws(APIProblem) {
        // As the protocol counts: 32 bytes for each beside name and value.
        let bytes = head.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 32 }
        guard head.headers.count <= ServerChannel.headerCount, bytes <= ServerChannel.headerBytes else {
            throw .headTooLarge
        }
        guard head.headers.first(name: ":scheme") == "https" else {
            throw APIProblem(.badRequest, "the scheme is https here")
        }
        guard head.headers.first(name: ":method").flatMap({ HTTPRequest.Method($0) }) != nil else {
            throw APIProblem(.badRequest, "the request has no method that is known")
        }
        guard head.headers.first(name: ":path")?.hasPrefix("/") == true else {
            throw APIProblem(
                .badRequest, "the request target is no path",
                hint: "send `:path` and `:authority`; this server is no proxy")
        }
        try settleAuthority(&head.headers)
        // The one way to say to the handlers of both protocols that a body follows whose length is not known.
        if !head.endStream, !head.headers.contains(name: "content-length") {
            head.headers.add(name: "transfer-encoding", value: "chunked")
        }
    }

    /// A client may say the server's name twice, or a proxy in the old way; but not two names.
    private static func settleAuthority(_ headers: inout HPACKHeaders) throws(APIProblem) {
        let hosts = headers["host"]
        guard let host = hosts.first else { return }
        let authority = headers.first(name: ":authority")
        guard hosts.count == 1, authority == nil || authority?.lowercased() == host.lowercased() else {
            throw APIProblem(.badRequest, "the request names two hosts")
        }
        headers.remove(name: "host")
        if authority == nil {
            // Before all others, where such fields stand.
            headers = HPACKHeaders([(":authority", host)] + headers.map { ($0.name, $0.value) })
        }
    }

    private func refuse(_ problem: APIProblem, _ head: HPACKHeaders, _ context: ChannelHandlerContext) {
        isClosed = true
        let refusal = answering(problem, head.first(name: ":method") ?? "", head.first(name: ":path") ?? "/")
        // What is still on its way is thrown away for a moment, so that the answer is read before the stream is reset.
        deadline.refused(context)
        var headers: HPACKHeaders = [":status": "\(refusal.head.status.code)"]
        headers.add(contentsOf: HPACKHeaders(httpHeaders: refusal.head.headers))
        context.write(wrapOutboundOut(.headers(.init(headers: headers))), promise: nil)
        let body = HTTP2Frame.FramePayload.Data(
            data: .byteBuffer(ByteBuffer(bytes: refusal.body)), endStream: true)
        context.writeAndFlush(wrapOutboundOut(.data(body)), promise: nil)
    }
}

extension APIProblem {
    /// Headers beyond what a request may have.
    static var headTooLarge: APIProblem {
        APIProblem(
            .headTooLarge,
            "the head of a request may have \(ServerChannel.headerBytes) bytes in \(ServerChannel.headerCount) headers")
    }
}
