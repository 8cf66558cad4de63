import FactoryTestKit
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import FactoryNetwork

@Suite("A pool of pinned clients") struct ClientPoolTests {
    @Test("refuses a connection that leads elsewhere than to the checked address")
    func peerCheck() async throws {
        try await EgressFixture.run(answer: { _ in [.text("reached")] }) { fixture in
            let pool = Self.pool(fixture.group)
            let url = try fixture.url()
            let other = try #require(IPAddress("127.0.0.2"))
            let client = try await pool.client(for: ClientKey(url: url, address: other, decompresses: true))
            let request = OutboundRequest(.get, url)
            let watch = ExchangeWatch(limits: request.limits, eventLoop: fixture.group.any())
            let hop = Hop(request: request, redirectsLeft: 0, watch: watch) { _, _ in .more }
            let failure = await #expect(throws: HopFailure.self) { try await hop.run(on: client) }
            #expect(failure?.error.code == .denied)
            #expect(fixture.server.requests.isEmpty)
            await pool.shutdown()
        }
    }

    @Test("keeps only so many that nobody uses, and all that somebody does")
    func eviction() async throws {
        let pool = Self.pool(.singleton)
        let keys = try (1...40).map { number in
            ClientKey(
                url: try OutboundURL(parsing: "http://127.0.0.\(number)/"),
                address: try #require(IPAddress("127.0.0.\(number)")), decompresses: true)
        }
        for key in keys { _ = try await pool.client(for: key) }
        #expect(await pool.count == 40)
        for key in keys { await pool.release(key) }
        #expect(await pool.count == ClientPool.maxIdle)
        await pool.shutdown()
        #expect(await pool.count == 0)
        await #expect(throws: EgressError.self) { try await pool.client(for: keys[0]) }
    }

    private static func pool(_ group: MultiThreadedEventLoopGroup) -> ClientPool {
        ClientPool(group: group, tls: .makeClientConfiguration(), connectTimeout: .seconds(5))
    }
}
