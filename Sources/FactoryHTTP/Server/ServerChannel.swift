import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// A connection: HTTP/1.1, or under TLS what the client would rather speak, HTTP/2 if it knows it; with limits on its
/// heads, and deadlines on what it sends and takes.
struct ServerChannel: HTTPChannelHandler {
    typealias Exchange = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>
    typealias Streams = NIOHTTP2Handler.AsyncStreamMultiplexer<Exchange>

    /// A connection, and what is spoken on it.
    struct Value: ServerChildChannelValue {
        enum Language {
            case http1(Exchange)
            /// Told when the handshake is over.
            case agreed(EventLoopFuture<NIONegotiatedHTTPVersion<Exchange, Streams>>)
        }

        let channel: any Channel
        let language: Language
    }

    /// Bytes of all headers of a request together, and of one.
    static let headerBytes = 32 << 10
    /// Headers of a request.
    static let headerCount = 100

    let responder: HTTPChannelHandler.Responder
    let refusing: HeadGuard.Answering
    let tls: TLSIdentity?

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let deadline = ReadDeadline()
        do {
            let pipeline = channel.pipeline.syncOperations
            if let tls { try pipeline.addHandler(tls.handler()) }
            try pipeline.addHandler(RawReadHandler(deadline))
            try pipeline.addHandler(WriteDeadline())
            guard tls != nil else {
                let exchange = try exchange(on: channel, deadline, logger)
                return channel.eventLoop.makeSucceededFuture(Value(channel: channel, language: .http1(exchange)))
            }
        } catch { return channel.eventLoop.makeFailedFuture(error) }
        let bound = NIOLoopBound(deadline, eventLoop: channel.eventLoop)
        return channel.configureHTTP2AsyncSecureUpgrade(
            http1ConnectionInitializer: { channel in
                channel.eventLoop.makeCompletedFuture { try exchange(on: channel, bound.value, logger) }
            },
            http2ConnectionInitializer: { channel in
                bound.value.handOver()
                return channel.eventLoop.makeCompletedFuture { try streams(on: channel) }
            }
        ).map { Value(channel: channel, language: .agreed($0)) }
    }

    func handle(value: Value, logger: Logger) async {
        switch value.language {
        case .http1(let exchange): await handleHTTP(asyncChannel: exchange, logger: logger)
        case .agreed(let language):
            guard let language = try? await language.get() else {
                // The handshake failed.
                return value.channel.close(promise: nil)
            }
            switch language {
            case .http1_1(let exchange): await handleHTTP(asyncChannel: exchange, logger: logger)
            case .http2(let streams): await handle(streams, on: value.channel, logger: logger)
            }
        }
    }

    /// What turns the bytes of a connection into requests of HTTP/1.1.
    private func exchange(
        on channel: any Channel, _ deadline: ReadDeadline, _ logger: Logger
    ) throws -> Exchange {
        let pipeline = channel.pipeline.syncOperations
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = Self.headerBytes
        limits.maxHeaderListSize = Self.headerBytes
        limits.maxHeaderFieldCount = Self.headerCount
        try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: true,
            withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
        try pipeline.addHandler(HeadGuard(deadline, answering: refusing))
        try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: tls != nil))
        try pipeline.addHandler(RequestReadHandler(deadline))
        try pipeline.addHandler(HTTPConnectionStateHandler(idleTimeout: nil, logger: logger))
        return try Exchange(
            wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
    }
}
