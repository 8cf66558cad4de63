import FactoryExpressions
import FactoryJSON
import Testing

@Suite("The limits of an evaluation")
struct LimitTests {
    /// An expression of thirty variables, each made of the one before twice.
    private static func doubling(_ first: String, _ step: (String) -> String) -> String {
        let bindings = (1...30).map { "cel.bind(v\($0), \(step("v\($0 - 1)")), " }.joined()
        return "cel.bind(v0, \(first), " + bindings + "size(v30)" + String(repeating: ")", count: 31)
    }

    @Test("end what takes too many steps, whatever would absorb an error")
    func steps() {
        let nested = "lists.range(1000).exists(a, lists.range(1000).exists(b, lists.range(1000).exists(c, false)))"
        for source in [nested, nested + " || true", "default(\(nested), true)", "has([{}].map(x, \(nested))[0].y)"] {
            #expect(failure(of: source)?.code == .tooManySteps, "\(source)")
        }
        #expect(failure(of: "1 + 1 + 1", limits: EvaluationLimits(steps: 3))?.code == .tooManySteps)
        #expect(throws: Never.self) { try evaluate("1 + 1 + 1", limits: EvaluationLimits(steps: 4)) }
    }

    @Test("end work on long texts and lists that one call does")
    func hiddenWork() {
        var scope = Scope()
        scope["text"] = .string(String(repeating: "a", count: 1 << 20))
        scope["list"] = .array(Array(repeating: [1, 2], count: 50_000))
        for source in [
            "lists.range(1000).all(i, !text.contains('b'))", "lists.range(1000).all(i, text == text)",
            "lists.range(1000).all(i, !text.matches('a+b'))", "lists.range(1000).all(i, list == list)",
            "lists.range(1000).all(i, text < text + 'b')", "lists.range(1000000)",
            "lists.range(1000).all(i, (list + list).size() > 0)", "lists.range(1000).map(i, text.reverse()).size()",
            "lists.range(1000).all(i, !([1] in list))", "list.sortBy(x, x[0])", "lists.range(100).sortBy(i, text)",
            "text.split('').size()",
            "lists.range(1000).all(i, '%s'.format([list]) != '')", "lists.range(1000).all(i, fence(text) != '')",
            "lists.range(1000).all(i, lines(text).size() > 0)", "lists.range(1000).all(i, indent(text, 4) != '')",
            "regex.extractAll(text, 'a').size()", "text.replace('a', 'bb').size()",
        ] {
            // A tenth of the usual steps, because a debug build takes ten times as long for each.
            let code = failure(of: source, in: scope, limits: EvaluationLimits(steps: 10_000))?.code
            #expect(code == .tooManySteps || code == .tooLarge, "\(source)")
        }
    }

    @Test("end texts, bytes and lists that double")
    func sizes() {
        #expect(failure(of: Self.doubling("'xxxxxxxx'") { "\($0) + \($0)" })?.code == .tooLarge)
        #expect(failure(of: Self.doubling("b'xxxxxxxx'") { "\($0) + \($0)" })?.code == .tooLarge)
        #expect(failure(of: Self.doubling("[1, 2, 3]") { "\($0) + \($0)" })?.code.isLimit == true)
        #expect(failure(of: Self.doubling("[1, 2, 3]") { "[\($0), \($0)]" })?.code == .tooLarge)
        #expect(failure(of: Self.doubling("{'a': 1}") { "{'a': \($0), 'b': \($0)}" })?.code == .tooLarge)
        #expect(failure(of: Self.doubling("'xx'") { "\($0).replace('x', 'xxxx')" })?.code.isLimit == true)
        #expect(failure(of: Self.doubling("'xx'") { "'%s%s'.format([\($0), \($0)])" })?.code.isLimit == true)
        #expect(failure(of: Self.doubling("'xx'") { "[\($0), \($0)].join()" })?.code.isLimit == true)
    }

    @Test("end results that are small in memory and large as JSON")
    func sharedJSON() {
        var scope = Scope()
        scope["big"] = .array(Array(repeating: .string(String(repeating: "x", count: 1000)), count: 1000))
        #expect(failure(of: "lists.range(100).map(i, big)", in: scope)?.code == .tooLarge)
        #expect(failure(of: "json(lists.range(100).map(i, big))", in: scope)?.code == .tooLarge)
        #expect(failure(of: "[1, 2, 3]", limits: EvaluationLimits(valueBytes: 16))?.code == .tooLarge)
    }

    @Test("end values that are nested too deep")
    func depth() {
        let wrap = { (count: Int) in (0..<count).reduce("x") { value, _ in "[\(value)]" } }
        let source = "cel.bind(x, \(wrap(30)), cel.bind(x, \(wrap(30)), cel.bind(x, \(wrap(30)), x)))"
            .replacing("cel.bind(x, \(wrap(30)), cel", with: "cel.bind(x, \(wrap(30).replacing("x", with: "1")), cel")
        #expect(failure(of: source)?.code == .tooDeep)
        var scope = Scope()
        scope["deep"] = (0..<64).reduce(JSON.null) { value, _ in [value] }
        #expect(throws: Never.self) { try evaluate("deep", in: scope) }
        #expect(failure(of: "[deep]", in: scope)?.code == .tooDeep)
    }

    @Test("end expressions with too many brackets or parts before they are evaluated")
    func syntax() {
        for (open, close) in [
            ("(", ")"), ("[", "]"), ("{'a':", "}"), ("-(", ")"), ("[1].map(x, ", ")"), ("size(", ")"),
        ] {
            let source = String(repeating: open, count: 100_000) + "1" + String(repeating: close, count: 100_000)
            let error = failure(of: source)
            #expect(error?.code == .tooDeep)
            #expect(error?.position.line == 1)
        }
        #expect(failure(of: String(repeating: "1 ? 2 : ", count: 100_000) + "3")?.code == .tooDeep)
        #expect(failure(of: "[" + String(repeating: "1,", count: 200_000) + "1]")?.code == .tooLarge)
        #expect(failure(of: "a" + String(repeating: ".b", count: 200_000))?.code == .tooLarge)
        #expect(
            #expect(throws: ExpressionError.self) {
                try Template(parsing: String(repeating: "{{ 1 }}", count: 60_000))
            }?.code == .tooLarge)
    }

    @Test("let long chains be")
    func chains() throws {
        #expect(try evaluate("1" + String(repeating: " + 1", count: 5000)) == 5001)
        #expect(try evaluate(String(repeating: "!", count: 10_000) + "true") == true)
        #expect(try evaluate("true" + String(repeating: " && true", count: 5000)) == true)
        #expect(try evaluate("'a'" + String(repeating: ".trim()", count: 5000)) == "a")
    }

    @Test("end rendered texts that are too long, and templates that take too many steps")
    func templates() {
        func code(_ source: String, _ limits: EvaluationLimits = .standard) -> ExpressionError.Code? {
            #expect(throws: ExpressionError.self) { try render(source, limits: limits) }?.code
        }
        let loops = "{% for a in lists.range(1000) %}{% for b in lists.range(1000) %}"
        #expect(code(loops + "{{ a }}{% endfor %}{% endfor %}") == .tooManySteps)
        #expect(code(loops + "{% endfor %}{% endfor %}") == .tooManySteps)
        #expect(code("x {{ inputs.name }}", EvaluationLimits(textBytes: 4)) == .tooLarge)
        let page = String(repeating: "x", count: 10_000)
        #expect(code("{% for a in lists.range(1000) %}\(page){% endfor %}") == .tooLarge)
        #expect(code(String(repeating: "{% if true %}", count: 10_000)) == .tooDeep)
    }
}
