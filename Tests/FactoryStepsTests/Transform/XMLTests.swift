import FactoryJSON
import Testing

@testable import FactorySteps

@Suite("An XML text") struct XMLTests {
    @Test(
        "is read by the mapping",
        arguments: [
            ("<a/>", #"{"a":""}"#), ("<a> x </a>", #"{"a":" x "}"#),
            (
                "<?xml version=\"1.0\" encoding='UTF-8'?>\n<!-- c --><a b='1' c=\"&lt;&#65;&#x42;\">t</a>\n",
                ##"{"a":{"@b":"1","@c":"<AB","#text":"t"}}"##
            ),
            ("<a><b>1</b><c/><b>2</b></a>", #"{"a":{"b":["1","2"],"c":""}}"#),
            ("<a>\n  <b><c x='1'/></b>\n</a>", #"{"a":{"b":{"c":{"@x":"1"}}}}"#),
            ("<a>one <b>two</b> three</a>", ##"{"a":{"b":"two","#text":"one  three"}}"##),
            ("<a><![CDATA[<&]]>&amp;<?pi x?></a>", #"{"a":"<&&"}"#),
            ("<n:a xmlns:n='u'/>", #"{"n:a":{"@xmlns:n":"u"}}"#),
            ("<a>x\r\ny\rz</a>", #"{"a":"x\ny\nz"}"#), ("<a b='x\ty\r\nz&#10;'/>", #"{"a":{"@b":"x y z\n"}}"#),
            ("<é>ü</é>", #"{"é":"ü"}"#),
        ])
    func reads(_ text: String, _ expected: String) throws {
        #expect(try XMLReader.value(of: text) == JSON(parsing: expected))
    }

    @Test(
        "is refused with the line where it breaks the rules",
        arguments: [
            ("", 1, "no element"), ("<a>\n<b></a>", 2, "</a> closes <b>"), ("<a>", 1, "never closed"),
            ("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", 1, "document type"), ("<a>\n&x;</a>", 2, "no entity &x;"),
            ("<a>&#0;</a>", 1, "no entity"), ("<a>&#xD800;</a>", 1, "no entity"), ("<a>& b</a>", 1, "&"),
            ("<a b='1' b='2'/>", 1, "twice"), ("<a b='1'c='2'/>", 1, "white space"), ("<a b=1/>", 1, "quotes"),
            ("<a b='<'/>", 1, "holds a <"), ("<a/><b/>", 1, "behind the root"), ("x<a/>", 1, "outside"),
            ("<a>]]></a>", 1, "CDATA"), ("<a><!-- -- --></a>", 1, "comment"), ("<a>\u{1}</a>", 1, "control"),
            ("<?xml version='1.0' encoding='latin1'?><a/>", 1, "latin1"), ("<1a/>", 1, "name"),
            ("<a><!ELEMENT b></a>", 1, "name"),
        ])
    func refuses(_ text: String, _ line: Int, _ message: String) throws {
        let error = try #require(throws: XMLError.self) { try XMLReader.value(of: text) }
        #expect(error.line == line)
        #expect(error.message.contains(message), "\(error.message)")
    }

    @Test("ends at its limits of depth and number")
    func limits() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        }
        _ = try XMLReader.value(of: nested(XMLReader.maximumDepth))
        #expect(throws: XMLError.self) { try XMLReader.value(of: nested(XMLReader.maximumDepth + 1)) }
        #expect(throws: XMLError.self) { try XMLReader.value(of: nested(1_000_000)) }
        _ = try XMLReader.value(of: "<a><b c=''/></a>", maximumNodes: 3)
        let error = try #require(throws: XMLError.self) { try XMLReader.value(of: "<a><b c=''/></a>", maximumNodes: 2) }
        #expect(error.message.contains("more than 2"))
    }

    @Test(
        "is written from the same mapping",
        arguments: [
            (#"{"a":null}"#, "<a/>\n"),
            (
                #"{"a":{"@x":"\"<\n","b":[1,true],"c":{}}}"#,
                "<a x=\"&quot;&lt;&#10;\">\n  <b>1</b>\n  <b>true</b>\n  <c/>\n</a>\n"
            ),
            (##"{"a":{"#text":"t","b":"x"}}"##, "<a>t<b>x</b></a>\n"),
        ])
    func writes(_ value: String, _ expected: String) throws {
        #expect(
            try XMLWriter.text(of: JSON(parsing: value)) == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + expected)
    }

    @Test(
        "is not written from what has no form in it",
        arguments: [
            ("[]", "one root"), ("{}", "one root"), (#"{"a":1,"b":2}"#, "one root"), (#"{"a":[1,2]}"#, "list"),
            (#"{"a b":1}"#, "name of an element"), (#"{"a":{"@ ":1}}"#, "attribute"),
            (#"{"a":{"@x":[]}}"#, "text is wanted"),
            (#"{"a":{"b":[[1]]}}"#, "list"), (#"{"a":"\u0001"}"#, "character number 1"),
        ])
    func refusesValues(_ value: String, _ message: String) throws {
        let error = try #require(throws: XMLError.self) { try XMLWriter.text(of: JSON(parsing: value)) }
        #expect(error.message.contains(message), "\(error.message)")
    }

    @Test("reads back as it was written", arguments: 0..<100)
    func roundTrip(_ seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        let value: JSON = ["root": Self.element(3, &random)]
        #expect(try XMLReader.value(of: XMLWriter.text(of: value)) == value)
    }

    private static func element(_ depth: Int, _ random: inout SeededGenerator) -> JSON {
        // White space alone is no text of an element with others, so a letter stands at the end.
        if depth == 0 || Int.random(in: 0..<3, using: &random) == 0 { return .string(SampleValues.text(&random)) }
        var members: JSONObject = ["@id": .string(SampleValues.text(&random))]
        for name in ["b", "c-1", "ns:d"] where Bool.random(using: &random) {
            members[name] = element(depth - 1, &random)
        }
        if Bool.random(using: &random) { members["list"] = .array([element(depth - 1, &random), element(0, &random)]) }
        if Bool.random(using: &random) { members["#text"] = .string(SampleValues.text(&random) + "x") }
        return .object(members)
    }
}
