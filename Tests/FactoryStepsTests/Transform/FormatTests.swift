import FactoryDomain
import FactoryJSON
import Testing

@testable import FactorySteps

@Suite("The op convert") struct FormatTests {
    @Test(
        "reads and writes the other formats",
        arguments: [
            ("{from: jsonl}", #""{\"a\":1}\n\n[2]\r\n\"x\"""#, #"[{"a":1},[2],"x"]"#), ("{from: jsonl}", #""""#, "[]"),
            ("{to: jsonl}", #"[{"a":"x\ny"},null]"#, #""{\"a\":\"x\\ny\"}\nnull\n""#),
            ("{from: tsv}", #""a\tb,c\n1\t\"x\ty\"\n""#, #"[{"a":"1","b,c":"x\ty"}]"#),
            ("{to: tsv}", #"[{"a":1,"b":"x,y"}]"#, #""a\tb\n1\tx,y\n""#),
            ("{from: toml}", #""a = [1]\n""#, #"{"a":[1]}"#), ("{to: toml}", #"{"a":"x"}"#, #""a = \"x\"\n""#),
            ("{from: xml}", #""<a><b>1</b></a>""#, #"{"a":{"b":"1"}}"#),
            ("{from: xml, to: json}", #""<a/>""#, #""{\"a\":\"\"}""#),
            (
                "{to: markdown_table}", #"[{"n":"a|b","v":1},{"n":"x\ny","w":null}]"#,
                #""| n | v | w |\n| --- | --: | --- |\n| a\\|b | 1 |  |\n| x<br>y |  |  |\n""#
            ),
            ("{to: markdown_table}", #"[["h","i"],[1]]"#, #""| h | i |\n| --: | --- |\n| 1 |  |\n""#),
            ("{to: markdown_table}", "[]", #""""#),
        ])
    func converts(_ options: String, _ input: String, _ expected: String) async throws {
        #expect(try await OpStage.run("- convert: \(options)", on: JSON(parsing: input)) == JSON(parsing: expected))
    }

    @Test(
        "says which format, where and why not",
        arguments: [
            ("{from: jsonl}", #""1\n{\n""#, "no JSON at line 2"), ("{to: jsonl}", "{}", "cannot be written as jsonl"),
            ("{from: tsv}", #""a\tb\n1\n""#, "no TSV at line 2"), ("{to: tsv}", "5", "cannot be written as tsv"),
            ("{from: toml}", #""a = 1\nb""#, "no TOML at line 2"), ("{to: toml}", #"{"a":null}"#, "a is null"),
            ("{from: xml}", #""<a>\n</b>""#, "no XML at line 2"), ("{to: xml}", "[]", "one root element"),
            ("{to: markdown_table}", "5", "markdown table"),
            ("{to: markdown_table}", "[[1],[2,3]]", "row 1 has 2 cells"),
            ("{to: markdown_table}", "[{}]", "no keys"), ("{to: markdown_table}", #"[{"a":1},2]"#, "element 1"),
        ])
    func refuses(_ options: String, _ input: String, _ message: String) async throws {
        let failure = try await OpStage.failure("- convert: \(options)", on: JSON(parsing: input))
        #expect(failure.code == "invalid_input")
        #expect(failure.message.hasPrefix("ops[0] (convert): "), "\(failure.message)")
        #expect(failure.message.contains(message), "\(failure.message)")
    }

    @Test("reads every format up to 16 MiB and no further", arguments: ValueFormat.allCases)
    func limit(_ format: ValueFormat) throws {
        let long = String(repeating: " ", count: ValueFormat.maximumBytes + 1)
        let error = try #require(throws: ValueFormat.Failure.self) { try format.parse(long) }
        #expect(error.message.contains("16 MiB"))
    }

    @Test("refuses a table that cannot fit before its cells are made", arguments: [ValueFormat.csv, .markdownTable])
    func wideTable(_ format: ValueFormat) throws {
        let rows = JSON.array((0..<5_000).map { .object(["k\($0)": 1]) })
        let error = try #require(throws: ValueFormat.Failure.self) { try format.print(rows) }
        #expect(error.message == "the text is larger than 16 MiB")
    }

    @Test("gives back as jsonl and tsv what it wrote", arguments: 0..<50)
    func roundTrip(_ seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        let list = JSON.array((0..<4).map { _ in SampleValues.value(3, &random) })
        #expect(try ValueFormat.jsonl.parse(ValueFormat.jsonl.print(list)) == list)
        let rows = JSON.array((0..<4).map { _ in ["a": .string(SampleValues.text(&random)), "b": "x"] })
        #expect(try ValueFormat.tsv.parse(ValueFormat.tsv.print(rows)) == rows)
    }
}
