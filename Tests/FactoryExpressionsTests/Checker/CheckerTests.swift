import FactoryExpressions
import FactoryJSON
import Testing

@Suite("The check of an expression's types")
struct CheckerTests {
    private static let scope: TypeScope = {
        var scope = TypeScope(growing: ["steps"])
        let person = ObjectType([
            ObjectType.Field("name", .string), ObjectType.Field("age", .int),
            ObjectType.Field("mail", .string, isOptional: true),
        ])
        scope["inputs"] = .fields([
            ("name", .string), ("count", .int), ("rate", .double), ("size", .number), ("on", .bool), ("none", .null),
            ("files", .list(of: .string)), ("ages", .list(of: .int)), ("people", .list(of: .object(person))),
            ("labels", .map(of: .string)), ("any", .dyn), ("maybe", .union([.string, .null])), ("depth", .int),
            ("my-key", .int), ("free", .object(ObjectType([ObjectType.Field("a", .int)], rest: .dyn))),
        ])
        scope["steps", "plan"] = .object(
            ObjectType([
                ObjectType.Field("status", .string),
                ObjectType.Field("output", .fields([("text", .string), ("n", .int)]), isOptional: true),
            ]))
        return scope
    }()

    @Test(
        "gives the type of the result",
        arguments: [
            ("1", .int), ("1u", .uint), ("1.5", .double), ("'a'", .string), ("b'a'", .bytes), ("null", .null),
            ("[1, 2]", .list(of: .int)), ("[1, 'a']", .list(of: .union([.int, .string]))), ("[]", .list(of: .dyn)),
            ("{'a': 1, 'b': 'x'}", .fields([("a", .int), ("b", .string)])), ("{1: 2}", .map(of: .int)),
            ("inputs.people[0].name", .string), ("inputs['count']", .int), ("inputs.labels.x", .string),
            ("inputs.free.a", .int), ("inputs.free.b.c", .dyn), ("inputs.any.x[1].y", .dyn),
            ("1 + 2", .int), ("1 + 2.5", .double), ("inputs.size * 2", .number), ("'a' + 'b'", .string),
            ("[1] + ['a']", .list(of: .union([.int, .string]))), ("-inputs.rate", .double),
            ("now() - now()", .duration), ("now() + duration('1h')", .timestamp), ("!inputs.on", .bool),
            ("inputs.on ? 1 : 'x'", .union([.int, .string])), ("1 in [1]", .bool), ("inputs.on && true", .bool),
            ("inputs.files.map(f, f.size())", .list(of: .int)), ("inputs.files.map(i, i)", .list(of: .string)),
            ("inputs.people.filter(p, p.age > 3)[0].name", .string), ("inputs.labels.map(k, k)", .list(of: .dyn)),
            ("inputs.people.exists(p, p.age > 1)", .bool), ("inputs.people.sortBy(p, p.age)[0].age", .int),
            ("inputs.files.transformList(i, f, i)", .list(of: .int)),
            ("inputs.files.transformMap(i, f, f)", .map(of: .string)),
            ("inputs.files.transformMapEntry(i, f, {f: i})", .map(of: .int)),
            ("cel.bind(x, inputs.count, [x, x])", .list(of: .int)),
            ("has(inputs.nope)", .bool), ("default(inputs.maybe, 1)", .union([.string, .int])),
            ("default(inputs.?name, 1)", .union([.string, .int])), ("default(inputs.none, 1)", .int),
            ("inputs.?name", .optional(of: .string)), ("inputs.?name.orValue(1)", .union([.string, .int])),
            ("inputs.?name.optMap(n, n.size())", .optional(of: .int)), ("inputs.files[?0].value()", .string),
            ("inputs.files.first()", .optional(of: .string)), ("[[1], 2].flatten()", .list(of: .int)),
            ("optional.unwrap([inputs.?count])", .list(of: .int)), ("[?inputs.?count]", .list(of: .int)),
            ("inputs.ages.sum()", .int), ("sum([1.5])", .number), ("[1.5].max()", .double),
            ("inputs.files.count()", .int),
            ("math.greatest(1, 2.5)", .number), ("math.abs(inputs.count)", .int), ("size(inputs.files)", .int),
            ("code_blocks('x')[0].code", .string), ("parse_json('1')", .dyn), ("type(1)", .type), ("int", .type),
            ("steps.plan.output.text", .string), ("steps.later.output.text", .dyn), ("steps['plan'].status", .string),
            ("default(steps.plan.output.n, 'x')", .union([.int, .string])), ("dyn(1)", .dyn),
        ] as [(String, ExpressionType)])
    func types(source: String, expected: ExpressionType) throws {
        let check = try Expression(parsing: source).check(in: Self.scope)
        #expect(check.problems == [], "\(source)")
        #expect(check.type == expected, "\(source)")
    }

