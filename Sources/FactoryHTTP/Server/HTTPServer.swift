import FactoryAPI
import FactoryDomain
import HTTPTypes
import HummingbirdCore
import Logging
public import NIOCore

/// The server: listens, lets requests in, has them answered.
public final class HTTPServer: Sendable {
    /// Where and how to listen.
    public struct Configuration: Sendable {
        /// Address to listen on.
        public var host: String
        /// Port to listen on; 0 takes a free one.
        public var port: Int
        /// Names it is addressed by beside the address itself and those of loopback.
        public var names: [String]
        /// Connections at once; further ones wait to be accepted.
        public var maxConnections: Int
        /// Bytes that the bodies of all requests that are being answered may have together.
        public var bodyBytes: Int
        /// Who it is under TLS; nil speaks in the clear.
        public var tls: TLSIdentity?

        /// A configuration of these values.
        public init(
            host: String, port: Int, names: [String], maxConnections: Int, bodyBytes: Int, tls: TLSIdentity?
        ) {
            self.host = host
            self.port = port
            self.names = names
            self.maxConnections = maxConnections
            self.bodyBytes = bodyBytes
            self.tls = tls
        }
    }

    private let server: Server<ServerChannel>

    /// A server that does not listen yet.
    ///
    /// - Parameters:
    ///   - drain: ends waits and streams when the server is about to stop.
    ///   - onListening: is told the port, once.
    public init(
        _ services: HTTPServices, configuration: Configuration, drain: Latch, eventLoops: any EventLoopGroup,
        onListening: @escaping @Sendable (_ port: Int) async -> Void
    ) {
        let door = Door(
            matcher: RouteMatcher(RouteTable.all),
            hosts: HostNames(
                bound: configuration.host, further: configuration.names, isSecure: configuration.tls != nil),
            documentBytes: API.documentBytes)
        let responder = Responder(
            door: door, api: API(services: services, drain: drain), services: services,
            budget: BodyBudget(bytes: configuration.bodyBytes))
        // What this library has to say of single connections is of no use to an operator.
        var logger = Logger(label: "factory.http", factory: { _ in SwiftLogNoOpLogHandler() })
        logger.logLevel = .critical
        server = Server(
            childChannelSetup: ServerChannel(
                responder: responder.respond, refusing: responder.refusal, tls: configuration.tls),
            configuration: ServerConfiguration(
                address: .hostname(configuration.host, port: configuration.port), backlog: 1_024,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    configuration.maxConnections, logger: logger)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
            eventLoopGroup: eventLoops, logger: logger)
    }

    /// Serves until ``stop()``.
    public func run() async throws { try await server.run() }

    /// Takes no further connections, and returns when those there are have ended: each after the answer it waits for.
    public func stop() async throws { try await server.shutdownGracefully() }
}
