import FactoryJSON
import Testing

@testable import FactorySteps

@Suite("A TOML text") struct TOMLTests {
    @Test(
        "is read as a value",
        arguments: [
            ("", "{}"), ("# only a comment\n\n", "{}"), ("a = 1 # one\nb=true\r\nc = -0\n", #"{"a":1,"b":true,"c":0}"#),
            ("a = [0xFF, 0o17, 0b1_1, 1_000, +5]", #"{"a":[255,15,3,1000,5]}"#),
            ("a = [1.5, -1e3, 6.25e-1, 1_0.5]", #"{"a":[1.5,-1000.0,0.625,10.5]}"#),
            (#"a = "x\t\"\u00e9\U0001F600""#, #"{"a":"x\t\"é😀"}"#), (#"a = 'C:\x'"#, #"{"a":"C:\\x"}"#),
            ("a = \"\"\"\nx\ny \\\n   z\"\"\"", #"{"a":"x\ny z"}"#), ("a = \"\"\"\"q\"\"\"\"\"", #"{"a":"\"q\"\""}"#),
            ("a = '''\n'q' \\ '''", #"{"a":"'q' \\ "}"#),
            ("a = [\n 1, # one\n 2,\n]", #"{"a":[1,2]}"#), ("a = [[], [1, 'x']]", #"{"a":[[],[1,"x"]]}"#),
            ("a = { b = 1, c.d = 2 }\ne = {}", #"{"a":{"b":1,"c":{"d":2}},"e":{}}"#),
            ("a.b = 1\na.\"c d\" = 2\n'' = 3", #"{"a":{"b":1,"c d":2},"":3}"#),
            ("[x.y]\na = 1\n[x]\nb = 2\n[ z ]\n", #"{"x":{"y":{"a":1},"b":2},"z":{}}"#),
            ("[[p]]\nn = 1\n[p.q]\nm = 2\n[[p]]\n[[p.r]]\nk = 3", #"{"p":[{"n":1,"q":{"m":2}},{"r":[{"k":3}]}]}"#),
            (
                "a = 2024-02-29T10:00:00Z\nb = 2024-01-01 10:00:00.5+02:00\nc = 2024-01-01\nd = 10:00:00",
                #"{"a":"2024-02-29T10:00:00Z","b":"2024-01-01T10:00:00.5+02:00","c":"2024-01-01","d":"10:00:00"}"#
            ),
            ("1 = 2\n-x = 1", #"{"1":2,"-x":1}"#),
        ])
    func reads(_ text: String, _ expected: String) throws {
        #expect(try TOMLReader.value(of: text) == JSON(parsing: expected))
    }

    @Test(
        "is refused with the line where it breaks the rules",
        arguments: [
            ("a = 1\na = 2", 2, "a is defined already"), ("[a]\n[a]", 2, "defined already"),
            ("a = 1\n[a]", 2, "defined already"), ("[a]\nb.c = 1\n[a.b]", 3, "defined already"),
            ("a = {b = 1}\n[a.c]", 2, "defined already"), ("a = {b = 1}\na.c = 2", 2, "defined already"),
            ("a = [1]\n[[a]]", 2, "defined already"), ("[a.b]\n[a]\nb.c = 1", 3, "defined already"),
            ("a = 01", 1, "no value"), ("a = 1__0", 1, "no value"), ("a = _1", 1, "no value"),
            ("a = 1.", 1, "no value"),
            ("a = .5", 1, "no value"), ("a = 0x", 1, "no value"), ("a = -0xF", 1, "no value"),
            ("a = yes", 1, "no value"),
            ("a = ", 1, "value is expected"), ("a", 1, "= is missing"), ("= 1", 1, "key is expected"),
            ("a = 9223372036854775808", 1, "too large"), ("a = 1e999", 1, "too large"),
            ("a = inf", 1, "no form in JSON"),
            ("a = 2023-02-29", 1, "no value"), ("a = 25:00:00", 1, "no value"), ("a = 1 b = 2", 1, "behind the end"),
            ("a = \"x\ny\"", 1, "ends with its line"), ("a = \"x", 1, "never closed"),
            ("a = \"\\x\"", 1, "unknown escape"),
            ("a = \"\\uD800\"", 1, "unknown escape"), ("a = [1\nb = 2", 2, "comma or ]"),
            ("a = [1,\n", 1, "never closed"),
            ("a = {b = 1,}", 1, "key is expected"), ("a = {b = 1\n}", 1, "comma or }"), ("[a", 1, "] is missing"),
            ("a = \"\u{1}\"", 1, "control"), ("# \u{1}", 1, "control"), ("a\n= 1", 1, "= is missing"),
        ])
    func refuses(_ text: String, _ line: Int, _ message: String) throws {
        let error = try #require(throws: TOMLError.self) { try TOMLReader.value(of: text) }
        #expect(error.line == line, "\(error.message)")
        #expect(error.message.contains(message), "\(error.message)")
    }

    @Test("ends at its limit of depth, in lists, inline tables and keys")
    func limits() throws {
        func list(_ depth: Int) -> String {
            "a = " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try TOMLReader.value(of: list(TOMLReader.maximumDepth))
        #expect(throws: TOMLError.self) { try TOMLReader.value(of: list(TOMLReader.maximumDepth + 1)) }
        #expect(throws: TOMLError.self) { try TOMLReader.value(of: list(1_000_000)) }
        #expect(throws: TOMLError.self) {
            try TOMLReader.value(of: "a = " + String(repeating: "{b=", count: 100_000))
        }
        #expect(throws: TOMLError.self) {
            try TOMLReader.value(of: String(repeating: "a.", count: 100_000) + "a = 1")
        }
    }

    @Test("reads a hundred thousand tables of one list in time that grows with them")
    func manyTables() throws {
        let text = String(repeating: "[[a]]\n", count: 100_000)
        #expect(try TOMLReader.value(of: text)["a"]?.arrayValue?.count == 100_000)
    }

    @Test("is written with tables behind the plain members")
    func writes() throws {
        let value: JSON = ["t": ["x": 1.0, "l": [["k": "a\"\n"]]], "a": [1, [:]], "b c": true, "e": []]
        #expect(
            try TOMLWriter.text(of: value)
                == "a = [1, {}]\n\"b c\" = true\ne = []\n\n[t]\nx = 1.0\n\n[[t.l]]\nk = \"a\\\"\\n\"\n")
    }

    @Test(
        "is not written from what has no form in it",
        arguments: [("[]", "list"), (#"{"a":{"b":null}}"#, "a.b is null"), (#"{"a":[1,null]}"#, "a.[1] is null")])
    func refusesValues(_ value: String, _ message: String) throws {
        let error = try #require(throws: TOMLError.self) { try TOMLWriter.text(of: JSON(parsing: value)) }
        #expect(error.message.contains(message), "\(error.message)")
    }

    @Test("reads back as it was written", arguments: 0..<200)
    func roundTrip(_ seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        let value = SampleValues.object(4, &random)
        let text = try TOMLWriter.text(of: value)
        #expect(try TOMLReader.value(of: text) == value, "\(text)")
    }
}
