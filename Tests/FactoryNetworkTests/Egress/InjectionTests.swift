import FactoryNetwork
import FactoryTestKit
import Testing

@Suite("A header field") struct InjectionTests {
    @Test(
        "cannot change the framing of the request",
        arguments: [
            ("Host", "evil.example"), ("content-length", "0"), ("Transfer-Encoding", "chunked"),
            ("Connection", "close"), ("Proxy-Authorization", "x"), ("proxy-connection", "x"), ("Upgrade", "h2c"),
            ("X-A\r\nX-B", "1"), ("X A", "1"), ("", "1"), ("X:A", "1"), ("X-Ä", "1"), ("X-A", "1\r\nX-B: 2"),
            ("X-A", "1\n2"), ("X-A", "1\u{0}"), ("X-A", "1\r"), ("X-A", "\u{7F}"),
        ])
    func refused(name: String, value: String) async throws {
        try await EgressFixture.run(answer: { _ in [.text("x")] }) { fixture in
            let request = OutboundRequest(.get, try fixture.url(), headers: HeaderFields([(name, value)]))
            #expect(await fixture.error(of: request)?.code == .invalidRequest)
            #expect(fixture.server.connectionCount == 0)
        }
    }

    @Test("may hold tabs and letters outside ASCII")
    func allowed() async throws {
        try await EgressFixture.run(answer: { _ in [.text("x")] }) { fixture in
            let request = OutboundRequest(.get, try fixture.url(), headers: ["X-A": "a\tü"])
            #expect(await fixture.error(of: request) == nil)
            #expect(fixture.server.requests.first?.header("X-A") == "a\tü")
        }
    }

    @Test("counts against the header's size")
    func size() async throws {
        try await EgressFixture.run(answer: { _ in [.text("x")] }) { fixture in
            let request = OutboundRequest(
                .get, try fixture.url(), headers: ["X-A": String(repeating: "a", count: 70_000)])
            #expect(await fixture.error(of: request)?.code == .invalidRequest)
        }
    }
}
