import FactoryJSON
import Testing

@testable import FactorySteps

@Suite("A CSV text") struct CSVTests {
    @Test(
        "is read as objects of text",
        arguments: [
            ("", "[]"), ("a,b\n", "[]"), ("a,b\n1,2\n", #"[{"a":"1","b":"2"}]"#),
            ("a,b\r\n1,2", #"[{"a":"1","b":"2"}]"#), ("\u{FEFF}a\n1\n", #"[{"a":"1"}]"#),
            ("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n", #"[{"a":"x,y","b":"say \"hi\""}]"#),
            ("a\n\"two\r\nlines\"\n", #"[{"a":"two\r\nlines"}]"#), ("a,b\n,\n", #"[{"a":"","b":""}]"#),
            ("a\n\n1\n\n\n2\n", #"[{"a":"1"},{"a":"2"}]"#), ("a\n\"\"\n", #"[{"a":""}]"#),
            ("a\nlone\rreturn\n", #"[{"a":"lone\rreturn"}]"#),
        ])
    func reads(_ text: String, expected: String) throws {
        #expect(try CSVReader.value(of: text) == JSON(parsing: expected))
    }

    @Test(
        "is refused with the line where it breaks the rules",
        arguments: [
            ("a,b\n1\n", 2, "1 field"), ("a,b\n1,2\n1,2,3\n", 3, "3 fields"), ("a,a\n", 1, "twice"),
            ("a\n\"open\n\n", 2, "never closed"), ("a\nx\"y\n", 2, "quote inside"), ("a\n\"x\"y\n", 2, "more text"),
            ("a,b\n\"one\ntwo\",2\n3\n", 4, "1 field"),
        ])
    func refuses(_ text: String, line: Int, message: String) throws {
        let error = try #require(throws: CSVError.self) { try CSVReader.value(of: text) }
        #expect(error.line == line)
        #expect(error.message.contains(message), "\(error.message)")
    }

    @Test("takes other delimiters and no header")
    func options() throws {
        let options = CSVOptions(delimiter: UInt8(ascii: ";"), header: false)
        #expect(try CSVReader.value(of: "a;b,c\n1;2\n", options: options) == [["a", "b,c"], ["1", "2"]])
    }

    @Test("ends at its limits of rows, fields and bytes")
    func limits() throws {
        #expect(try CSVReader.value(of: "a\n1\n2\n", maximumRows: 2).arrayValue?.count == 2)
        let rows = try #require(throws: CSVError.self) { try CSVReader.value(of: "a\n1\n2\n3\n", maximumRows: 2) }
        #expect(rows.line == 4)
        let widest = String(repeating: ",", count: CSVReader.maximumFields - 1)
        #expect(try CSVReader.value(of: widest, options: CSVOptions(header: false)).arrayValue?.count == 1)
        #expect(throws: CSVError.self) { try CSVReader.value(of: widest + ",", options: CSVOptions(header: false)) }
        let long = String(repeating: "a", count: ValueFormat.maximumBytes + 1)
        #expect(throws: ValueFormat.Failure.self) { try ValueFormat.csv.parse(long) }
    }

    @Test("has a column for every key of any object")
    func writes() throws {
        let rows: JSON = [
            ["name": "Ann, \"A\"", "age": 30], ["name": nil, "tags": ["x"]], ["note": "two\nlines", "age": -1.5],
        ]
        #expect(
            try CSVWriter().text(of: rows)
                == "name,age,tags,note\n\"Ann, \"\"A\"\"\",30,,\n,,\"[\"\"x\"\"]\",\n,-1.5,,\"two\nlines\"\n")
    }

    @Test("is guarded against formulas when asked, but numbers stay numbers")
    func guards() throws {
        let rows: JSON = [["a": "=1+1", "b": -5, "c": "@x", "d": "safe"]]
        #expect(
            try CSVWriter(options: CSVOptions(guardFormulas: true)).text(of: rows) == "a,b,c,d\n'=1+1,-5,'@x,safe\n")
        #expect(try CSVWriter().text(of: rows) == "a,b,c,d\n=1+1,-5,@x,safe\n")
    }

    @Test("names the element that is no row")
    func refusesValues() throws {
        let error = try #require(throws: CSVError.self) { try CSVWriter().text(of: [["a": 1], 2]) }
        #expect(error.message == "element 1 is an integer, not an object")
        #expect(throws: CSVError.self) { try CSVWriter().text(of: "text") }
        #expect(throws: CSVError.self) { try CSVWriter().text(of: [[1], ["a": 1]]) }
    }

    @Test("reads back as it was written, whatever is in the fields", arguments: 0..<50)
    func roundTrip(_ seed: UInt64) throws {
        var random = Seeded(state: seed)
        let pieces = ["", "a", "\"", ",", "\n", "\r\n", "\r", " ", "é", ";"]
        let width = Int.random(in: 1...4, using: &random)
        let rows = (0..<Int.random(in: 0...5, using: &random)).map { _ in
            JSON.array(
                (0..<width).map { _ in
                    .string((0..<3).map { _ in pieces.randomElement(using: &random) ?? "" }.joined())
                })
        }
        let options = CSVOptions(header: false)
        let text = try CSVWriter(options: options).text(of: .array(rows))
        #expect(try CSVReader.value(of: text, options: options) == .array(rows))
    }
}

/// SplitMix64: the same numbers on every run.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
