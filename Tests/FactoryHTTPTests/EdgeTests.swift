import FactoryAPI
import FactoryDomain
import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import FactoryHTTP

@Suite("A date of HTTP") struct HTTPDateTests {
    @Test(
        "is written as RFC 9110 shows",
        arguments: [
            (784_111_777_000, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"), (951_782_400_999, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (4_107_542_399_000, "Sun, 28 Feb 2100 23:59:59 GMT"), (4_107_542_400_000, "Mon, 01 Mar 2100 00:00:00 GMT"),
        ] as [(Int64, String)])
    func form(milliseconds: Int64, text: String) {
        #expect(HTTPDate(moment: Timestamp(milliseconds: milliseconds)).description == text)
    }
}

@Suite("Compression") struct CompressionTests {
    @Test(
        "is taken where gzip is",
        arguments: [
            ("gzip", true), ("br, GZIP;q=0.1", true), ("*", true), ("x-gzip", true), ("gzip;q=0, *", false),
            ("", false),
            ("br", false), ("identity", false), ("*;q=0", false),
        ])
    func taken(header: String, isTaken: Bool) { #expect(Compression.isTaken(header) == isTaken) }

    @Test("leaves what gets no shorter as it is")
    func noise() {
        var generator = SystemRandomNumberGenerator()
        #expect(Compression.gzip((0..<5_000).map { _ in UInt8.random(in: .min ... .max, using: &generator) }) == nil)
        #expect((Compression.gzip([UInt8](repeating: 65, count: 5_000))?.count ?? .max) < 100)
    }
}

@Suite("Memory for bodies") struct BodyBudgetTests {
    @Test("is given to the last byte, refused beyond, and comes back")
    func limit() throws {
        let budget = BodyBudget(bytes: 100)
        var first: BodyShare? = BodyShare(of: budget)
        let second = BodyShare(of: budget)
        try first?.reserve(60)
        try first?.reserve(30)
        try second.reserve(40)
        #expect(throws: APIProblem.self) { try second.reserve(41) }
        first = nil
        try second.reserve(100)
        #expect(throws: APIProblem.self) { try second.reserve(101) }
    }
}

@Suite("What is written to a connection") struct WriteDeadlineTests {
    /// Takes writes and keeps them, as a socket does whose other end does not read.
    private final class Wall: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer
        var waiting: [(bytes: Int, promise: EventLoopPromise<Void>?)] = []

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            waiting.append((unwrapOutboundIn(data).readableBytes, promise))
        }
    }

    private let loop = EmbeddedEventLoop()
    private let wall = Wall()
    private let channel: EmbeddedChannel

    init() throws {
        channel = EmbeddedChannel(handlers: [wall, WriteDeadline()], loop: loop)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    @Test("goes on however long it takes, as long as some of it is read in time")
    func progress() {
        channel.write(ByteBuffer(repeating: 0, count: 5 * WriteDeadline.pieceBytes + 1), promise: nil)
        #expect(wall.waiting.map(\.bytes) == Array(repeating: WriteDeadline.pieceBytes, count: 5) + [1])
        for piece in wall.waiting {
            loop.advanceTime(by: .seconds(WriteDeadline.seconds - 1))
            #expect(channel.isActive)
            piece.promise?.succeed()
        }
        loop.advanceTime(by: .seconds(10 * WriteDeadline.seconds))
        #expect(channel.isActive)
    }

    @Test("ends the connection where none of it is")
    func stuck() {
        channel.write(ByteBuffer(repeating: 0, count: 10), promise: nil)
        loop.advanceTime(by: .seconds(WriteDeadline.seconds - 1))
        #expect(channel.isActive)
        loop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
        for piece in wall.waiting { piece.promise?.fail(ChannelError.ioOnClosedChannel) }
    }
}

@Suite("Readiness") struct ReadinessMemoryTests {
    @Test("is looked at once a second, however often it is asked for")
    func once() async {
        let clock = Ticks()
        let memory = ReadinessMemory({ await clock.look() }, now: { clock.now })
        _ = await memory.checks()
        clock.advance(999)
        _ = await memory.checks()
        #expect(await clock.looks == 1)
        clock.advance(1)
        _ = await memory.checks()
        #expect(await clock.looks == 2)
        clock.advance(-5_000)
        _ = await memory.checks()
        #expect(await clock.looks == 3, "a clock that was set back does not keep an old answer alive")
    }
}

/// A clock by hand that counts how often it is looked at.
private actor Ticks {
    private let time = Mutex<Int64>(1_000_000)
    private(set) var looks = 0

    nonisolated var now: Timestamp { Timestamp(milliseconds: time.withLock { $0 }) }
    nonisolated func advance(_ milliseconds: Int64) { time.withLock { $0 += milliseconds } }

    func look() -> [HTTPServices.Check] {
        looks += 1
        return [HTTPServices.Check(name: "x", isReady: true, detail: "")]
    }
}