    @Test(
        "says what is certain to fail, where, and what would help",
        arguments: [
            ("inputs.dept + 1", 8, "unknown name `inputs.dept`", "did you mean `inputs.depth`?"),
            ("input.name", 1, "unknown name `input`", "did you mean `inputs`?"),
            ("inputs.people[0].nmae", 18, "unknown name `inputs.people[0].nmae`", "`inputs.people[0].name`"),
            ("inputs.people.map(p, p.nmae)", 24, "unknown name `p.nmae`", "did you mean `p.name`?"),
            ("cel.bind(key, 1, inputs.my-key)", 25, "unknown name `inputs.my`", #"inputs["my-key"]"#),
            ("inputs.none.x", 13, "`inputs.none` is null and has no key `x`", "default(…, y)"),
            ("inputs.count.x", 14, "`inputs.count` is an int and has no key `x`", nil),
            ("inputs.name.x", 13, "`inputs.name` is a string and has no key `x`", "parse_json(inputs.name)"),
            ("inputs.people.name", 15, "is a list and has no key `name`", "inputs.people.map(item, item.name)"),
            ("inputs.name[0]", 12, "`inputs.name` is a string and has no elements", "charAt"),
            ("inputs.files[null]", 13, "an index of a list is an int, not null", nil),
            ("inputs.count + 'x'", 14, "+ has no meaning between an int and a string", "string(inputs.count) makes"),
            ("'x' + inputs.files", 5, "+ has no meaning between a string and a list", "join"),
            ("inputs.files + 'x'", 14, "+ has no meaning between a list and a string", "json(inputs.files)"),
            ("inputs.rate % 2", 13, "% has no meaning between a double and an int", "ints"),
            ("inputs.name < inputs.count", 13, "< has no meaning between a string and an int", "int(inputs.name)"),
            ("1 in inputs.name", 6, "what stands after `in` must be a list or a map, not a string", "contains"),
            ("!inputs.count", 2, "the operand of ! must be a bool, not an int", "inputs.count > 0"),
            ("-inputs.name", 2, "- needs a number, not a string", nil),
            ("inputs.name && true", 1, "an operand of && must be a bool, not a string", #"inputs.name != """#),
            ("inputs.count.trim()", 1, "trim needs a string, not an int", "string(inputs.count)"),
            ("'a'.replace('b', 1)", 18, "the third argument of replace needs a string, not an int", "string(1)"),
            ("inputs.ages.join(',')", 1, "needs a list of strings, not a list of ints", "x.map(item, string(item))"),
            ("math.bitAnd(1, 1u)", 1, "math.bitAnd does not go with an int and a uint", nil),
            ("inputs.files.filter(f, f.size())", 24, "the condition of filter must be a bool, not an int", "> 0"),
            ("inputs.name.map(c, c)", 1, "map goes over a list or a map, not a string", "lines(inputs.name)"),
            ("inputs.people.sortBy(p, p)", 25, "the key of sortBy must be", nil),
            ("inputs.name.optMap(n, n)", 1, "optMap is called on an optional, not a string", nil),
            ("[?inputs.name]", 3, "what stands after ? must be an optional, not a string", "optional.of"),
            ("{[1]: 2}", 2, "a key of a map must be", nil),
            ("has(inputs.count.x)", 18, "`inputs.count` is an int and has no key `x`", nil),
            ("inputs.maybe.x", 14, "`inputs.maybe` is", nil),
            ("steps.plan.output.txt", 19, "unknown name `steps.plan.output.txt`", "`steps.plan.output.text`?"),
            ("cel.bind(x, inputs.name, x.size().size())", 26, "size needs", nil),
        ] as [(String, Int, String, String?)])
    func problems(source: String, column: Int, message: String, hint: String?) throws {
        let check = try Expression(parsing: source).check(in: Self.scope)
        let problem = try #require(check.problems.first, "\(source)")
        #expect(check.problems.count == 1, "\(source)")
        #expect(problem.error.message.contains(message), "\(problem.error.message)")
        #expect(problem.error.position.column == column, "\(problem.error.description)")
        #expect(problem.error.length > 0)
        #expect(!problem.isConditional)
        if let hint { #expect(problem.error.hint?.contains(hint) == true, "\(problem.error.description)") }
    }

    @Test(
        "keeps silent where some value would do",
        arguments: [
            "inputs.maybe + 'x'", "inputs.any + 1", "inputs.size % 2", "inputs.people[0].mail", "inputs.free.nope",
            "default(inputs.nope.x + 1, 2)", "has(inputs.nope.x)", "inputs.?nope.orValue(1)",
            "has(inputs.nope) ? inputs.nope : 1", "has(inputs.nope) && inputs.nope > 1",
            "type(inputs.count) == string && inputs.count.size() > 1", "'nope' in inputs ? inputs.nope : 1",
            "inputs.count != null ? inputs.count + 1 : 0", "1 == 'a'", "default(inputs.nope, 1 > 0) ? 1 : 0",
        ])
    func silence(source: String) throws {
        #expect(try Expression(parsing: source).check(in: Self.scope).problems == [], "\(source)")
    }

    @Test(
        "tells what fails only in a branch from what fails always",
        arguments: [
            ("inputs.on ? inputs.count + 'x' : 1", true), ("default(inputs.maybe, 1 + 'x')", true),
            ("inputs.?name.orValue(1 + 'x')", true), ("inputs.?name.optMap(n, n + 1)", true),
            ("[1].map(x, x > 0, x + 'a')", true), ("inputs.count + 'x' == 'y' && inputs.on", false),
            ("[1].map(x, x + 'a')", false), ("default(inputs.count + 'x', 1)", false),
        ])
    func conditional(source: String, isConditional: Bool) throws {
        let problems = try Expression(parsing: source).check(in: Self.scope).problems
        #expect(problems.map(\.isConditional) == [isConditional], "\(source)")
    }

    @Test("finds all mistakes at once, in order")
    func several() throws {
        let source = "[inputs.dept, inputs.count + 'x', inputs.name.nope, missing]"
        let problems = try Expression(parsing: source).check(in: Self.scope).problems
        #expect(problems.map(\.error.position.column) == [9, 28, 47, 53])
        #expect(problems.map(\.path) == [["inputs", "dept"], nil, nil, ["missing"]])
    }

    @Test("takes the result where it is of the wanted type, and where that is not known")
    func wanted() throws {
        func problem(_ source: String) throws -> String? {
            try Expression(parsing: source).check(in: Self.scope, as: .bool, called: "`if`").problems.first?.error
                .message
        }
        #expect(try problem("inputs.count") == "`if` must be a bool, not an int")
        #expect(try problem("inputs.count > 1") == nil)
        #expect(try problem("inputs.any") == nil)
    }

    @Test(
        "goes through the tags of a template, with the types of loop variables",
        arguments: [
            ("x {{ inputs.dept }}", ["1:13 unknown name `inputs.dept`"]),
            ("a\n{% if inputs.name %}{% endif %}", ["2:7 the condition of a tag must be a bool, not a string"]),
            ("{% for c in inputs.name %}{% endfor %}", ["1:13 {% for %} goes over a list or a map, not a string"]),
            (
                "{% for p in inputs.people %}{{ p.nmae }}{% for i, f in inputs.files %}{{ i.x }}{{ f.x }}{% endfor %}"
                    + "{% endfor %}",
                [
                    "1:34 unknown name `p.nmae`", "1:76 `i` is an int and has no key `x`",
                    "1:85 `f` is a string and has no key `x`",
                ]
            ),
            (
                "{% for k, v in inputs.labels %}{{ v - 1 }}{% endfor %}",
                ["1:37 - has no meaning between a string and an int"]
            ),
            ("{% if has(inputs.nope) %}{{ inputs.nope }}{% endif %}", []),
            (
                "{% if inputs.on %}{% elif inputs.name.x %}{% endif %}",
                ["1:39 `inputs.name` is a string and has no key `x`"]
            ),
            ("{{ inputs.people }} {{ inputs.none }}", []),
        ] as [(String, [String])])
    func templates(source: String, expected: [String]) throws {
        let check = try Template(parsing: source).check(in: Self.scope)
        let found = check.problems.map { problem in
            "\(problem.error.position.line):\(problem.error.position.column) \(problem.error.message)"
        }
        #expect(found == expected)
        #expect(check.type == .string)
    }

    @Test("gives a template that is one expression the type of its value as JSON")
    func sole() throws {
        func type(_ source: String) throws -> ExpressionType {
            try Template(parsing: source).check(in: Self.scope).type
        }
        #expect(try type("{{ inputs.ages }}") == .list(of: .int))
        #expect(try type("{{ now() }}") == .string)
        #expect(try type("{{ [1u, 2u] }}") == .list(of: .int))
        #expect(try type("plain") == .string)
    }

    @Test("ends soon, whatever types would grow to")
    func growth() throws {
        for step in ["[v, v]", "{'a': v, 'b': v}", "[v, [v]]", "{'a': {'b': v}, 'c': [v]}", "[{'a': v}, {'b': v}]"] {
            let bindings = (0..<60).map { _ in "cel.bind(v, \(step), " }.joined()
            let source = "cel.bind(v, 1, " + bindings + "v" + String(repeating: ")", count: 61)
            let expression = try Expression(parsing: source)
            let time = ContinuousClock().measure { _ = expression.check(in: Self.scope) }
            #expect(time < .milliseconds(500), "\(step)")
        }
        let wide = "[" + (0..<9_000).map { "{'k\($0)': \($0)}" }.joined(separator: ",") + "]"
        let long = (0..<9_000).map { "inputs.nope\($0)" }.joined(separator: " + ")
        for source in [wide, long] {
            let expression = try Expression(parsing: source)
            let time = ContinuousClock().measure { _ = expression.check(in: Self.scope) }
            #expect(time < .seconds(2))
        }
        #expect(try Expression(parsing: long).check(in: Self.scope).problems.count == 20)
    }
}
