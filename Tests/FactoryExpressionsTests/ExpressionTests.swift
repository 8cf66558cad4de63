import FactoryExpressions
import FactoryJSON
import Testing

@Suite("An expression")
struct ExpressionTests {
    @Test(
        "evaluates literals and operators",
        arguments: [
            ("1 + 2 * 3 - 4 / 2", 5), ("7 % 3", 1), ("-7 / 2", -3), ("-9223372036854775808", .int(.min)), ("0xFF", 255),
            ("1 + 0.5", 1.5), ("2 * 1.5", 3.0), ("1 == 1.0", true), ("1 < 1.5", true), ("'a' + \"b\"", "ab"),
            ("[1] + [2]", [1, 2]), ("!true || false", false), ("1 > 2 ? 'a' : 2 > 1 ? 'b' : 'c'", "b"),
            ("2 in [1, 2]", true), ("'x' in {'x': 1}", true), ("r'\\d'", "\\d"), ("'''a'b'''", "a'b"),
            ("b'AB'", "QUI="),
            ("'\\u00e9\\x41\\101'", "éAA"), ("null", nil), ("{'a': [1, {'b': 2u}]}", ["a": [1, ["b": 2]]]),
            ("[1, 2, 3,]", [1, 2, 3]), ("--1", 1), ("1 // a comment", 1), ("{1: 'a'}[1.0]", "a"),
            ("type(1) == int", true),
        ] as [(String, JSON)])
    func operators(source: String, value: JSON) throws {
        #expect(try evaluate(source) == value)
    }

    @Test(
        "reads the scope",
        arguments: [
            ("inputs.name", "Ada"), ("inputs['name']", "Ada"), ("inputs.files[1]", "b.js"), ("inputs.none", nil),
            ("inputs.limits['max-time']", "5m"), ("inputs.limits.`max-time`", "5m"), ("inputs.people[0].age", 30),
            ("steps.plan.output", ["text": "hi"]), ("size(inputs.files)", 3),
        ] as [(String, JSON)])
    func scope(source: String, value: JSON) throws {
        #expect(try evaluate(source) == value)
    }

    @Test(
        "evaluates macros",
        arguments: [
            ("inputs.files.filter(f, f.endsWith('.py'))", ["a.py", "c.py"]),
            ("inputs.files.map(f, f.size())", [4, 4, 4]),
            ("[1, 2, 3].map(x, x > 1, x * 10)", [20, 30]), ("[1, 2].all(x, x > 0)", true),
            ("[1, 2].exists(x, x > 1)", true),
            ("[1, 2].exists_one(x, x > 1)", true), ("{'a': 1}.map(k, k)", ["a"]), ("['a'].all(i, x, i == 0)", true),
            ("['a', 'b'].transformList(i, x, string(i) + x)", ["0a", "1b"]),
            ("{'a': 1}.transformMap(k, v, v + 1)", ["a": 2]),
            ("['a'].transformMapEntry(i, x, {x: i})", ["a": 0]), ("cel.bind(x, 2, x * x)", 4),
            ("inputs.people.sortBy(p, p.age).map(p, p.name)", ["Bob", "Eve", "Cyd"]),
            ("[1, 2].map(x, [3, 4].map(y, x * y))", [[3, 4], [6, 8]]), ("[[1, 2]].map(x, x.filter(x, x > 1))", [[2]]),
        ] as [(String, JSON)])
    func macros(source: String, value: JSON) throws {
        #expect(try evaluate(source) == value)
    }

    @Test(
        "lets an operand that decides win over an error in the other",
        arguments: [
            ("1 / 0 > 0 || true", true), ("true || 1 / 0 > 0", true), ("false && nothing", false),
            ("nothing.x && false", false), ("[0, 1].exists(x, 1 / x == 1)", true), ("[0, 2].all(x, 1 / x == 1)", false),
            ("true ? 1 : 1 / 0", 1),
        ] as [(String, JSON)])
    func absorption(source: String, value: JSON) throws {
        #expect(try evaluate(source) == value)
    }

