import FactoryNetwork
import FactoryTestKit
import Testing

@Suite("An address that is not open") struct RefusalTests {
    @Test(
        "is never connected to, however it is written",
        arguments: [
            "127.0.0.1", "localhost", "127.1", "127.0.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001",
            "0177.0.0.1", "0", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]",
            "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "127.0.0.1.", "%31%32%37.0.0.1", "①②⑦.0.0.1", "127。0。0。1",
            "user@127.0.0.1", "public.example@127.0.0.1", "[fe80::1%25lo]", "[::127.0.0.1]",
        ])
    func spellings(host: String) async throws {
        try await EgressFixture.run(
            isAllowed: false, names: ["localhost": [["127.0.0.1", "::1"]]], answer: { _ in [.text("reached")] }
        ) { fixture in
            fixture.egress.policy.openPorts.insert(fixture.server.port)
            do throws(URLProblem) {
                let url = try OutboundURL(parsing: "http://\(host):\(fixture.server.port)/")
                let error = await fixture.error(of: OutboundRequest(.get, url))
                #expect(error?.code == .denied)
                #expect(error?.hint?.contains("--allow-host") == true)
            } catch {
                #expect(!error.hint.isEmpty)
            }
            #expect(fixture.server.connectionCount == 0)
        }
    }

    @Test("is refused when only one of a name's addresses is not public")
    func oneOfMany() async throws {
        try await EgressFixture.run(
            isAllowed: false, names: ["mixed.example": [["93.184.216.34", "127.0.0.1"]]], answer: { _ in [] }
        ) { fixture in
            fixture.egress.policy.openPorts.insert(fixture.server.port)
            let url = try fixture.url(host: "mixed.example")
            #expect(await fixture.error(of: OutboundRequest(.get, url))?.code == .denied)
            #expect(fixture.server.connectionCount == 0)
        }
    }

    @Test("stays closed to a name that changes its address after the check")
    func rebinding() async throws {
        // The first answer is allowed but has no listener; the second leads to the canary. A second look-up would
        // reach it.
        try await EgressFixture.run(
            isAllowed: false, names: ["rebind.example": [["127.0.0.2"], ["127.0.0.1"]]],
            answer: { _ in [.text("reached")] }
        ) { fixture in
            fixture.egress.policy.allowed = [try AllowEntry(parsing: "127.0.0.2/32:\(fixture.server.port)")]
            let url = try fixture.url(host: "rebind.example")
            #expect(await fixture.error(of: OutboundRequest(.get, url))?.code == .network)
            #expect(fixture.resolver.asked == ["rebind.example"])
            #expect(await fixture.error(of: OutboundRequest(.get, url))?.code == .denied)
            #expect(fixture.server.connectionCount == 0)
        }
    }

    @Test("gives the same words whether something listens there or not")
    func uniformWords() async throws {
        try await EgressFixture.run(isAllowed: false, answer: { _ in [] }) { fixture in
            fixture.egress.policy.openPorts = [80, 443, fixture.server.port, 1]
            let port = "\(fixture.server.port)"
            let open = await fixture.error(of: OutboundRequest(.get, try fixture.url()))
            let closed = await fixture.error(of: OutboundRequest(.get, try OutboundURL(parsing: "http://127.0.0.1:1/")))
            let metadata = await fixture.error(
                of: OutboundRequest(.get, try OutboundURL(parsing: "http://169.254.169.254/")))
            let shape = open?.message.replacing(port, with: "P")
            #expect(shape != nil)
            #expect(closed?.message.replacing(":1 ", with: ":P ") == shape)
            #expect(
                metadata?.message.replacing("169.254.169.254:80", with: "127.0.0.1:P") == shape)
        }
    }

    @Test("is refused on ports that are not open, even where it is public")
    func closedPorts() async throws {
        try await EgressFixture.run(
            isAllowed: false, names: ["public.example": [["93.184.216.34"]]], answer: { _ in [] }
        ) { fixture in
            let url = try OutboundURL(parsing: "http://public.example:22/")
            #expect(await fixture.error(of: OutboundRequest(.get, url))?.code == .denied)
            #expect(fixture.resolver.asked.isEmpty)
        }
    }

    @Test("is refused on the server's own port, even where a range is allowed")
    func ownPort() async throws {
        try await EgressFixture.run(isAllowed: false, answer: { _ in [.text("x")] }) { fixture in
            fixture.egress.policy.allowed = [try AllowEntry(parsing: "127.0.0.0/8:\(fixture.server.port)")]
            let request = OutboundRequest(.get, try fixture.url())
            #expect(await fixture.error(of: request) == nil)
            fixture.egress.policy.ownPorts = [fixture.server.port]
            #expect(await fixture.error(of: request)?.code == .denied)
            fixture.egress.policy.allowed.append(try AllowEntry(parsing: "127.0.0.1:\(fixture.server.port)"))
            #expect(await fixture.error(of: request) == nil)
        }
    }

    @Test("is refused as a redirect target, too")
    func redirectTarget() async throws {
        try await EgressFixture.run(
            answer: { _ in [.answer(302, headers: [("Location", "http://169.254.169.254/latest/")], body: [])] }
        ) { fixture in
            let error = await fixture.error(of: OutboundRequest(.get, try fixture.url(), maxRedirects: 5))
            #expect(error?.code == .denied)
            #expect(error?.message.contains("169.254.169.254:80") == true)
        }
    }

    @Test("is refused for names that cannot be looked up, with the resolver's words")
    func unknownName() async throws {
        try await EgressFixture.run(
            isAllowed: false, names: ["empty.example": [[]]], answer: { _ in [] }
        ) { fixture in
            let empty = await fixture.error(
                of: OutboundRequest(.get, try OutboundURL(parsing: "http://empty.example/")))
            #expect(empty?.code == .network)
            let failed = await fixture.error(
                of: OutboundRequest(.get, try OutboundURL(parsing: "http://other.example/")))
            #expect(failed?.message.contains("no such script") == true)
        }
    }
}
