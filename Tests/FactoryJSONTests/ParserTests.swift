import FactoryJSON
import Testing

@Suite("The JSON parser")
struct ParserTests {
    @Test(
        "reads every kind of value",
        arguments: [
            ("null", .null), (" true ", true), ("false", false), ("0", 0), ("-12", -12),
            ("9223372036854775807", 9_223_372_036_854_775_807), ("-9223372036854775808", .int(.min)),
            ("1.5", 1.5), ("-0.25e2", -25.0), ("1e2", .double(100)), ("1E-2", .double(0.01)),
            ("\"\"", ""), ("\"grün\"", "grün"), ("[]", []), ("[1, [2]]", [1, [2]]), ("{}", [:]),
            ("{\"a\": {\"b\": [null]}}", ["a": ["b": [nil]]]), ("\t\r\n[ ]", []),
        ] as [(String, JSON)])
    func reads(text: String, value: JSON) throws {
        #expect(try JSON(parsing: text) == value)
    }

    @Test("makes doubles of integers that do not fit 64 bits")
    func largeIntegers() throws {
        #expect(try JSON(parsing: "9223372036854775808") == .double(9_223_372_036_854_775_808))
        #expect(try JSON(parsing: "-9223372036854775809") == .double(-9_223_372_036_854_775_808))
        #expect(try JSON(parsing: "100000000000000000000000000000000") == .double(1e32))
    }

    @Test(
        "reads doubles exactly",
        arguments: [
            "0.1", "123456.789", "1.7976931348623157e308", "5e-324", "2.2250738585072014e-308", "0.30000000000000004",
            "9007199254740993.0", "123456789012345678.5", "1e22", "1e23", "8.41e21", "4.35e-300",
        ])
    func doubles(text: String) throws {
        #expect(try JSON(parsing: text) == .double(try #require(Double(text))))
    }

    @Test("resolves escapes, surrogate pairs among them")
    func escapes() throws {
        let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00x""#
        #expect(try JSON(parsing: text) == .string("\"\\/\u{08}\u{0C}\n\r\tAé😀x"))
    }

    @Test("keeps the order of keys")
    func order() throws {
        let object = try #require(try JSON(parsing: #"{"b":1,"a":2,"c":3}"#).objectValue)
        #expect(object.keys == ["b", "a", "c"])
    }

    @Test(
        "refuses what is not JSON",
        arguments: [
            "", " ", "nul", "nulls", "True", "01", "-", "-a", "1.", ".5", "1.e1", "1e", "1e+", "+1", "0x1", "1 2",
            "NaN", "Infinity", "'a'", "\"", "\"\\", "\"\\u12", "\"\\x41\"", "\"\\ud800\"", "\"\\ud800\\u0041\"",
            "\"\\udc00\"", "\"a\nb\"", "\"\u{01}\"", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "]", "{", "{\"a\"",
            "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{a:1}", "{1:1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "}", "// x\n1",
            "[1]]", "\u{FEFF}1", "1e400", "-1e400",
        ])
    func refuses(text: String) {
        #expect(throws: JSONError.self) { try JSON(parsing: text) }
    }

    @Test("says where and why it refuses a text")
    func place() {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: "{\n  \"ä\": 1,\n  \"é\" 2\n}") }
        #expect(error?.message == "there is \"2\" after the key \"é\" where a colon should stand")
        #expect(error?.line == 3)
        #expect(error?.column == 7)
        #expect(error?.offset == 20)
    }

    @Test("refuses a key that comes twice, in small and large objects")
    func duplicateKeys() {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: #"{"a":1,"b":2,"a":3}"#) }
        #expect(error?.message == "the key \"a\" comes twice in the same object")
        #expect(error?.column == 14)
        let many = (0..<50).map { "\"k\($0)\":0" }.joined(separator: ",")
        #expect(throws: JSONError.self) { try JSON(parsing: "{\(many),\"k20\":1}") }
        #expect(throws: Never.self) { try JSON(parsing: "{\(many),\"k50\":1}") }
    }

    @Test("takes keys that only look the same for two keys")
    func canonicalEquivalence() throws {
        let object = try #require(try JSON(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}").objectValue)
        #expect(object.count == 2)
        #expect(object["\u{E9}"] == 1)
        #expect(object["e\u{301}"] == 2)
    }

    @Test("refuses bytes that are not UTF-8", arguments: [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80]])
    func invalidUTF8(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSON(parsing: [0x22] + bytes + [0x22], limits: .standard) }
    }

    @Test("stops at its limit of depth")
    func depth() {
        let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        #expect(throws: Never.self) { try JSON(parsing: nested(64)) }
        #expect(throws: JSONError.self) { try JSON(parsing: nested(65)) }
        #expect(throws: JSONError.self) { try JSON(parsing: String(repeating: "{\"a\":", count: 100_000)) }
        #expect(throws: JSONError.self) { try JSON(parsing: Array("[[1]]".utf8), limits: JSONLimits(depth: 1)) }
    }

    @Test("stops at its limits of bytes and keys")
    func size() {
        let text = Array(#"{"a":1,"b":2}"#.utf8)
        #expect(throws: Never.self) { try JSON(parsing: text, limits: JSONLimits(bytes: 13, keys: 2)) }
        #expect(throws: JSONError.self) { try JSON(parsing: text, limits: JSONLimits(bytes: 12)) }
        #expect(throws: JSONError.self) { try JSON(parsing: text, limits: JSONLimits(keys: 1)) }
    }
}
