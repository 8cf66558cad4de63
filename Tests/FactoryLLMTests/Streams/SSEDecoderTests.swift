import Testing

@testable import FactoryLLM

@Suite("A decoder of server-sent events") struct SSEDecoderTests {
    private static let stream = Array(
        "\u{FEFF}: comment\r\ndata: {\"a\":\"ä€😀\"}\r\n\r\nevent: x\ndata:one\ndata: two\nid: 7\n\ndata\r\rdata: cut"
            .utf8)
    private static let events: [SSEDecoder.Event] = [
        .init(name: nil, data: "{\"a\":\"ä€😀\"}"), .init(name: "x", data: "one\ntwo"), .init(name: nil, data: ""),
    ]

    @Test("gives the same events however the bytes are cut", arguments: [1, 2, 3, 5, 7, 1_000])
    func chunking(size: Int) throws {
        var decoder = SSEDecoder()
        var events: [SSEDecoder.Event] = []
        for start in stride(from: 0, to: Self.stream.count, by: size) {
            events += try decoder.decode(Self.stream[start..<min(start + size, Self.stream.count)])
        }
        #expect(events == Self.events)
    }

    @Test("gives the same events for every single cut")
    func everyCut() throws {
        for cut in 0...Self.stream.count {
            var decoder = SSEDecoder()
            let events = try decoder.decode(Self.stream[..<cut]) + decoder.decode(Self.stream[cut...])
            #expect(events == Self.events)
        }
    }

    @Test("refuses an event without end")
    func overflow() throws {
        var decoder = SSEDecoder()
        let line = Array("data: ".utf8) + [UInt8](repeating: 97, count: 1 << 20) + [10]
        #expect(throws: SSEDecoder.Overflow.self) {
            for _ in 0..<5 { _ = try decoder.decode(line) }
        }
    }
}
