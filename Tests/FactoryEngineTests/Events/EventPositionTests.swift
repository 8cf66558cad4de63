import FactoryEngine
import Testing

@Suite("A position among events") struct EventPositionTests {
    @Test("reads what it writes", arguments: ["0", "17", "17.204", "17~12t3401", "17.204~12o5~12t3401~14e88"])
    func reads(_ text: String) throws {
        #expect(try #require(EventPosition(parsing: text)).description == text)
    }

    @Test(
        "refuses everything else",
        arguments: [
            "", " 17", "17 ", "+17", "-1", "017", "17.", "17.0", "17.01", ".5", "17.2.3", "1e3", "17~", "17~12t",
            "17~12x5",
            "17~t5", "17~12t0", "17~18t5", "17~12t5~12t6", "17~12t5~12o6", "17~14t5~12t6", "99999999999999999999", "١٧",
            "17,5", "17\n",
        ])
    func refuses(_ text: String) {
        #expect(EventPosition(parsing: text) == nil)
    }

    @Test("names no more than 64 running texts")
    func limit() throws {
        let marks = (1...70).map { TextMark(attempt: $0, stream: .text, offset: 1) }
        let text = EventPosition(sequence: 100, marks: marks).description
        #expect(try #require(EventPosition(parsing: text)).marks.count == EventPosition.markLimit)
        #expect(EventPosition(parsing: text + "~70t1") == nil)
    }
}
