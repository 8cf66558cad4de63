import FactoryExpressions
import FactoryJSON
import Testing

@Suite("A pattern")
struct PatternTests {
    private static func matches(_ pattern: String, _ text: String) throws -> Bool {
        var steps = Pattern.standardSteps
        return try Pattern(pattern).matches(text, steps: &steps)
    }

    @Test(
        "matches as RE2 does",
        arguments: [
            ("", "x", true), ("^a.c$", "abc", true), ("^a.c$", "a\nc", false), ("(?s)^a.c$", "a\nc", true),
            ("a|b", "xb", true),
            ("^(ab|a)(bc)?$", "abc", true), ("^[a-c]+$", "abcabc", true), ("^[^a-c]+$", "xyz", true),
            ("^\\d{2,3}$", "12", true),
            ("^\\d{2,3}$", "1234", false), ("^x{0}y$", "y", true), ("(?i)straße", "STRAßE", true),
            ("(?i)[a-z]+Ä", "xä", true),
            ("\\bfoo\\b", "a foo b", true), ("\\bfoo\\b", "afoob", false), ("(?m)^b$", "a\nb\nc", true),
            ("^b$", "a\nb\nc", false),
            ("^\\p{Lu}\\p{L}*$", "Ärger", true), ("^[[:alpha:]_]+$", "ab_", true), ("\\x{1F600}", "😀", true),
            ("^.$", "é", true),
            ("a{,2}", "a{,2}", true), ("\\Qa.b\\E", "a.b", true), ("\\Qa.b\\E", "axb", false), ("[]a]", "]", true),
            ("[a-]", "-", true),
            ("\\.", "x", false), ("(a*)*b", "aaab", true),
            ("^(?:a?){20}a{20}$", String(repeating: "a", count: 20), true),
        ])
    func matching(pattern: String, text: String, expected: Bool) throws {
        #expect(try Self.matches(pattern, text) == expected)
    }

    @Test(
        "finds the leftmost match, with its groups and the preferred alternative",
        arguments: [
            ("a+?", "aaa", ["a", "a", "a"]), ("a+", "aaa", ["aaa"]), ("ab|abc", "abc", ["ab"]),
            ("a*", "baac", ["", "aa", ""]),
            ("(?U)a+", "aa", ["a", "a"]), ("[é]", "aéb", ["é"]),
        ])
    func preference(pattern: String, text: String, found: [String]) throws {
        var steps = Pattern.standardSteps
        let bytes = Array(text.utf8)
        let matches = try Pattern(pattern).allMatches(in: text, steps: &steps)
        #expect(matches.map { String(decoding: bytes[$0.range], as: UTF8.self) } == found)
    }

    @Test("names its groups, and tells which took no part")
    func groups() throws {
        let pattern = try Pattern("(?P<key>\\w+)=(?:(?<number>\\d+)|(x))")
        var steps = Pattern.standardSteps
        #expect(pattern.groupNames == [nil, "key", "number", nil])
        let match = try #require(try pattern.allMatches(in: "ab=12", steps: &steps).first)
        #expect(match.groups == [0..<5, 0..<2, 3..<5, nil])
    }

    @Test(
        "is refused with a reason",
        arguments: [
            "(", ")", "[a", "*a", "a**", "(?=a)", "(?<!a)", "\\1", "[b-a]", "a{2,1}", "a{1001}", "(a{1000}){1000}",
            "\\p{Nope}",
            "(?P<a>x)(?P<a>y)", "\\", "[[:nope:]]", "\\x{110000}", "(?z)", String(repeating: "(", count: 1000),
        ])
    func refusal(pattern: String) {
        #expect(throws: PatternError.self) { try Pattern(pattern) }
    }

    @Test("takes time linear in the text, and stops when its steps run out")
    func linear() throws {
        let text = String(repeating: "a", count: 20_000)
        var steps = 20_000_000
        #expect(try !Pattern("(a+)+$x").matches(text, steps: &steps))
        #expect(steps > 0)
        var few = 1000
        #expect(throws: PatternError.self) { try Pattern("(a+)+b").matches(text, steps: &few) }
    }

    @Test(
        "is used by functions",
        arguments: [
            ("'v1.22'.matches('^v\\\\d')", true), ("regex.extract('id=42', 'id=(\\\\d+)').orValue('')", "42"),
            ("regex.extract('x', '\\\\d').hasValue()", false), ("regex.extractAll('a1b22', '\\\\d+')", ["1", "22"]),
            ("regex.replace('a1b2', '([a-z])(\\\\d)', r'\\2\\1')", "1a2b"),
            ("regex.replace('aaa', 'a', 'b', 2)", "bba"),
        ] as [(String, JSON)])
    func functions(source: String, value: JSON) throws {
        #expect(try evaluate(source) == value)
    }
}
