import FactoryDefinition
import FactoryJSON
import Testing

@Suite("YAML text") struct YAMLReadingTests {
    @Test(
        "gives scalars the meaning of the narrowed core schema",
        arguments: [
            ("true", JSON.bool(true)), ("false", .bool(false)), ("null", .null), ("~", .null), ("", .null),
            ("on", "on"), ("no", "no"), ("yes", "yes"), ("True", "True"), ("NULL", "NULL"),
            ("2026-01-31", "2026-01-31"), ("12:30:45", "12:30:45"), ("1_000", "1_000"),
            ("0", .int(0)), ("-12", .int(-12)), ("+7", .int(7)), ("012", .int(12)), ("0o17", .int(15)),
            ("0x1F", .int(31)), ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
            ("1.0", .double(1)), ("1.", .double(1)), (".5", .double(0.5)), ("-1e3", .double(-1000)),
            ("1e", "1e"), (".", "."), ("-", .array([.null])), ("+", "+"), ("0x", "0x"), ("1.2.3", "1.2.3"),
            ("\"5\"", "5"), ("'true'", "true"), ("\"a\\tb\\u00e9\"", "a\tbé"),
        ])
    func scalars(text: String, value: JSON) throws {
        #expect(try YAML.parse(text) == value)
    }

    @Test(
        "refuses numbers that JSON cannot hold",
        arguments: ["9223372036854775808", ".inf", "-.inf", ".nan", "1e999", "0xFFFFFFFFFFFFFFFF"])
    func numbers(text: String) {
        #expect(throws: YAMLError.self) { try YAML.parse("a: \(text)") }
    }

    @Test(
        "refuses what a document must not hold, with a hint",
        arguments: [
            ("a: &x 1\n", "anchor"), ("a: !!str 1\n", "tag"), ("a: 1\n---\nb: 2\n", "second document"),
            ("<<: {a: 1}\n", "merge key"), ("a: &x 1\nb: *x\n", "anchor"),
        ])
    func features(text: String, word: String) throws {
        let error = #expect(throws: YAMLError.self) { try YAML.parse(text) }
        #expect(error?.message.contains(word) == true)
        #expect(error?.hint != nil)
    }

    @Test("refuses a key that stands twice and names the line of the first")
    func duplicates() throws {
        let error = #expect(throws: YAMLError.self) { try YAML.parse("a: 1\nb: 2\na: 3\n") }
        #expect(error?.line == 3)
        #expect(error?.column == 1)
        #expect(error?.hint?.contains("line 1") == true)
    }

    @Test("keeps the order of keys, and folds and keeps lines as written")
    func blocks() throws {
        let value = try YAML.parse("z: 1\na: |\n  one\n   two\n\n  three\nb: >-\n  one\n  two\n")
        #expect(value.objectValue?.keys == ["z", "a", "b"])
        #expect(value["a"] == "one\n two\n\nthree\n")
        #expect(value["b"] == "one two")
    }

    @Test("counts columns in characters, behind letters of several bytes and a byte order mark")
    func columns() throws {
        let error = #expect(throws: YAMLError.self) { try YAML.parse("\u{FEFF}größe: 1\n'ü': {é: .inf}\n") }
        #expect(error?.line == 2)
        #expect(error?.column == 10)
    }

    @Test("counts lines that end with CR LF or CR")
    func lineEnds() throws {
        let error = #expect(throws: YAMLError.self) { try YAML.parse("a: 1\r\nb: 2\r\nc: .nan\r\n") }
        #expect(error?.line == 3)
        #expect(error?.column == 4)
    }

    @Test("says where text is no UTF-8")
    func encoding() throws {
        let error = #expect(throws: YAMLError.self) { try YAML.parse(Array("a: 1\nb: ".utf8) + [0xFF, 0x0A]) }
        #expect(error?.line == 2)
        #expect(error?.column == 4)
    }

    @Test(
        "refuses characters that readers of YAML disagree about",
        arguments: ["a: x\u{2028}y", "a: x\u{85}y", "a: x\u{2029}y", "a: x\u{07}y"])
    func characters(text: String) {
        #expect(throws: YAMLError.self) { try YAML.parse(text) }
    }

    @Test("ends at each of its limits")
    func limits() throws {
        let limits = NodeLimits(maxBytes: 1_000, maxDepth: 4, maxNodes: 20)
        #expect(throws: YAMLError.self) { try YAML.parse("a: \(String(repeating: "x", count: 1_000))", limits: limits) }
        #expect(try YAML.parse("[[[[]]]]", limits: limits) == [[[[]]]])
        #expect(throws: YAMLError.self) { try YAML.parse("[[[[[]]]]]", limits: limits) }
        #expect(throws: YAMLError.self) { try YAML.parse("- - - - - 1", limits: limits) }
        #expect(try YAML.parse("[\(String(repeating: "1,", count: 19))]", limits: limits).arrayValue?.count == 19)
        #expect(throws: YAMLError.self) {
            try YAML.parse("[\(String(repeating: "1,", count: 20))]", limits: limits)
        }
    }

    @Test(
        "says what is wrong with broken text and where",
        arguments: [
            ("a: b: c", 1, 5), ("a:\n\t- 1", 2, 1), ("a: [1, 2", 1, 9), ("a: \"x", 1, 4), ("a: 1\n b: 2", 2, 3),
            ("a: 'x' y", 1, 8), ("key\nother: 1", 2, 6),
        ])
    func syntax(text: String, line: Int, column: Int) throws {
        let error = #expect(throws: YAMLError.self) { try YAML.parse(text) }
        #expect([error?.line, error?.column] == [line, column], "\(error?.description ?? "")")
    }

    @Test("reads any bytes without a crash")
    func noise() {
        var random = SeededRandom(seed: 7)
        let alphabet = Array("ab:- \n\t{}[],\"'|>#&*!%@`?~0.\\é\u{85}".utf8)
        for _ in 0..<3_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            if let value = try? YAML.parse(bytes) {
                #expect((try? YAML.parse(YAML.print(value))) == value, "\(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }
}
