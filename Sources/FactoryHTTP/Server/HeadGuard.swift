import FactoryAPI
import NIOCore
import NIOHTTP1

/// Answers what is not a request that can be routed: heads that are too large or malformed, and framing that two readers
/// of the same bytes could understand in two ways. The connection is closed after such an answer.
final class HeadGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// An answer of this server's own.
    struct Refusal {
        let head: HTTPResponseHead
        let body: [UInt8]
    }

    /// Makes the answer to a problem.
    /// - Parameters: the problem, and the method and the target as far as they are known.
    typealias Answering = @Sendable (APIProblem, _ method: String, _ target: String) -> Refusal

    private let deadline: ReadDeadline
    private let answering: Answering
    /// Requests that were passed on and are not answered yet.
    private var open = 0
    /// Whether a request was passed on that has not come to its end.
    private var isReading = false
    /// Whether nothing is taken any more.
    private var isClosed = false
    /// What is answered once those before it are.
    private var pending: Refusal?

    init(_ deadline: ReadDeadline, answering: @escaping Answering) {
        self.deadline = deadline
        self.answering = answering
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isClosed else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            if let problem = Self.problem(in: head) {
                return refuse(answering(problem, head.method.rawValue, head.uri), context)
            }
            open += 1
            isReading = true
        case .body: break
        case .end: isReading = false
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // In the middle of a body its reader has to know; it answers.
        guard !isClosed, !isReading, let error = error as? HTTPParserError else {
            if !isClosed { context.fireErrorCaught(error) }
            return
        }
        refuse(answering(Self.problem(of: error), "", "/"), context)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let isEnd = if case .end = unwrapOutboundIn(data) { true } else { false }
        context.write(data, promise: promise)
        guard isEnd else { return }
        open -= 1
        if open == 0, let refusal = pending {
            pending = nil
            send(refusal, context)
        }
    }

    private func refuse(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        isClosed = true
        if open == 0 { send(refusal, context) } else { pending = refusal }
    }

    private func send(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        // What is still on its way is thrown away for a moment, so that the answer is not lost by a reset.
        deadline.refused(context)
        context.write(wrapOutboundOut(.head(refusal.head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: refusal.body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.close(mode: .output, promise: nil)
    }

    private static func problem(of error: HTTPParserError) -> APIProblem {
        switch error {
        case .headerOverflow: .headTooLarge
        case .invalidMethod: APIProblem(.badRequest, "the request line has no method that is known")
        case .invalidVersion: APIProblem(.badRequest, "the request line has no version that is known; send HTTP/1.1")
        default: APIProblem(.badRequest, "this is no HTTP/1.1 request: \(error)")
        }
    }

    private static func problem(in head: HTTPRequestHead) -> APIProblem? {
        guard head.version == .http1_1 || head.version == .http1_0 else {
            return APIProblem(.badRequest, "HTTP/\(head.version.major).\(head.version.minor) is not spoken here")
        }
        guard head.uri.hasPrefix("/") else {
            return APIProblem(
                .badRequest, "the request target is no path",
                hint: "send `GET /path HTTP/1.1` with a Host header; this server is no proxy")
        }
        let codings = head.headers["Transfer-Encoding"]
        guard !codings.isEmpty else { return nil }
        guard head.version == .http1_1 else {
            return APIProblem(.badRequest, "Transfer-Encoding is not for HTTP/1.0; send Content-Length")
        }
        guard codings.count == 1, codings[0].lowercased() == "chunked" else {
            return APIProblem(.badRequest, "the one Transfer-Encoding that is taken is chunked")
        }
        guard !head.headers.contains(name: "Content-Length") else {
            return APIProblem(.badRequest, "a request has Transfer-Encoding or Content-Length, not both")
        }
        return nil
    }
}
