import NIOCore
import NIOHTTPTypes

/// Closes connections whose other end does not read: some of what is to be sent has to leave within thirty seconds.
///
/// Large writes are cut into pieces, so that a slow reader of a large answer is seen to go on.
final class WriteDeadline: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    static let pieceBytes = 64 << 10
    static let seconds: Int64 = 30

    private let patience = WritePatience()

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var rest = unwrapOutboundIn(data)
        while rest.readableBytes > Self.pieceBytes, let piece = rest.readSlice(length: Self.pieceBytes) {
            context.write(wrapOutboundOut(piece), promise: patience.promise(nil, context))
        }
        context.write(wrapOutboundOut(rest), promise: patience.promise(promise, context))
    }

    func handlerRemoved(context: ChannelHandlerContext) { patience.end() }
}

/// The same for one stream of a connection: its reader can hold it back alone, while all others go on.
final class StreamWriteDeadline: ChannelOutboundHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let patience = WritePatience()

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .body(var rest) = unwrapOutboundIn(data) else {
            return context.write(data, promise: patience.promise(promise, context))
        }
        while rest.readableBytes > WriteDeadline.pieceBytes,
            let piece = rest.readSlice(length: WriteDeadline.pieceBytes)
        {
            context.write(wrapOutboundOut(.body(piece)), promise: patience.promise(nil, context))
        }
        context.write(wrapOutboundOut(.body(rest)), promise: patience.promise(promise, context))
    }

    func handlerRemoved(context: ChannelHandlerContext) { patience.end() }
}

/// Waits for writes to be done, and closes what they are written to where none is for too long.
private final class WritePatience {
    private var waiting = 0
    private var timer: PutOffTimer?

    /// What is told when a write is done that begins now.
    func promise(_ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) -> EventLoopPromise<Void> {
        waiting += 1
        if timer?.isSet != true { arm(context) }
        let written = promise ?? context.eventLoop.makePromise()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in
            let (patience, context) = bound.value
            patience.wrote(context)
        }
        return written
    }

    func end() {
        timer?.end()
        timer = nil
    }

    private func wrote(_ context: ChannelHandlerContext) {
        waiting -= 1
        timer?.clear()
        if waiting > 0, context.channel.isActive { arm(context) }
    }

    private func arm(_ context: ChannelHandlerContext) {
        let timer = timer ?? PutOffTimer(context.eventLoop) { context.close(promise: nil) }
        self.timer = timer
        timer.set(WriteDeadline.seconds)
    }
}
