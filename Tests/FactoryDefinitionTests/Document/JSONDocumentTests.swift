import FactoryDefinition
import FactoryJSON
import Testing

@Suite("A document in JSON") struct JSONDocumentTests {
    private func read(_ text: String, as format: DocumentFormat = .json) -> DocumentReading {
        DocumentReader().read(Array(text.utf8), as: format)
    }

    @Test("is the same pipeline as in YAML")
    func same() throws {
        let yaml = """
            version: 1
            name: demo
            steps:
              - id: a
                type: transform
                with: {input: "{{ run.id }}", ops: [{expression: 'input + "é"'}]}
            """
        let fromYAML = try #require(DocumentReading(yaml: yaml).document)
        let reading = read(fromYAML.serialized(pretty: true), as: .detect)
        #expect(reading.isValid)
        #expect(reading.document == fromYAML)
    }

    @Test("is read again however much longer it is than the YAML it was made of")
    func growth() throws {
        let members = (0..<400).map { "k\($0)" }.joined(separator: ",")
        let yaml = "version: 1\nname: demo\nsteps: [{id: a, type: transform, with: {input: {\(members)}}}]\n"
        let limits = NodeLimits(maxBytes: yaml.utf8.count, maxDepth: 64, maxNodes: 1_000)
        let reader = DocumentReader(limits: limits)
        let document = try #require(reader.read(Array(yaml.utf8), as: .yaml).document)
        #expect(document.serializedBytes().count > 2 * yaml.utf8.count)
        #expect(reader.read(document.serializedBytes(), as: .json).isValid)
        #expect(reader.read(document).isValid)
    }

    @Test("holds any value that the JSON parser reads, unchanged")
    func values() {
        var random = SeededRandom(seed: 5)
        for _ in 0..<1_000 {
            let value = RandomJSON().value(depth: 4, using: &random)
            #expect(read(value.serialized()).document == value)
            #expect(read(value.serialized(pretty: true)).document == value)
        }
    }

    @Test(
        "is refused where it is no JSON, with the place",
        arguments: [
            (#"{"a": 1,}"#, 9), (#"{"a" 1}"#, 6), (#"{a: 1}"#, 2), (#"{"a": tru}"#, 7), (#"{"a": 01}"#, 7),
            (#"{"a": "x}"#, 7), (#"{"a": "\q"}"#, 8), (#"{"a": "\ud800"}"#, 8), (#"{"a": 1} x"#, 10),
            (#"{"a": [1 2]}"#, 10),
            (#"{"a": 1e999}"#, 7), (#"{"a": 1, "a": 2}"#, 10), ("", 1), (#"{"a": 99999999999999999999}"#, 7),
        ])
    func broken(text: String, column: Int) {
        let codes = ["syntax", "invalid_number", "duplicate_key", "invalid_type"]
        let problem = read(text).problems.first { codes.contains($0.code) }
        #expect(problem?.line == 1)
        #expect(problem?.column == column, "\(problem?.message ?? "")")
    }

    @Test("is told from YAML by its beginning")
    func detect() {
        #expect(read(#"{"version": 1, "nam": 1}"#, as: .detect).problems.contains { $0.code == "unknown_key" })
        #expect(read("{version: 1, nam: 1}", as: .detect).problems.contains { $0.code == "unknown_key" })
        #expect(read("{\"version\": 1, nam: 1}", as: .detect).problems.contains { $0.code == "unknown_key" })
        #expect(read("{\"version\": 1,, }", as: .detect).problems.first?.message.contains("JSON") == true)
    }

    @Test("reads any bytes without a crash")
    func noise() {
        var random = SeededRandom(seed: 9)
        let alphabet = Array(#"{}[]",:\u0019eE+-. truefalsn"#.utf8) + [0xC3, 0xA9, 0xFF, 0x0A]
        for _ in 0..<3_000 {
            let bytes = (0..<Int.random(in: 0...30, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            let reading = DocumentReader().read(bytes, as: .json)
            if let parsed = try? JSON(parsing: bytes), reading.document != nil {
                #expect(reading.document == parsed)
            } else {
                #expect(!reading.problems.isEmpty)
            }
        }
    }
}
