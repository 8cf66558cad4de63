import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP2
import NIOHTTPTypes
import Testing

@testable import FactoryHTTP

@Suite("A connection of streams") struct StreamConnectionTests {
    private let loop = EmbeddedEventLoop()
    private let channel: EmbeddedChannel
    private let watch: StreamWatch

    init() throws {
        let connection = StreamConnection()
        channel = EmbeddedChannel(handler: connection, loop: loop)
        watch = StreamWatch(connection, eventLoop: loop)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    private func sent() throws -> HTTP2Frame.FramePayload? {
        try channel.readOutbound(as: HTTP2Frame.self)?.payload
    }

    /// The last stream that is taken, of the `GOAWAY` that was sent.
    private func farewell() throws -> HTTP2StreamID? {
        if case .goAway(let last, .noError, _)? = try sent() { last } else { nil }
    }

    @Test("has ten seconds for its first request")
    func silence() {
        loop.advanceTime(by: .seconds(9))
        #expect(channel.isActive)
        loop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test("stays while a request is answered, and ends a minute after the last")
    func idle() throws {
        watch.streamCreated(1, channel: channel)
        loop.advanceTime(by: .hours(1))
        #expect(channel.isActive)
        watch.streamClosed(1, channel: channel)
        loop.advanceTime(by: .seconds(59))
        #expect(try sent() == nil)
        loop.advanceTime(by: .seconds(1))
        #expect(try farewell() == .maxID)
        guard case .ping(let data, ack: false)? = try sent() else {
            Issue.record("the client is asked nothing")
            return
        }
        #expect(channel.isActive)
        try channel.writeInbound(HTTP2Frame(streamID: .rootStream, payload: .ping(data, ack: true)))
        #expect(try farewell() == 1)
        loop.run()
        #expect(!channel.isActive)
    }

    @Test("ends with its last answer when the server stops, also where the client never says that it heard")
    func drain() throws {
        watch.streamCreated(1, channel: channel)
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(try farewell() == .maxID)
        _ = try sent()
        // What was on its way is taken.
        watch.streamCreated(3, channel: channel)
        loop.advanceTime(by: .seconds(StreamConnection.leaveSeconds))
        #expect(try farewell() == 3)
        watch.streamClosed(1, channel: channel)
        loop.run()
        #expect(channel.isActive)
        watch.streamClosed(3, channel: channel)
        loop.run()
        #expect(!channel.isActive)
    }

    @Test("outlives the errors of one stream, and none of its own")
    func errors() {
        watch.streamCreated(1, channel: channel)
        channel.pipeline.fireErrorCaught(NIOHTTP2Errors.missingPseudoHeader(":path"))
        #expect(channel.isActive)
        watch.wroteFrame(
            HTTP2Frame(
                streamID: .rootStream,
                payload: .goAway(lastStreamID: 1, errorCode: .enhanceYourCalm, opaqueData: nil)))
        channel.pipeline.fireErrorCaught(NIOHTTP2Errors.excessiveRSTFrames())
        #expect(!channel.isActive)
    }
}

@Suite("What is written to a stream") struct StreamWriteDeadlineTests {
    /// Takes writes and keeps them, as a stream does whose reader has no room.
    private final class Wall: ChannelOutboundHandler {
        typealias OutboundIn = HTTPResponsePart
        var waiting: [EventLoopPromise<Void>?] = []

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            waiting.append(promise)
        }
    }

    @Test("goes on while some of it is read in time, and ends the stream where none is")
    func deadline() throws {
        let (loop, wall) = (EmbeddedEventLoop(), Wall())
        let channel = EmbeddedChannel(handlers: [wall, StreamWriteDeadline()], loop: loop)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        channel.write(HTTPResponsePart.head(HTTPResponse(status: .ok)), promise: nil)
        channel.write(
            HTTPResponsePart.body(ByteBuffer(repeating: 0, count: 2 * WriteDeadline.pieceBytes + 1)), promise: nil)
        #expect(wall.waiting.count == 4)
        for promise in wall.waiting.prefix(3) {
            loop.advanceTime(by: .seconds(WriteDeadline.seconds - 1))
            #expect(channel.isActive)
            promise?.succeed()
        }
        loop.advanceTime(by: .seconds(WriteDeadline.seconds))
        #expect(!channel.isActive)
        wall.waiting.last??.fail(ChannelError.ioOnClosedChannel)
    }
}
