import FactoryJSON
import Testing

@Suite("The JSON writer")
struct WriterTests {
    @Test(
        "writes compact text",
        arguments: [
            (.null, "null"), (true, "true"), (false, "false"), (0, "0"), (-120, "-120"),
            (.int(.min), "-9223372036854775808"), (.double(1), "1.0"), (.double(-0.0), "-0.0"), (0.1, "0.1"),
            (.double(1e100), "1e+100"), (.double(123_456_789), "123456789.0"), ("a\"b", #""a\"b""#),
            ("\\ \n\t\r\u{08}\u{0C}\u{01}\u{1F}", #""\\ \n\t\r\b\f\u0001\u001f""#), ("é😀/\u{7F}", "\"é😀/\u{7F}\""),
            ([], "[]"), ([1, [], [:]], "[1,[],{}]"), (["b": nil, "a": [true]], #"{"b":null,"a":[true]}"#),
        ] as [(JSON, String)])
    func writes(value: JSON, text: String) throws {
        #expect(value.serialized() == text)
        #expect(String(decoding: value.serializedBytes(), as: UTF8.self) == text)
        #expect(try JSON(parsing: text) == value)
    }

    @Test("puts members and elements on lines of their own when asked")
    func pretty() {
        let value: JSON = ["a": [1, ["b": "x"]], "e": [], "o": [:]]
        #expect(
            value.serialized(pretty: true) == """
                {
                  "a": [
                    1,
                    {
                      "b": "x"
                    }
                  ],
                  "e": [],
                  "o": {}
                }
                """)
    }

    @Test("refuses numbers JSON has no form for", arguments: [Double.nan, .infinity, -.infinity])
    func nonFinite(number: Double) {
        let error = #expect(throws: JSONError.self) {
            try JSON.array([.double(number)]).serializedBytes(maxBytes: .max)
        }
        #expect(error?.message == "JSON has no number for \(number)")
    }

    @Test("stops at its limit of bytes")
    func limit() throws {
        let value: JSON = ["aaaa", "bbbb"]
        #expect(try value.serializedBytes(maxBytes: 15).count == 15)
        #expect(throws: JSONError.self) { try value.serializedBytes(maxBytes: 14) }
    }
}
