import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// A connection: HTTP/1.1, with or without TLS, with limits on its heads, and deadlines on what it sends.
struct ServerChannel: ServerChildChannel, HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    /// Bytes of all headers of a request together, and of one.
    static let headerBytes = 32 << 10
    /// Headers of a request.
    static let headerCount = 100

    let responder: HTTPChannelHandler.Responder
    let refusing: HeadGuard.Answering
    let tls: TLSIdentity?

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            let deadline = ReadDeadline()
            var limits = NIOHTTPDecoderLimitConfiguration()
            limits.maxHeaderFieldSize = Self.headerBytes
            limits.maxHeaderListSize = Self.headerBytes
            limits.maxHeaderFieldCount = Self.headerCount
            if let tls { try pipeline.addHandler(tls.handler()) }
            try pipeline.addHandler(RawReadHandler(deadline))
            try pipeline.addHandler(WriteDeadline())
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: true,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
            try pipeline.addHandler(HeadGuard(deadline, answering: refusing))
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: tls != nil))
            try pipeline.addHandler(RequestReadHandler(deadline))
            try pipeline.addHandler(HTTPConnectionStateHandler(idleTimeout: nil, logger: logger))
            return try Value(
                wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        }
    }

    func handle(value: Value, logger: Logger) async { await handleHTTP(asyncChannel: value, logger: logger) }
}
