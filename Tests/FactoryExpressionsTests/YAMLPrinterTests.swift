import FactoryExpressions
import FactoryJSON
import Testing

@Suite("The YAML printer")
struct YAMLPrinterTests {
    @Test(
        "prints blocks",
        arguments: [
            (
                ["a": 1, "b": [1, ["c": true, "d": nil]], "e": ["f": []]],
                "a: 1\nb:\n- 1\n- c: true\n  d: null\ne:\n  f: []\n"
            ),
            ([[1, 2], [], [:]], "- - 1\n  - 2\n- []\n- {}\n"), ("x", "x\n"), (["t": "a\nb\n"], "t: |\n  a\n  b\n"),
            (["t": "a\n\n b"], "t: |-\n  a\n\n   b\n"), (["t": "a\n\n"], "t: |+\n  a\n\n"),
            (["l": [["t": "a\nb"]]], "l:\n- t: |-\n    a\n    b\n"),
        ] as [(JSON, String)])
    func blocks(value: JSON, text: String) {
        #expect(YAMLPrinter.print(value) == text)
    }

    @Test(
        "quotes what would be read as something else",
        arguments: [
            "", "true", "No", "null", "~", "1", "1.5", "0x1F", "1e3", ".5", "-x", "- x", "a: b", "a #b", "#a", "[a",
            "{a", "&a", "*a", "!a", "|", ">",
            "@a", "`a", "%a", "'a", "\"a", "a:", " a", "a ", "2026-01-01", "12:30", "\ta", "a\tb\u{7}", "\nx", "---",
            "?", "=", "\u{2028}",
        ])
    func quoting(text: String) {
        let printed = YAMLPrinter.print(.string(text))
        #expect(printed.hasPrefix("\"") && printed.hasSuffix("\"\n"), "\(printed)")
    }

    @Test(
        "leaves plain text plain",
        arguments: ["a", "a b", "a/b.py", "it's", "x-y", "Ünï", "a,b", "http://x/y", "on_error", "v1.2"])
    func plain(text: String) {
        #expect(YAMLPrinter.print(.string(text)) == text + "\n")
    }

    @Test("stops at its limit")
    func limit() {
        #expect(YAMLPrinter.print(["aaaa", "bbbb"], maxBytes: 14) == "- aaaa\n- bbbb\n")
        #expect(YAMLPrinter.print(["aaaa", "bbbb"], maxBytes: 13) == nil)
    }
}
