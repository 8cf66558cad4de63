import FactoryDefinition
import FactoryJSON
import Testing

@Suite("A run's inputs") struct InputCheckTests {
    private let check = InputCheck([
        InputField(name: "topic", schema: ["type": "string", "minLength": 2]),
        InputField(name: "n", schema: ["type": "integer", "minimum": 1], defaultValue: 3),
        InputField(name: "ratio", schema: ["type": "number"], isOptional: true),
        InputField(name: "deep", schema: ["type": "boolean"], isOptional: true),
        InputField(name: "tags", schema: ["type": "array", "items": ["type": "string"]], isOptional: true),
        InputField(name: "mode", schema: ["enum": ["fast", 2]], isOptional: true),
        InputField(name: "file", schema: ["type": "string", "format": "file"], isOptional: true),
        InputField(name: "any", schema: [:], isOptional: true),
    ])

    @Test("are filled with defaults, optional ones with null, in the document's order")
    func defaults() {
        let reading = check.check(["topic": "birds", "ratio": nil])
        #expect(reading.problems == [])
        #expect(
            reading.values?.objectValue?.keys == ["topic", "n", "ratio", "deep", "tags", "mode", "file", "any"])
        #expect(reading.values?["n"] == 3)
        #expect(reading.values?["ratio"] == .null)
    }

    @Test("are refused when one is missing, unknown or does not fit, all at once")
    func problems() {
        let reading = check.check(["n": 0, "topik": "x", "tags": ["a", 1], "mode": "slow"])
        #expect(reading.values == nil)
        #expect(
            reading.problems.map(\.code) == [
                "unknown_input", "missing_input", "invalid_input", "invalid_input", "invalid_input",
            ])
        #expect(reading.problems[0].hint == "did you mean `topic`?")
        #expect(
            reading.problems.map(\.path) == [
                "inputs.topik", "inputs.topic", "inputs.n", "inputs.tags[1]", "inputs.mode",
            ])
        #expect(reading.problems[4].hint == #"one of "fast", 2"#)
    }

    @Test("are refused as null unless optional")
    func null() {
        #expect(check.check(["topic": nil]).problems.map(\.code) == ["invalid_input"])
    }

    @Test(
        "given as text become what their schema takes",
        arguments: [
            ("topic", "5", "5"), ("topic", "{\"a\": 1}", "{\"a\": 1}"), ("topic", "", ""), ("n", "3", 3),
            ("n", " 7 ", 7), ("n", "3.0", 3.0), ("ratio", "1", 1), ("ratio", "1e2", 100.0), ("ratio", "", nil),
            ("ratio", "null", nil), ("deep", "true", true), ("tags", #"["a"]"#, ["a"]), ("mode", "2", 2),
            ("mode", "fast", "fast"), ("file", "a/b.txt", "a/b.txt"), ("any", "[1]", [1]), ("any", "word", "word"),
        ] as [(String, String, JSON)])
    func text(name: String, text: String, value: JSON) throws {
        #expect(try check.value(fromText: text, for: name) == value)
    }

    @Test(
        "given as text that does not fit are refused with an example",
        arguments: [
            ("n", "three", "n=3"), ("n", "3.5", "n=3"), ("n", "\"3\"", "n=3"), ("deep", "yes", "deep=true"),
            ("tags", "a,b", #"tags=["a", "b"]"#), ("tags", "{}", #"tags=["a", "b"]"#), ("topik", "x", "did you mean"),
        ])
    func badText(name: String, text: String, hint: String) {
        let problem = #expect(throws: Problem.self) { try check.value(fromText: text, for: name) }
        #expect(problem?.hint?.contains(hint) == true)
    }

    @Test("come from the document with defaults, options and file marks")
    func document() throws {
        let reading = DocumentReading(
            yaml: """
                version: 1
                name: demo
                inputs:
                  requirements: {type: string, title: Requirements, format: textarea}
                  language: {type: string, enum: [python, javascript], default: python}
                  source: {type: string, format: file, optional: true}
                steps:
                  - {id: a, type: transform}
                """)
        let inputs = try #require(reading.pipeline?.inputs)
        #expect(inputs.map(\.name) == ["requirements", "language", "source"])
        #expect(inputs.map(\.isRequired) == [true, false, false])
        #expect(inputs.map(\.isFile) == [false, false, true])
        #expect(
            InputCheck(inputs).check(["requirements": "x"]).values == [
                "requirements": "x", "language": "python", "source": nil,
            ])
    }
}
