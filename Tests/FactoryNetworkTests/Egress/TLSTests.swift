import FactoryTestKit
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization
import Testing

@testable import FactoryNetwork

@Suite("A secure connection") struct TLSTests {
    @Test("is refused when the certificate is nobody's")
    func unknownAuthority() async throws {
        try await TLSFixture.run(trustRoots: nil) { fixture in
            #expect(await fixture.error(host: "secure.example")?.message.contains("could not be verified") == true)
        }
    }

    @Test("is refused when the certificate is another host's")
    func otherName() async throws {
        try await TLSFixture.run(trustRoots: Array(certificate.utf8)) { fixture in
            #expect(await fixture.error(host: "other.example")?.message.contains("could not be verified") == true)
        }
    }

    @Test("speaks of the original name to the checked address")
    func pinned() async throws {
        try await TLSFixture.run(trustRoots: Array(certificate.utf8)) { fixture in
            #expect(await fixture.error(host: "secure.example") == nil)
            #expect(fixture.serverNames.withLock { $0 } == ["secure.example"])
        }
    }

    @Test("needs authorities that are certificates")
    func damagedAuthorities() throws {
        #expect(throws: EgressError.self) {
            try Egress(eventLoopGroup: .singleton, trustRoots: Array("no certificate".utf8))
        }
    }
}

/// A TLS server on loopback, and a way out on which every name leads to it.
private struct TLSFixture: ~Copyable {
    let port: Int
    let egress: Egress
    let serverNames: Names

    final class Names: Sendable {
        private let names = Mutex<[String]>([])
        func withLock<Result: Sendable>(_ body: (inout sending [String]) -> sending Result) -> Result {
            names.withLock(body)
        }
    }

    static func run(trustRoots: [UInt8]?, _ body: (borrowing TLSFixture) async throws -> Void) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let names = Names()
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map {
            NIOSSLCertificateSource.certificate($0)
        }
        let key = try NIOSSLPrivateKey(bytes: Array(privateKey.utf8), format: .pem)
        let context = try NIOSSLContext(
            configuration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key)))
        let server = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        NIOSSLServerHandler(context: context), OneAnswer(names: names))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = server.localAddress?.port ?? 0
        let allowed = try ["secure.example", "other.example"].map { try AllowEntry(parsing: "\($0):\(port)") }
        let egress = try Egress(
            policy: EgressPolicy(allowed: allowed), eventLoopGroup: group,
            resolver: ScriptedResolver(["secure.example": [["127.0.0.1"]], "other.example": [["127.0.0.1"]]]),
            trustRoots: trustRoots)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(TLSFixture(port: port, egress: egress, serverNames: names)))
        } catch {
            result = .failure(error)
        }
        await egress.shutdown()
        try await server.close()
        try await group.shutdownGracefully()
        try result.get()
    }

    func error(host: String) async -> EgressError? {
        do {
            _ = try await egress.send(OutboundRequest(.get, try OutboundURL(parsing: "https://\(host):\(port)/")))
            return nil
        } catch {
            return error as? EgressError
        }
    }
}

/// Answers the first bytes of a connection, and notes the name the client asked for.
private final class OneAnswer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let names: TLSFixture.Names

    init(names: TLSFixture.Names) { self.names = names }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let request = String(decoding: unwrapInboundIn(data).readableBytesView, as: UTF8.self)
        let host = request.split(separator: "\r\n").first { $0.lowercased().hasPrefix("host: ") }
        let name = host?.dropFirst("host: ".count).prefix { $0 != ":" }
        names.withLock { $0.append(String(name ?? "")) }
        let answer = ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// Self-signed for secure.example, for tests alone.
private let certificate = """
    -----BEGIN CERTIFICATE-----
    MIIBpDCCAUqgAwIBAgIUTnUi8BiAf31S08P+NpgC2My/ezQwCgYIKoZIzj0EAwIw
    GTEXMBUGA1UEAwwOc2VjdXJlLmV4YW1wbGUwIBcNMjYxMTIyMTcwNDE5WhgPMjEy
    NjEwMjkxNzA0MTlaMBkxFzAVBgNVBAMMDnNlY3VyZS5leGFtcGxlMFkwEwYHKoZI
    zj0CAQYIKoZIzj0DAQcDQgAE2v/CV8eWeT2JJZjxbkrjecHhLPnCgz0LOfLGUFOu
    K/kwujycfj7g3r7Qpe7ATSIfSDK7m0S1HD8PSgeJqMPsyqNuMGwwHQYDVR0OBBYE
    FHse3jP6Dd79zz0ynq64e6JJwW0uMB8GA1UdIwQYMBaAFHse3jP6Dd79zz0ynq64
    e6JJwW0uMBkGA1UdEQQSMBCCDnNlY3VyZS5leGFtcGxlMA8GA1UdEwEB/wQFMAMB
    Af8wCgYIKoZIzj0EAwIDSAAwRQIgRa5bmJOJUj42V6C0pLK5WNA0eJGrBerZJFBS
    dnUU74cCIQDHbVBmbDkJxs6PGKc6BrM5rOAh3C1n0b7YLUNC57mZcA==
    -----END CERTIFICATE-----
    """

private let privateKey = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgVXL/uKDxoq8vBzem
    jkfNURglXWrxTQTmfT84plqlTXGhRANCAATa/8JXx5Z5PYklmPFuSuN5weEs+cKD
    PQs58sZQU64r+TC6PJx+PuDevtCl7sBNIh9IMrubRLUcPw9KB4mow+zK
    -----END PRIVATE KEY-----
    """
