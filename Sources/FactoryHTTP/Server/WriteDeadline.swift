import NIOCore

/// Closes connections whose other end does not read: some of what is to be sent has to leave within thirty seconds.
///
/// Large writes are cut into pieces, so that a slow reader of a large answer is seen to go on.
final class WriteDeadline: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    static let pieceBytes = 64 << 10
    static let seconds: Int64 = 30

    private var waiting = 0
    private var timer: PutOffTimer?

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var rest = unwrapOutboundIn(data)
        while rest.readableBytes > Self.pieceBytes, let piece = rest.readSlice(length: Self.pieceBytes) {
            send(piece, context, nil)
        }
        send(rest, context, promise)
    }

    private func send(_ piece: ByteBuffer, _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        waiting += 1
        if timer?.isSet != true { arm(context) }
        let written = promise ?? context.eventLoop.makePromise()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in
            let (handler, context) = bound.value
            handler.sent(context)
        }
        context.write(wrapOutboundOut(piece), promise: written)
    }

    private func sent(_ context: ChannelHandlerContext) {
        waiting -= 1
        timer?.clear()
        if waiting > 0, context.channel.isActive { arm(context) }
    }

    private func arm(_ context: ChannelHandlerContext) {
        let timer = timer ?? PutOffTimer(context.eventLoop) { context.close(promise: nil) }
        self.timer = timer
        timer.set(Self.seconds)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.end()
        timer = nil
    }
}
