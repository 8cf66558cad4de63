import FactoryTestKit
import Testing

@testable import FactoryNetwork

@Suite("A redirect") struct RedirectTests {
    private static let target = LoopbackServer.Action.text("arrived")

    @Test("is given back as it is, unless asked for")
    func offByDefault() async throws {
        try await EgressFixture.run(
            answer: { _ in [.answer(302, headers: [("Location", "/next")], body: [])] }
        ) { fixture in
            let response = try await fixture.egress.send(OutboundRequest(.get, try fixture.url()))
            #expect(response.status == 302)
            #expect(response.headers["Location"] == "/next")
            #expect(fixture.server.requests.count == 1)
        }
    }

    @Test(
        "keeps or changes the method as HTTP says",
        arguments: [
            (301, "POST", "GET", ""), (302, "POST", "GET", ""), (303, "PUT", "GET", ""), (303, "HEAD", "HEAD", ""),
            (301, "PUT", "PUT", "body"), (307, "POST", "POST", "body"), (308, "POST", "POST", "body"),
        ])
    func methods(status: Int, method: String, expected: String, body: String) async throws {
        try await EgressFixture.run(
            answer: { request in
                request.number == 0 ? [.answer(status, headers: [("Location", "next")], body: [])] : [.answer(204)]
            }
        ) { fixture in
            let method = try #require(OutboundRequest.Method(rawValue: method))
            let sent = method == .head ? nil : Array("body".utf8)
            _ = try await fixture.egress.send(
                OutboundRequest(
                    method, try fixture.url("/a/b"), headers: ["Content-Type": "text/plain"], body: sent,
                    maxRedirects: 1))
            let last = try #require(fixture.server.requests.last)
            #expect(last.line == "\(expected) /a/next HTTP/1.1")
            #expect(last.body == body)
            #expect((last.header("Content-Type") != nil) == (!body.isEmpty || method == .head))
        }
    }

    @Test("is followed only as often as asked")
    func count() async throws {
        try await EgressFixture.run(
            answer: { request in
                request.number < 3 ? [.answer(302, headers: [("Location", "/again")], body: [])] : [Self.target]
            }
        ) { fixture in
            let error = await fixture.error(of: OutboundRequest(.get, try fixture.url(), maxRedirects: 2))
            #expect(error?.code == .redirect)
            #expect(fixture.server.requests.count == 3)
            let response = try await fixture.egress.send(
                OutboundRequest(.get, try fixture.url(), maxRedirects: 5))
            #expect(response.status == 200)
        }
        try await EgressFixture.run(answer: { _ in [] }) { fixture in
            let error = await fixture.error(of: OutboundRequest(.get, try fixture.url(), maxRedirects: 6))
            #expect(error?.code == .invalidRequest)
        }
    }

    @Test("to another origin leaves every credential behind")
    func credentials() async throws {
        let headers: HeaderFields = [
            "Authorization": "Bearer a", "Cookie": "b", "X-Api-Key": "c", "X-Mine": "d", "X-Plain": "e",
        ]
        try await EgressFixture.run(answer: { _ in [Self.target] }) { other in
            let port = other.server.port
            try await EgressFixture.run(
                answer: { _ in [.answer(302, headers: [("Location", "http://127.0.0.1:\(port)/")], body: [])] }
            ) { fixture in
                fixture.egress.policy.allowed.append(try AllowEntry(parsing: "127.0.0.1:\(port)"))
                let response = try await fixture.egress.send(
                    OutboundRequest(
                        .get, try fixture.url(), headers: headers, secretHeaders: ["x-mine"], maxRedirects: 1))
                #expect(response.head.url.port == port)
                let request = try #require(other.server.requests.first)
                for name in ["Authorization", "Cookie", "X-Api-Key", "X-Mine"] { #expect(request.header(name) == nil) }
                #expect(request.header("X-Plain") == "e")
                #expect(request.header("Host") == "127.0.0.1:\(port)")
            }
        }
    }

    @Test("within the origin keeps them")
    func sameOrigin() async throws {
        try await EgressFixture.run(
            answer: { request in
                request.number == 0 ? [.answer(302, headers: [("Location", "/next")], body: [])] : [Self.target]
            }
        ) { fixture in
            _ = try await fixture.egress.send(
                OutboundRequest(.get, try fixture.url(), headers: ["Authorization": "Bearer a"], maxRedirects: 1))
            #expect(fixture.server.requests.last?.header("Authorization") == "Bearer a")
        }
    }

    @Test("from https to http, or with a secret body to another origin, is refused")
    func refused() throws {
        let secure = OutboundRequest(
            .post, try OutboundURL(parsing: "https://a.example/"), body: [1], hasSecretBody: true)
        #expect(throws: EgressError.self) {
            try secure.following(302, to: try OutboundURL(parsing: "http://a.example/"))
        }
        let other = try OutboundURL(parsing: "https://b.example/")
        #expect(throws: EgressError.self) { try secure.following(307, to: other) }
        #expect(try secure.following(303, to: other).body == nil)
        #expect(try secure.following(307, to: try OutboundURL(parsing: "https://a.example/x")).body == [1])
    }

    @Test("to what is no URL is refused")
    func notAURL() async throws {
        try await EgressFixture.run(
            answer: { _ in [.answer(302, headers: [("Location", "file:///etc/passwd")], body: [])] }
        ) { fixture in
            let error = await fixture.error(of: OutboundRequest(.get, try fixture.url(), maxRedirects: 1))
            #expect(error?.code == .redirect)
        }
    }
}
