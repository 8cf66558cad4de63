import NIOCore
public import NIOPosix
import Synchronization

/// A server on 127.0.0.1 that answers each request with the bytes a script gives, well-formed or not.
public final class LoopbackServer: Sendable {
    /// A request as it came.
    public struct Request: Sendable {
        /// From 0, over all connections.
        public let number: Int
        /// Method, target and version.
        public let line: String
        /// The header lines, as sent.
        public let headers: [String]
        /// The body, as far as `Content-Length` goes.
        public let body: String

        /// The value of the header field `name`, without regard to case.
        public func header(_ name: String) -> String? {
            headers.first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
                .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
        }
    }

    /// One thing the server does in answer to a request. After the last one the connection stays open.
    public enum Action: Sendable {
        case send([UInt8])
        /// Sends these bytes again and again, every few milliseconds, until the client goes.
        case repeatedly([UInt8])
        case close
    }

    /// The port it listens on.
    public let port: Int
    private let channel: any Channel
    private let log: Log

    /// Starts listening on `host`, a loopback address, at a free port.
    public init(
        on group: MultiThreadedEventLoopGroup, host: String = "127.0.0.1",
        answer: @escaping @Sendable (Request) -> [Action]
    ) async throws {
        let log = Log()
        self.log = log
        channel = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                log.connected()
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Conversation(log: log, answer: answer))
                }
            }
            .bind(host: host, port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    /// Connections accepted so far.
    public var connectionCount: Int { log.state.withLock { $0.connections } }

    /// Requests received so far, in order.
    public var requests: [Request] { log.state.withLock { $0.requests } }

    /// Stops listening.
    public func stop() async throws { try await channel.close() }

    final class Log: Sendable {
        let state = Mutex<(connections: Int, requests: [Request])>((0, []))

        func connected() { state.withLock { $0.connections += 1 } }

        func received(line: String, headers: [String], body: String) -> Request {
            state.withLock { state in
                let request = Request(number: state.requests.count, line: line, headers: headers, body: body)
                state.requests.append(request)
                return request
            }
        }
    }
}

extension LoopbackServer.Action {
    /// Sends text.
    public static func send(_ text: String) -> Self { .send(Array(text.utf8)) }

    /// Sends a whole answer with a length.
    public static func answer(
        _ status: Int = 200, headers: [(String, String)] = [], body: [UInt8] = []
    ) -> Self {
        let lines = headers.map { "\($0.0): \($0.1)\r\n" }.joined()
        return .send(Array("HTTP/1.1 \(status) Status\r\nContent-Length: \(body.count)\r\n\(lines)\r\n".utf8) + body)
    }

    /// Sends a whole answer with a text.
    public static func text(
        _ body: String, status: Int = 200, type: String = "text/plain", headers: [(String, String)] = []
    ) -> Self {
        .answer(status, headers: [("Content-Type", type)] + headers, body: Array(body.utf8))
    }

    /// Sends the head of a chunked answer.
    public static func chunkedHead(type: String = "text/event-stream", headers: [(String, String)] = []) -> Self {
        let lines = headers.map { "\($0.0): \($0.1)\r\n" }.joined()
        return .send("HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nTransfer-Encoding: chunked\r\n\(lines)\r\n")
    }

    /// Sends one chunk; an empty one ends the answer.
    public static func chunk(_ text: String) -> Self {
        .send("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n")
    }
}

/// One connection: reads requests, plays their scripts.
private final class Conversation: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let log: LoopbackServer.Log
    private let answer: @Sendable (LoopbackServer.Request) -> [LoopbackServer.Action]
    private var received: [UInt8] = []
    private var repetition: RepeatedTask?

    init(log: LoopbackServer.Log, answer: @escaping @Sendable (LoopbackServer.Request) -> [LoopbackServer.Action]) {
        self.log = log
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received.append(contentsOf: unwrapInboundIn(data).readableBytesView)
        while let request = nextRequest() {
            for action in answer(request) { perform(action, context) }
        }
    }

    func channelInactive(context: ChannelHandlerContext) { repetition?.cancel() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func nextRequest() -> LoopbackServer.Request? {
        let end = Array("\r\n\r\n".utf8)
        guard let place = received.indices.first(where: { received[$0...].starts(with: end) }) else { return nil }
        let lines = String(decoding: received[..<place], as: UTF8.self).split(separator: "\r\n").map(String.init)
        let length =
            lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).filter { $0 != " " }) } ?? 0
        let bodyStart = place + end.count
        guard received.count >= bodyStart + length else { return nil }
        let body = String(decoding: received[bodyStart..<bodyStart + length], as: UTF8.self)
        received.removeFirst(bodyStart + length)
        return log.received(line: lines.first ?? "", headers: Array(lines.dropFirst()), body: body)
    }

    private func perform(_ action: LoopbackServer.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .send(let bytes):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
        case .repeatedly(let bytes):
            let channel = context.channel
            repetition = context.eventLoop.scheduleRepeatedTask(
                initialDelay: .milliseconds(5), delay: .milliseconds(5)
            ) { _ in
                channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
            }
        case .close:
            context.close(promise: nil)
        }
    }
}
