import NIOCore
import NIOHTTP2

/// A connection of HTTP/2 as a whole. It has ten seconds for its first request and is closed after a minute without one.
/// When the server stops, the client is told to send no more (`GOAWAY`), and the connection ends with the last of its
/// answers. After an error that concerns all of it, it is closed at once.
final class StreamConnection: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias InboundOut = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    /// How long a client may take to say that it has read that nothing more is taken.
    static let leaveSeconds: Int64 = 2

    private enum State {
        case open
        /// The client was told; what it sent before it knew is still taken.
        case leaving
        /// Nothing more is taken.
        case last
    }

    private static let farewell = HTTP2PingData(withInteger: 0x6c61_7374)

    private var state = State.open
    private var streams = 0
    private var newest = HTTP2StreamID.rootStream
    private var isBroken = false
    private var timer: Scheduled<Void>?
    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        arm(ReadDeadline.headSeconds) { $0.close() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .ping(Self.farewell, ack: true) = unwrapInboundIn(data).payload, case .leaving = state { end() }
        context.fireChannelRead(data)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent: leave()
        // A client that says nothing more cannot even say how much it can take.
        case ChannelEvent.inputClosed: context.close(promise: nil)
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Errors of single streams come here too, and concern nobody else.
        if isBroken || !(error is any NIOHTTP2Error) { context.close(promise: nil) }
    }

    fileprivate func began(_ stream: HTTP2StreamID) {
        streams += 1
        newest = max(newest, stream)
        guard case .open = state else { return }
        timer?.cancel()
    }

    fileprivate func ended() {
        streams -= 1
        guard streams == 0 else { return }
        switch state {
        case .open: arm(ReadDeadline.idleSeconds) { $0.leave() }
        case .leaving: break
        case .last: closeSoon()
        }
    }

    fileprivate func wrote(_ frame: HTTP2Frame) {
        if case .goAway(_, let code, _) = frame.payload, code != .noError { isBroken = true }
    }

    /// Takes only what is on its way already, until the client has read that.
    private func leave() {
        guard case .open = state, let context else { return }
        state = .leaving
        write(.goAway(lastStreamID: .maxID, errorCode: .noError, opaqueData: nil), context)
        write(.ping(Self.farewell, ack: false), context)
        context.flush()
        arm(Self.leaveSeconds) { $0.end() }
    }

    /// Takes nothing more.
    private func end() {
        guard case .leaving = state, let context else { return }
        state = .last
        timer?.cancel()
        write(.goAway(lastStreamID: newest, errorCode: .noError, opaqueData: nil), context)
        context.flush()
        if streams == 0 { closeSoon() }
    }

    private func write(_ payload: HTTP2Frame.FramePayload, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(HTTP2Frame(streamID: .rootStream, payload: payload)), promise: nil)
    }

    /// The end of the last answer is written by now, and sent in the loop's next round.
    private func closeSoon() {
        guard let context else { return }
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.execute { bound.value.close() }
    }

    private func close() { context?.close(promise: nil) }

    private func arm(_ seconds: Int64, _ act: @escaping (StreamConnection) -> Void) {
        timer?.cancel()
        timer = context?.eventLoop.assumeIsolated().scheduleTask(in: .seconds(seconds)) { act(self) }
    }
}

/// Tells a connection of its streams, and of what is written on it.
struct StreamWatch: NIOHTTP2StreamDelegate, NIOHTTP2FrameDelegate {
    private let connection: NIOLoopBound<StreamConnection>

    init(_ connection: StreamConnection, eventLoop: any EventLoop) {
        self.connection = NIOLoopBound(connection, eventLoop: eventLoop)
    }

    func streamCreated(_ id: HTTP2StreamID, channel: any Channel) { connection.value.began(id) }
    func streamClosed(_ id: HTTP2StreamID, channel: any Channel) { connection.value.ended() }
    func wroteFrame(_ frame: HTTP2Frame) { connection.value.wrote(frame) }
}
