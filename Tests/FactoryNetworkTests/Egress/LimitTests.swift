import FactoryNetwork
import FactoryTestKit
import NIOCore
import NIOPosix
import Testing

@Suite("A limit of a request") struct LimitTests {
    @Test("ends it when no answer begins")
    func firstByte() async throws {
        try await EgressFixture.run(answer: { _ in [] }) { fixture in
            let limits = EgressLimits(firstByte: .milliseconds(80))
            let error = await fixture.error(of: OutboundRequest(.get, try fixture.url(), limits: limits))
            #expect(error?.code == .timeout)
            #expect(error?.message.contains("No answer came") == true)
        }
    }

    @Test("ends it when nobody accepts the connection")
    func connecting() async throws {
        // A listener that accepts nothing: once its queue is full, the system leaves further connections unanswered.
        try await EgressFixture.run(connectTimeout: .milliseconds(100), answer: { _ in [] }) { fixture in
            let deaf = try await ServerBootstrap(group: fixture.group)
                .serverChannelOption(.backlog, value: 1).serverChannelOption(.autoRead, value: false)
                .bind(host: "127.0.0.1", port: 0).get()
            let url = try OutboundURL(parsing: "http://127.0.0.1:\(deaf.localAddress?.port ?? 0)/")
            fixture.egress.policy.allowed = [AllowEntry(endpointOf: url)]
            let request = OutboundRequest(.get, url, limits: EgressLimits(firstByte: .milliseconds(300)))
            var errors: [EgressError] = []
            for _ in 0..<6 { if let error = await fixture.error(of: request) { errors.append(error) } }
            #expect(errors.count == 6 && errors.allSatisfy { $0.code == .timeout })
            #expect(errors.contains { $0.message.contains("did not accept a connection") })
            try await deaf.close()
        }
    }

    @Test("ends it when the answer stops in the middle")
    func idle() async throws {
        try await EgressFixture.run(answer: { _ in [.chunkedHead(), .chunk("part")] }) { fixture in
            let limits = EgressLimits(idle: .milliseconds(80))
            let error = await fixture.error(of: OutboundRequest(.get, try fixture.url(), limits: limits))
            #expect(error?.code == .timeout)
            #expect(error?.message.contains("stopped coming") == true)
        }
    }

    @Test("ends it when the answer never ends")
    func total() async throws {
        try await EgressFixture.run(
            answer: { _ in [.chunkedHead(), .repeatedly(Array("1\r\nx\r\n".utf8))] }
        ) { fixture in
            let limits = EgressLimits(total: .milliseconds(150), idle: .milliseconds(140))
            let error = await fixture.error(of: OutboundRequest(.get, try fixture.url(), limits: limits))
            #expect(error?.code == .timeout)
            #expect(error?.message.contains("not complete") == true)
        }
    }

    @Test("ends it when the body is too large, announced or not", arguments: [true, false])
    func bodySize(isAnnounced: Bool) async throws {
        try await EgressFixture.run(
            answer: { _ in
                isAnnounced
                    ? [.send("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n")]
                    : [.chunkedHead(), .repeatedly(Array("a\r\n0123456789\r\n".utf8))]
            }
        ) { fixture in
            let limits = EgressLimits(responseBytes: 1_000)
            let error = await fixture.error(of: OutboundRequest(.get, try fixture.url(), limits: limits))
            #expect(error?.code == .tooLarge)
        }
    }

    @Test("lets a body of exactly its size pass")
    func exactSize() async throws {
        try await EgressFixture.run(
            answer: { _ in [.answer(body: [UInt8](repeating: 97, count: 1_000))] }
        ) { fixture in
            let limits = EgressLimits(responseBytes: 1_000)
            let response = try await fixture.egress.send(OutboundRequest(.get, try fixture.url(), limits: limits))
            #expect(response.body.count == 1_000)
        }
    }

    @Test("ends it when the header is too large", arguments: [(101, 1), (10, 8_000), (3, 70_000)])
    func headerSize(fields: Int, bytes: Int) async throws {
        let lines = (0..<fields).map { "X-\($0): \(String(repeating: "a", count: bytes))\r\n" }.joined()
        try await EgressFixture.run(
            answer: { _ in [.send("HTTP/1.1 200 OK\r\n\(lines)Content-Length: 0\r\n\r\n")] }
        ) { fixture in
            let error = await fixture.error(of: OutboundRequest(.get, try fixture.url()))
            #expect(error?.code == .tooLarge)
        }
    }

    @Test("ends it when a small answer unfolds without measure")
    func decompressionBomb() async throws {
        try await EgressFixture.run(
            answer: { _ in [.answer(headers: [("Content-Encoding", "gzip")], body: zippedZeros)] }
        ) { fixture in
            let error = await fixture.error(of: OutboundRequest(.get, try fixture.url()))
            #expect(error?.code == .tooLarge)
            #expect(error?.message.contains("unfolds") == true)
        }
    }

    @Test("refuses a request whose body is too large before anything is sent")
    func requestBody() async throws {
        try await EgressFixture.run(answer: { _ in [.text("x")] }) { fixture in
            let limits = EgressLimits(requestBytes: 10)
            let request = OutboundRequest(
                .post, try fixture.url(), body: [UInt8](repeating: 1, count: 11), limits: limits)
            #expect(await fixture.error(of: request)?.code == .invalidRequest)
            #expect(fixture.server.connectionCount == 0)
        }
    }
}

/// gzip of a million zero bytes.
private let zippedZeros: [UInt8] =
    [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 237, 193, 1, 1, 0, 0, 0, 130, 32, 255, 175, 110, 72, 64, 1,
    ] + [UInt8](repeating: 0, count: 968)
    + [
        175, 6, 158, 203, 121, 18, 64, 66, 15, 0,
    ]
