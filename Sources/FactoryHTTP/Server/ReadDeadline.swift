import NIOCore
import NIOHTTPTypes

/// Closes connections that do not get to the point: a request's head has to be there within ten seconds of its first
/// byte (of the connection's opening, for the first), every 64 KiB of a body within ten more, and a connection that
/// nothing is asked on is closed after a minute. Who is answered before its body has come may send on for two seconds, so
/// that it gets to read the answer. How slowly the answer is read is judged by ``WriteDeadline``.
final class ReadDeadline {
    static let headSeconds: Int64 = 10
    static let bodyPieceBytes = 64 << 10
    static let idleSeconds: Int64 = 60
    static let drainSeconds: Int64 = 2

    /// `draining` is a body that comes after its answer.
    private enum State { case idle, readingHead, readingBody(rest: Int), answering, draining }

    private var state = State.readingHead
    private var requests = 0
    private var timer: PutOffTimer?

    private func arm(_ seconds: Int64, _ context: ChannelHandlerContext) {
        let timer = timer ?? PutOffTimer(context.eventLoop) { context.close(promise: nil) }
        self.timer = timer
        timer.set(seconds)
    }

    fileprivate func opened(_ context: ChannelHandlerContext) { arm(Self.headSeconds, context) }

    fileprivate func closed() {
        timer?.end()
        timer = nil
    }

    fileprivate func bytesCame(_ context: ChannelHandlerContext) {
        guard case .idle = state else { return }
        state = .readingHead
        arm(Self.headSeconds, context)
    }

    fileprivate func came(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
        switch part {
        case .head:
            requests += 1
            state = .readingBody(rest: Self.bodyPieceBytes)
            arm(Self.headSeconds, context)
        case .body(let bytes):
            guard case .readingBody(let rest) = state else { return }
            if bytes.readableBytes < rest {
                state = .readingBody(rest: rest - bytes.readableBytes)
            } else {
                state = .readingBody(rest: Self.bodyPieceBytes)
                arm(Self.headSeconds, context)
            }
        case .end:
            // Answered already: nothing else is to come.
            guard requests > 0 else { return rest(context) }
            state = .answering
            timer?.clear()
        }
    }

    private func rest(_ context: ChannelHandlerContext) {
        state = .idle
        arm(Self.idleSeconds, context)
    }

    /// What was sent is answered without being a request; nothing else is taken.
    func refused(_ context: ChannelHandlerContext) {
        state = .draining
        arm(Self.drainSeconds, context)
    }

    fileprivate func answered(_ context: ChannelHandlerContext) {
        requests -= 1
        guard requests <= 0 else { return }
        switch state {
        case .answering: rest(context)
        case .readingBody:
            state = .draining
            arm(Self.drainSeconds, context)
        case .idle, .readingHead, .draining: break
        }
    }
}

/// Sees the bytes of a connection before they are anything.
final class RawReadHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let deadline: ReadDeadline

    init(_ deadline: ReadDeadline) { self.deadline = deadline }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { deadline.opened(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        deadline.opened(context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        deadline.bytesCame(context)
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline.closed()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { deadline.closed() }
}

/// Sees requests and answers pass.
final class RequestReadHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let deadline: ReadDeadline

    init(_ deadline: ReadDeadline) { self.deadline = deadline }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        deadline.came(unwrapInboundIn(data), context)
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { deadline.answered(context) }
        context.write(data, promise: promise)
    }
}
