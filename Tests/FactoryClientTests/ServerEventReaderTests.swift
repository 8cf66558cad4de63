import Testing

@testable import FactoryClient

@Suite("A reader of server-sent events") struct ServerEventReaderTests {
    private let stream =
        "retry: 1000\n\nid: 1\nevent: step.succeeded\ndata: {\"a\":\ndata: 1}\n\n: still here\n\nid: 2\r\ndata:x\r\n\r\n"
        + "event: none\n\ndata: größe\r\rdata: unfinished"
    private let events = [
        ServerEvent(id: "1", type: "step.succeeded", data: "{\"a\":\n1}"),
        ServerEvent(id: "2", type: "message", data: "x"), ServerEvent(id: "2", type: "message", data: "größe"),
    ]

    @Test("finds the same events wherever the stream is cut")
    func cuts() {
        let bytes = Array(stream.utf8)
        for first in bytes.indices {
            for second in stride(from: first, to: bytes.count, by: 7) {
                var reader = ServerEventReader()
                let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]]
                let found = pieces.flatMap { reader.read(Array($0)) }
                #expect(found == events, "cut at \(first) and \(second)")
            }
        }
    }

    @Test("waits with a line that has not ended")
    func unfinished() {
        var reader = ServerEventReader()
        #expect(reader.read(Array("data: a\r".utf8)).isEmpty)
        #expect(reader.read(Array("\n".utf8)).isEmpty)
        #expect(reader.read(Array("\r\n".utf8)) == [ServerEvent(id: nil, type: "message", data: "a")])
    }
}

@Suite("A client's path") struct ClientPathTests {
    @Test("has one component for any text")
    func components() {
        #expect(FactoryClient.component("a-b_c.d~1") == "a-b_c.d~1")
        #expect(FactoryClient.component("a/b?c#d%e f") == "a%2Fb%3Fc%23d%25e%20f")
        #expect(FactoryClient.component("ö") == "%C3%B6")
    }
}
