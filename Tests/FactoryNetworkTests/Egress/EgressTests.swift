import FactoryNetwork
import FactoryTestKit
import Testing

@Suite("A request to another system") struct EgressTests {
    @Test("carries method, target, header and body, and brings the answer back")
    func roundTrip() async throws {
        try await EgressFixture.run(
            answer: { _ in
                [.text("{}", status: 201, type: "application/json", headers: [("X-Two", "a"), ("X-Two", "b")])]
            }
        ) { fixture in
            let url = try fixture.url("/path?q=1").addingQuery([("name", "a b&c")])
            let response = try await fixture.egress.send(
                OutboundRequest(.post, url, headers: ["X-One": "1"], body: Array("hello".utf8)))
            #expect(response.status == 201)
            #expect(response.body == Array("{}".utf8))
            #expect(response.headers["content-type"] == "application/json")
            #expect(response.headers.fields.filter { $0.name == "X-Two" }.map(\.value) == ["a", "b"])
            let request = try #require(fixture.server.requests.first)
            #expect(request.line == "POST /path?q=1&name=a%20b%26c HTTP/1.1")
            #expect(request.body == "hello")
            #expect(request.header("X-One") == "1")
            #expect(request.header("Host") == "127.0.0.1:\(fixture.server.port)")
            #expect(request.header("User-Agent") == "code-factory")
        }
    }

    @Test("reuses the connection to the same address")
    func keepsAlive() async throws {
        try await EgressFixture.run(answer: { _ in [.text("x")] }) { fixture in
            for _ in 0..<3 { _ = try await fixture.egress.send(OutboundRequest(.get, try fixture.url())) }
            #expect(fixture.server.requests.count == 3)
            #expect(fixture.server.connectionCount == 1)
        }
    }

    @Test("speaks to a name under its own name, at the address that was checked")
    func pinsNames() async throws {
        try await EgressFixture.run(
            names: ["service.example": [["127.0.0.1"]]], answer: { _ in [.text("x")] }
        ) { fixture in
            fixture.egress.policy.allowed = [try AllowEntry(parsing: "service.example:\(fixture.server.port)")]
            _ = try await fixture.egress.send(OutboundRequest(.get, try fixture.url(host: "Service.Example.")))
            #expect(fixture.server.requests.first?.header("Host") == "service.example:\(fixture.server.port)")
            #expect(fixture.resolver.asked == ["service.example"])
        }
    }

    @Test("goes on to the next address when nobody listens at the first")
    func triesAllAddresses() async throws {
        try await EgressFixture.run(
            names: ["both.example": [["::1", "127.0.0.1"]]], answer: { _ in [.text("x")] }
        ) { fixture in
            fixture.egress.policy.allowed = [try AllowEntry(parsing: "both.example:\(fixture.server.port)")]
            let response = try await fixture.egress.send(
                OutboundRequest(.get, try fixture.url(host: "both.example")))
            #expect(response.status == 200)
        }
    }

    @Test("reads compressed answers, and HEAD answers that only say they are compressed")
    func decompresses() async throws {
        // gzip of 4 × "hello".
        let zipped: [UInt8] = [
            31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 203, 72, 205, 201, 201, 207, 64, 37, 0, 240, 121, 154, 171, 20, 0, 0, 0,
        ]
        try await EgressFixture.run(
            answer: { request in
                request.line.hasPrefix("HEAD")
                    ? [.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 27\r\n\r\n")]
                    : [.answer(headers: [("Content-Encoding", "gzip")], body: zipped)]
            }
        ) { fixture in
            let head = try await fixture.egress.send(OutboundRequest(.head, try fixture.url()))
            #expect(head.status == 200 && head.body.isEmpty)
            let response = try await fixture.egress.send(OutboundRequest(.get, try fixture.url()))
            #expect(String(decoding: response.body, as: UTF8.self) == "hellohellohellohello")
        }
    }

    @Test("that nobody listens for fails as a network error")
    func connectionRefused() async throws {
        try await EgressFixture.run(answer: { _ in [] }) { fixture in
            let closed = try await LoopbackServer(on: fixture.group, answer: { _ in [] })
            try await closed.stop()
            fixture.egress.policy.allowed = [try AllowEntry(parsing: "127.0.0.1:\(closed.port)")]
            let url = try OutboundURL(parsing: "http://127.0.0.1:\(closed.port)/")
            let error = await fixture.error(of: OutboundRequest(.get, url))
            #expect(error?.code == .network)
            #expect(error?.message.contains("connection refused") == true)
        }
    }

    @Test("whose answer is broken off fails as a network error", arguments: [true, false])
    func brokenOff(isChunked: Bool) async throws {
        try await EgressFixture.run(
            answer: { _ in
                isChunked
                    ? [.chunkedHead(), .chunk("part"), .close]
                    : [.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\npart"), .close]
            }
        ) { fixture in
            let error = await fixture.error(of: OutboundRequest(.get, try fixture.url()))
            #expect(error?.code == .network)
        }
    }

    @Test("ends when its task is cancelled")
    func cancellation() async throws {
        try await EgressFixture.run(answer: { _ in [] }) { fixture in
            let url = try fixture.url()
            let egress = fixture.egress
            let task = Task { () -> EgressError.Code? in
                do throws(EgressError) {
                    _ = try await egress.send(OutboundRequest(.get, url))
                    return nil
                } catch {
                    return error.code
                }
            }
            task.cancel()
            #expect(await task.value == .cancelled)
        }
    }

    @Test("can be received in pieces, and stopped when there is enough")
    func streaming() async throws {
        try await EgressFixture.run(
            answer: { _ in [.chunkedHead(), .chunk("one"), .repeatedly(Array("3\r\ntwo\r\n".utf8))] }
        ) { fixture in
            let pieces = Pieces()
            let head = try await fixture.egress.stream(OutboundRequest(.get, try fixture.url())) { _, bytes in
                pieces.add(bytes) >= 2 ? .enough : .more
            }
            #expect(head.status == 200)
            #expect(pieces.text.hasPrefix("onetwo"))
        }
    }

    @Test("needs a way out that is not shut down")
    func afterShutdown() async throws {
        try await EgressFixture.run(answer: { _ in [.text("x")] }) { fixture in
            await fixture.egress.shutdown()
            let error = await fixture.error(of: OutboundRequest(.get, try fixture.url()))
            #expect(error?.code == .network)
        }
    }
}
