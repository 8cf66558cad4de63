import FactoryDefinition
import FactoryJSON
import Testing

@Suite("Printed YAML") struct YAMLPrintingTests {
    @Test("reads back as the value it was made of")
    func roundTrip() throws {
        var random = SeededRandom(seed: 11)
        for _ in 0..<2_000 {
            let value = RandomJSON().value(depth: 4, using: &random)
            let text = YAML.print(value)
            #expect(try YAML.parse(text) == value, "\(text)")
        }
    }

    @Test("writes block style with | for text of several lines")
    func style() {
        let value: JSON = [
            "name": "demo", "code": "def f():\n    return 1\n", "list": [["a": 1, "b": [true]], []], "no": "no",
            "empty": [:],
        ]
        #expect(
            YAML.print(value) == """
                name: demo
                code: |
                  def f():
                      return 1
                list:
                - a: 1
                  b:
                  - true
                - []
                "no": "no"
                empty: {}

                """)
    }

    @Test(
        "quotes text that would be read as something else",
        arguments: [
            "", "null", "true", "no", "12", "1.5", "0x1F", "~", "- a", "a: b", "a #b", " a", "a ", "[a", "*a", "&a",
            "!a", "%a", "@a", "`a", "'a", "\"a", "a\u{85}b", "\u{FEFF}", "---", "...", "<<", "=", "a:", "1e3", "?", "|",
            "\u{2028}", "a\rb", "\u{1}", "2026-01-31", "{{ x }}", "\n", "\n\n", " \na", "a\n\n\n", "a\n ", "\ta\nb",
            "a\n# b", "a\n---\nb", "é", "😀",
        ])
    func quotes(text: String) throws {
        #expect(try YAML.parse(YAML.print(.string(text))) == .string(text))
        #expect(try YAML.parse(YAML.print([.string(text)])) == [.string(text)])
        #expect(try YAML.parse(YAML.print(.object([text: .string(text)]))) == .object([text: .string(text)]))
    }
}