    @Test(
        "copes with what is absent",
        arguments: [
            ("has(steps.write.output)", false), ("has(steps.plan.output)", true), ("has(steps.x.output.text)", false),
            ("has(nothing.x)", false), ("has(inputs.none)", true), ("has(inputs['none'])", true),
            ("default(steps.write.output, 'd')", "d"), ("default(inputs.none, 1)", 1),
            ("default(inputs.none.x.y, 1)", 1),
            ("default(inputs.files[9], 'z')", "z"), ("default(inputs.name, 'd')", "Ada"),
            ("default(false, true)", false),
            ("inputs.?name.orValue('x')", "Ada"), ("inputs.?nope.?deep.orValue('x')", "x"),
            ("inputs.files[?7].hasValue()", false), ("optional.of(1).or(optional.of(1 / 0)).value()", 1),
            ("[?inputs.?name, ?inputs.?nope]", ["Ada"]), ("{?'n': inputs.?nope}", [:]), ("inputs.?name", "Ada"),
            ("inputs.?name.optMap(n, n + '!').orValue('')", "Ada!"), ("[1].first().value() + [2].last().value()", 3),
        ] as [(String, JSON)])
    func absence(source: String, value: JSON) throws {
        #expect(try evaluate(source) == value)
    }

    @Test("answers now, succeeded, failed and always from its scope")
    func surroundings() throws {
        var scope = Scope.sample
        #expect(try evaluate("now()", in: scope) == "2026-01-01T00:00:00Z")
        #expect(failure(of: "succeeded()", in: scope)?.code == .unavailable)
        scope.ancestors = AncestorOutcome(allSucceeded: false, anyFailed: true)
        #expect(try evaluate("[succeeded(), failed(), always()]", in: scope) == [false, true, true])
        scope.now = nil
        #expect(failure(of: "now()", in: scope)?.code == .unavailable)
    }

    @Test("gives a bool only of a bool")
    func bool() throws {
        #expect(try Expression(parsing: "inputs.count > 2").bool(in: .sample))
        let error = #expect(throws: ExpressionError.self) { try Expression(parsing: "inputs.name").bool(in: .sample) }
        #expect(error?.code == .wrongType)
        #expect(error?.hint == "compare it, such as x != \"\"")
    }

    @Test(
        "has a JSON form for what JSON lacks",
        arguments: [
            ("duration('1m') + duration('3500ms')", "63.5s"),
            ("timestamp('2026-01-02T03:04:05.5+01:00')", "2026-01-02T02:04:05.5Z"),
            ("bytes('hé')", "aMOp"), ("9223372036854775807u", .int(.max)), ("1.0", 1.0), ("int", "int"),
            ("optional.of([1])", [1]),
        ] as [(String, JSON)])
    func conversion(source: String, value: JSON) throws {
        #expect(try evaluate(source) == value)
    }

    @Test(
        "refuses to lose what JSON has no form for",
        arguments: ["9223372036854775808u", "0.0 / 0.0", "-1.0 / 0.0", "{1: 2}", "[{true: 1}]"])
    func noJSON(source: String) {
        #expect(failure(of: source)?.code == .notJSON)
    }

    @Test("names its free names with their paths and places")
    func references() throws {
        let source =
            "has(steps.plan.output) && default(vars.x, 1) > inputs['a-b'].c\n  && items.map(x, x.y + z)[0] == p.?q.r"
        let expression = try Expression(parsing: source)
        #expect(
            expression.references.map(\.path) == [
                ["steps", "plan", "output"], ["vars", "x"], ["inputs", "a-b", "c"], ["items"], ["z"], ["p", "q", "r"],
            ])
        #expect(expression.references.map(\.isPresenceTest) == [true, true, false, false, false, true])
        #expect(expression.references[2].position == SourcePosition(offset: 47, line: 1, column: 48))
        #expect(expression.references[2].length == 15)
        #expect(expression.references[4].position.line == 2)
        #expect(expression.calledFunctions == ["has", "default", "map"])
        #expect(try Expression(parsing: "math.abs(-1) + x.size()").calledFunctions == ["math.abs", "size"])
    }
}
