import FactoryExpressions
import FactoryJSON
import Testing

@Suite("A template")
struct TemplateTests {
    @Test(
        "renders text",
        arguments: [
            ("Hi {{ inputs.name }}!", "Hi Ada!"), ("a {{ inputs.none }}b", "a b"),
            ("x{{ 1.0 }} {{ true }} {{ 2u }}", "x1.0 true 2"),
            ("x {{ inputs.files }}", "x [\"a.py\",\"b.js\",\"c.py\"]"),
            ("x {{ {'a': {'b': 1}} }}", "x {\"a\":{\"b\":1}}"),
            ("x {{ '}}' }} {{ \"%}\" }}", "x }} %}"), ("x {{ duration('90s') }} {{ b'hi' }}", "x 90s aGk="),
            ("a }} b { { c", "a }} b { { c"),
            ("{% if inputs.count > 5 %}a{% elif inputs.count == 3 %}b{% else %}c{% endif %}", "b"),
            ("{% if false %}{{ 1 / 0 }}{% endif %}x", "x"),
            ("{% for f in inputs.files %}[{{ f }}]{% endfor %}", "[a.py][b.js][c.py]"),
            ("{% for i, f in inputs.files %}{{ i }}{{ f }} {% endfor %}", "0a.py 1b.js 2c.py "),
            ("{% for k, v in inputs.limits %}{{ k }}={{ v }};{% endfor %}", "cpu=2;max-time=5m;"),
            ("{% for x in [] %}x{% endfor %}", ""),
            ("{% for x in [[1, 2], [3]] %}{% for y in x %}{{ y }}{% endfor %}/{% endfor %}", "12/3/"),
            ("{% for x in [1] %}{{ [5].map(y, x + y)[0] }}{% endfor %}", "6"), ("a{# not {{ this }} #}b", "ab"),
            ("{% raw %}{{ x }} {% if %}{% endraw %}", "{{ x }} {% if %}"),
            ("{{ '{{ inputs.name }}' }} ", "{{ inputs.name }} "),
        ])
    func rendering(source: String, text: String) throws {
        #expect(try render(source) == .string(text))
    }

    @Test(
        "trims whitespace at a minus sign",
        arguments: [
            ("a {{- 1 }} b", "a1 b"), ("a {{ 1 -}} b", "a 1b"), ("a\n{%- if true -%}\n b \n{%- endif %} c", "ab c"),
            ("a {#- x -#} b", "ab"), ("a {%- raw -%} x {%- endraw -%} b", "axb"), ("{{ -1 }} {{ 3 - 1 }}", "-1 2"),
            ("x {{- '' -}} y", "xy"),
        ])
    func trimming(source: String, text: String) throws {
        #expect(try render(source) == .string(text))
    }

    @Test(
        "keeps the type of a sole expression",
        arguments: [
            ("{{ inputs.files }}", ["a.py", "b.js", "c.py"]), ("{{inputs.count}}", 3), ("{{ inputs.none }}", nil),
            ("{{ 1 == 1 }}", true),
            (" {{ 1 }}", " 1"), ("{{ 1 }}{{ 2 }}", "12"), ("{{ 1 }}\n", "1\n"),
        ] as [(String, JSON)])
    func soleExpression(source: String, value: JSON) throws {
        #expect(try render(source) == value)
        #expect(try (Template(parsing: source).soleExpression != nil) == (value.stringValue == nil))
    }

    @Test("knows whether there is anything to render")
    func constant() throws {
        #expect(try Template(parsing: "plain { text }").isConstant)
        #expect(try Template(parsing: "").isConstant)
        #expect(try Template(parsing: "{% raw %}{{ x }}{% endraw %}{# c #}").isConstant)
        #expect(try !Template(parsing: "{{ x }}").isConstant)
        #expect(try render("") == "")
    }

    @Test("names the free names of all its expressions, with their places in the template")
    func references() throws {
        let template = try Template(
            parsing: "{{ a.b }}\n{% if has(c.d) %}{% for x in rows %}{{ x.y + z }}{% endfor %}{% endif %}{{ size(x) }}")
        #expect(template.references.map(\.path) == [["a", "b"], ["c", "d"], ["rows"], ["z"], ["x"]])
        #expect(template.references[1].position == SourcePosition(offset: 20, line: 2, column: 11))
        #expect(template.references[1].isPresenceTest)
        #expect(template.calledFunctions == ["has", "size"])
    }

    @Test(
        "says what is wrong with it, and where",
        arguments: [
            ("a {{ inputs.name", "{{ is not closed with }}", 3), ("{{ }}", "there is no expression in the tag", 1),
            ("a {{ b c }}", "the name \"c\" stands where the expression should end", 8),
            ("{% if true %}", "{% if %} is not closed with {% endif %}", 1),
            ("{% for x in y %}", "{% for %} is not closed with {% endfor %}", 1),
            ("x {% endif %}", "{% endif %} closes nothing", 3),
            ("{% if true %}{% endfor %}", "{% endfor %} stands where {% endif %} should", 14),
            ("{# x", "{# is not closed with #}", 1),
            ("{% raw %}x", "{% raw %} is not closed with {% endraw %}", 1),
            ("{% iff x %}", "there is no tag \"iff\"", 1),
            ("{% for 1 in x %}", "{% for %} is written {% for item in list %}", 1),
            ("{% if a %}{% else %}{% else %}", "{% else %} stands where {% endif %} should", 21),
            ("{{ nope() }}", "there is no function \"nope\"", 4), ("{{ x | upper }}", "\"|\" is no operator", 6),
        ])
    func syntaxErrors(source: String, message: String, column: Int) {
        let error = #expect(throws: ExpressionError.self) { try Template(parsing: source) }
        #expect(error?.message == message)
        #expect(error?.position.column == column)
    }

    @Test("reports a failed expression at its place in the template")
    func evaluationErrors() {
        let error = #expect(throws: ExpressionError.self) { try render("one\ntwo {{ steps.write.output.text }}") }
        #expect(error?.code == .absent)
        #expect(error?.message == "steps.write has no key \"output\"")
        #expect(error?.position == SourcePosition(offset: 23, line: 2, column: 20))
        #expect(error?.sourceLine == "two {{ steps.write.output.text }}")
        let sole = #expect(throws: ExpressionError.self) { try render("{{ inputs.nope }}") }
        #expect(sole?.position.column == 11)
        #expect(#expect(throws: ExpressionError.self) { try render("x {{ inputs.?nope }}") }?.code == .absent)
        #expect(#expect(throws: ExpressionError.self) { try render("{% if 1 %}{% endif %}") }?.code == .wrongType)
        #expect(
            #expect(throws: ExpressionError.self) { try render("{% for x in 'abc' %}{% endfor %}") }?.code == .wrongType
        )
    }
}
