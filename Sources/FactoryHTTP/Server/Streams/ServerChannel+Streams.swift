import HummingbirdCore
import Logging
import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOHTTPTypesHTTP2

/// What a client of HTTP/2 may do. Each of these, when it is exceeded, ends the connection.
enum StreamLimits {
    /// Requests of one connection at once; told to the client.
    static let concurrent = 100
    /// Bytes of a request's headers as they are read. Above ``ServerChannel/headerBytes`` they are refused, with an
    /// answer; above this there is none.
    static let headerListBytes = 64 << 10
    /// Pieces that the headers of one request may come in after the first.
    static let continuations = 5
    /// Requests that are taken back (`RST_STREAM`) in ``window``.
    static let resets = 200
    /// `PING`, `SETTINGS` and `PRIORITY` in ``window``.
    static let controls = 200
    /// Errors of streams in ``window``.
    static let errors = 100
    static let window = TimeAmount.seconds(30)
    /// Answers to such frames that wait to be sent.
    static let bufferedControls = 1_000
    /// Bytes of one body that may be on their way.
    static let bodyBytes = 256 << 10
    /// Bytes of all bodies of a connection that may be on their way.
    static let connectionBytes = 1 << 20

    static var configuration: NIOHTTP2Handler.Configuration {
        var connection = NIOHTTP2Handler.ConnectionConfiguration()
        connection.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: concurrent),
            HTTP2Setting(parameter: .maxHeaderListSize, value: headerListBytes),
            HTTP2Setting(parameter: .initialWindowSize, value: bodyBytes),
        ]
        connection.maximumSequentialContinuationFrames = continuations
        connection.maximumBufferedControlFrames = bufferedControls
        connection.maximumConnectionGlitches = errors
        connection.targetWindowSize = connectionBytes
        connection.controlFrameRateLimit.maximumCount = controls
        connection.controlFrameRateLimit.windowLength = window
        var stream = NIOHTTP2Handler.StreamConfiguration()
        stream.targetWindowSize = bodyBytes
        stream.streamResetFrameRateLimit.maximumCount = resets
        stream.streamResetFrameRateLimit.windowLength = window
        stream.streamErrorRateLimit.maximumCount = errors
        stream.streamErrorRateLimit.windowLength = window
        return NIOHTTP2Handler.Configuration(connection: connection, stream: stream)
    }
}

extension ServerChannel {
    /// What turns the bytes of a connection into streams of HTTP/2, each of which is one request and its answer.
    func streams(on channel: any Channel) throws -> Streams {
        let connection = StreamConnection()
        let watch = StreamWatch(connection, eventLoop: channel.eventLoop)
        let streams: Streams = try channel.pipeline.syncOperations.configureAsyncHTTP2Pipeline(
            mode: .server, streamDelegate: watch, frameDelegate: watch, configuration: StreamLimits.configuration
        ) { stream in
            stream.eventLoop.makeCompletedFuture {
                let deadline = ReadDeadline()
                let pipeline = stream.pipeline.syncOperations
                try pipeline.addHandler(StreamGuard(deadline, answering: refusing))
                try pipeline.addHandler(HTTP2FramePayloadToHTTPServerCodec())
                try pipeline.addHandler(StreamWriteDeadline())
                try pipeline.addHandler(RequestReadHandler(deadline))
                return try Exchange(wrappingChannelSynchronously: stream)
            }
        }
        try channel.pipeline.syncOperations.addHandler(connection)
        return streams
    }

    /// Has the requests of a connection answered, side by side, until it is closed.
    func handle(_ streams: Streams, on channel: any Channel, logger: Logger) async {
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                do {
                    for try await stream in streams.inbound {
                        group.addTask { await handleHTTP(asyncChannel: stream, logger: logger) }
                    }
                } catch {
                    // The connection broke; its streams end with it.
                    channel.close(promise: nil)
                }
            }
        } onCancel: {
            channel.close(promise: nil)
        }
    }
}
