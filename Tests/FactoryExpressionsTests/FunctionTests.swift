import FactoryExpressions
import FactoryJSON
import Testing

@Suite("The functions")
struct FunctionTests {
    @Test(
        "work on text",
        arguments: [
            ("'añb'.charAt(1)", "ñ"), ("'abcb'.indexOf('b')", 1), ("'abcb'.indexOf('b', 2)", 3),
            ("'abcb'.lastIndexOf('b')", 3),
            ("'AbÇ'.lowerAscii()", "abÇ"), ("'aab'.replace('a', 'x', 1)", "xab"), ("'ab'.replace('', '-')", "-a-b-"),
            ("'a,b,c'.split(',')", ["a", "b", "c"]), ("'a,b,c'.split(',', 2)", ["a", "b,c"]),
            ("'añ'.split('')", ["a", "ñ"]),
            ("'tacocat'.substring(4)", "cat"), ("'tacocat'.substring(0, 4)", "taco"), ("' x\\n'.trim()", "x"),
            ("'añ'.reverse()", "ña"), ("['a', 'b'].join('-')", "a-b"), ("strings.quote('a\"b')", "\"a\\\"b\""),
            ("'%s is %d, %.2f %x'.format(['a', 1, 1.005, 255])", "a is 1, 1.00 ff"),
            ("'%s'.format([[1, {'b': 2.5}]])", "[1, {b: 2.5}]"),
            ("size('añ')", 2), ("'abc'.contains('bc') && 'abc'.startsWith('ab') && 'abc'.endsWith('bc')", true),
        ] as [(String, JSON)])
    func text(source: String, value: JSON) throws {
        #expect(try evaluate(source) == value)
    }

    @Test(
        "work on lists and numbers",
        arguments: [
            ("[3, 1, 2].sort()", [1, 2, 3]), ("['b', 'a'].sort()", ["a", "b"]),
            ("[1, 1.0, 'a', 'a', [1], [1]].distinct()", [1, "a", [1]]),
            ("[[1], [2, [3]]].flatten()", [1, 2, [3]]), ("[[1], [2, [3]]].flatten(2)", [1, 2, 3]),
            ("[1, 2, 3].slice(1, 3)", [2, 3]),
            ("[1, 2].reverse()", [2, 1]), ("lists.range(3)", [0, 1, 2]), ("math.greatest(1, 2.5)", 2.5),
            ("math.least([3, 1])", 1),
            ("math.ceil(1.2) + math.floor(1.8)", 3.0), ("math.round(2.5)", 3.0), ("math.abs(-3)", 3),
            ("math.sqrt(9)", 3.0),
            ("math.bitAnd(6, 3) + math.bitShiftLeft(1, 4)", 18), ("[1, 2, 3].sum()", 6), ("[1, 0.5].sum()", 1.5),
            ("[].sum()", 0),
            ("[1, 2].avg()", 1.5), ("[3, 1].min()", 1), ("max(['a', 'b'])", "b"), ("[1, 2, 3, 4].median()", 2.5),
            ("[1, 2, 3, 4, 5].percentile(90)", 4.6), ("[1, 2].count()", 2),
        ] as [(String, JSON)])
    func lists(source: String, value: JSON) throws {
        #expect(try evaluate(source) == value)
    }

    @Test(
        "convert",
        arguments: [
            ("int('42') + int(1.9) + int(true ? 2u : 3u)", 45), ("double('1e3')", 1000.0), ("string(1.0)", "1.0"),
            ("string(b'hi')", "hi"),
            ("bool('true')", true), ("uint(3)", 3), ("base64.encode(b'hello')", "aGVsbG8="),
            ("string(base64.decode('aGk'))", "hi"),
            ("int(timestamp('1970-01-01T00:01:00Z'))", 60), ("string(duration('1h30m'))", "5400s"),
            ("type([]) == list", true),
        ] as [(String, JSON)])
    func conversions(source: String, value: JSON) throws {
        #expect(try evaluate(source) == value)
    }

    @Test(
        "serve prompts and files",
        arguments: [
            ("json({'a': [1, null]})", "{\"a\":[1,null]}"), ("parse_json('{\"a\": 1}').a", 1),
            ("yaml({'a': [1]})", "a:\n- 1\n"),
            ("url_encode('a b/ü~')", "a%20b%2F%C3%BC~"), ("fence('x = 1', 'python')", "```python\nx = 1\n```"),
            ("fence('a\\n```\\nb\\n')", "````\na\n```\nb\n````"), ("indent('a\\n\\nb', 2)", "  a\n\n  b"),
            ("lines('a\\r\\nb\\n')", ["a", "b"]), ("lines('')", []),
            (
                "code_blocks('x\\n```py\\na\\n\\nb\\n```\\n~~~\\nc')",
                [["language": "py", "code": "a\n\nb\n"], ["language": "", "code": "c"]]
            ),
            ("'a b'.url_encode() + {'a': 1}.json()", "a%20b{\"a\":1}"),
        ] as [(String, JSON)])
    func documents(source: String, value: JSON) throws {
        #expect(try evaluate(source) == value)
    }

    @Test("keep a parse error's place in the JSON they read")
    func parseError() {
        #expect(failure(of: "parse_json('[1,')")?.message.contains("line 1, column 4") == true)
    }
}

@Suite("Dates and times")
struct TimeFunctionTests {
    @Test(
        "follow time zones, past and future",
        arguments: [
            ("timestamp('2026-07-01T12:00:00Z').getHours('Europe/Berlin')", 14),
            ("timestamp('2026-01-01T12:00:00Z').getHours('Europe/Berlin')", 13),
            ("timestamp('2099-07-01T12:00:00Z').getHours('Europe/Berlin')", 14),
            ("timestamp('2099-12-01T12:00:00Z').getHours('Australia/Sydney')", 23),
            ("timestamp('2099-07-01T12:00:00Z').getHours('Australia/Sydney')", 22),
            ("timestamp('1900-01-01T12:00:00Z').getMinutes('Asia/Kathmandu')", 41),
            ("timestamp('2026-03-29T00:59:59Z').getHours('Europe/Berlin')", 1),
            ("timestamp('2026-03-29T01:00:00Z').getHours('Europe/Berlin')", 3),
            ("timestamp('2026-01-01T00:00:00Z').getFullYear('-02:30')", 2025),
            ("timestamp('2024-02-29T00:00:00Z').getDayOfYear()", 59),
            ("timestamp('2026-11-22T00:00:00Z').getDayOfWeek()", 0),
            ("timestamp('0001-01-01T00:00:00Z').getDayOfWeek()", 1),
            ("timestamp('2026-11-22T00:00:00Z').getDate()", 22),
        ] as [(String, JSON)])
    func zones(source: String, value: JSON) throws {
        #expect(try evaluate(source) == value)
    }

    @Test(
        "are calculated with",
        arguments: [
            ("timestamp('2026-01-01T00:00:00Z') + duration('36h')", "2026-01-02T12:00:00Z"),
            ("timestamp('2026-01-01T00:00:00Z') - timestamp('2025-12-31T23:59:58.5Z')", "1.5s"),
            ("now() > timestamp('2025-01-01T00:00:00Z')", true), ("duration('90m').getHours()", 1),
            ("duration('-1.5s') < duration('0')", true), ("string(duration('1us'))", "0.000001s"),
        ] as [(String, JSON)])
    func arithmetic(source: String, value: JSON) throws {
        #expect(try evaluate(source) == value)
    }
}
