import FactoryDomain
import FactoryJSON
import Testing

@testable import FactorySteps

@Suite("A transform step") struct TransformExecutorTests {
    private func run(_ ops: String, on input: JSON) async throws -> JSON {
        let output = try await WorkspaceStage().run(
            "transform", "input: '{{ inputs.x }}'\nops:\n\(Self.indented(ops))", inputs: ["x": input])
        #expect(output["input_type"] == .string(input.kindName))
        return try #require(output["result"])
    }

    private func failure(_ ops: String, on input: JSON) async throws -> StepFailure {
        try await WorkspaceStage().failure(
            "transform", "input: '{{ inputs.x }}'\nops:\n\(Self.indented(ops))", inputs: ["x": input])
    }

    private static func indented(_ ops: String) -> String {
        ops.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    }

    @Test("applies each op to the value so far")
    func chain() async throws {
        let rows: JSON = [["n": "b", "v": 2], ["n": "a", "v": 1], ["n": "c", "v": 3]]
        #expect(
            try await run(
                "- filter: item.v < 3\n- sort: {by: item.n}\n- map: item.n + string(index)\n- join: {separator: '-'}",
                on: rows) == "a0-b1")
        #expect(try await run("- expression: size(input) + size(inputs.x)", on: [1, 2]) == 4)
    }

    @Test("does nothing without ops, and begins with null without input")
    func empty() async throws {
        let output = try await WorkspaceStage().run("transform", "ops: []")
        #expect(output == ["result": nil, "input_type": "null", "result_type": "null"])
    }

    @Test("keeps the keys of an object")
    func objects() async throws {
        #expect(
            try await run("- filter: key != 'b'\n- map: item * 10", on: ["a": 1, "b": 2, "c": 3]) == ["a": 10, "c": 30])
    }

    @Test("sorts stably, both ways, by numbers of both kinds, texts and bools")
    func sorts() async throws {
        let rows: JSON = [["k": 2, "n": 0], ["k": 1.5, "n": 1], ["k": 2, "n": 2], ["k": 1, "n": 3]]
        #expect(try await run("- sort: {by: item.k}\n- map: item.n", on: rows) == [3, 1, 0, 2])
        #expect(try await run("- sort: {by: item.k, order: desc}\n- map: item.n", on: rows) == [0, 2, 1, 3])
        #expect(try await run("- sort: {by: item}", on: ["b", "B", "é", "a"]) == ["B", "a", "b", "é"])
        #expect(try await run("- sort: {by: item > 1}", on: [2, 1, 3]) == [1, 2, 3])
    }

    @Test("refuses to sort what has no common order")
    func sortFails() async throws {
        let mixed = try await failure("- sort: {by: item}", on: [1, "a"])
        #expect(mixed.code == "invalid_input")
        #expect(mixed.message == "ops[0] (sort): the key of element 1 is a string, that of element 0 an integer")
        #expect(try await failure("- sort: {by: item}", on: [nil]).message.contains("null, which has no order"))
        #expect(try await failure("- sort: {by: item}", on: ["a": 1]).code == "invalid_input")
    }

    @Test("names op, element and place when an expression fails")
    func expressionFails() async throws {
        let failure = try await failure("- expression: input\n- map: item.n.x", on: [["n": ["x": 1]], ["n": [:]]])
        #expect(failure.code == "expression_error")
        #expect(failure.message.hasPrefix("ops[1] (map): "), "\(failure.message)")
        #expect(failure.message.contains("element 1") && failure.message.contains("column"), "\(failure.message)")
        #expect(try await self.failure("- filter: item", on: [1]).code == "expression_error")
        #expect(try await self.failure("- map: item", on: 5).code == "invalid_input")
    }

    @Test(
        "converts between formats",
        arguments: [
            ("{from: json}", #""{\"a\":1}""#, #"{"a":1}"#), ("{to: json}", #"{"a":1}"#, #""{\"a\":1}""#),
            ("{from: csv, to: json}", #""a,b\n1,2\n""#, #""[{\"a\":\"1\",\"b\":\"2\"}]""#),
            ("{from: csv, delimiter: ';', header: false}", #""1;2\n""#, #"[["1","2"]]"#),
            ("{to: csv, guard_formulas: true}", #"[{"a":"=1"}]"#, #""a\n'=1\n""#),
            ("{from: yaml}", #""a: on\n""#, #"{"a":"on"}"#), ("{to: yaml}", #"{"a":[1]}"#, nil),
            ("{from: lines}", #""a\nb""#, #"["a","b"]"#), ("{to: lines}", #"["a",1,null]"#, #""a\n1\n\n""#),
        ] as [(String, String, String?)])
    func converts(_ options: String, _ input: String, expected: String?) async throws {
        let result = try await run("- convert: \(options)", on: JSON(parsing: input))
        guard let expected else {
            #expect(try await run("- convert: {from: yaml}", on: result) == JSON(parsing: input))
            return
        }
        #expect(try result == JSON(parsing: expected))
    }

    @Test(
        "refuses what is not in the format it is said to be",
        arguments: [
            ("{from: json}", #""{""#, "line 1"), ("{from: csv}", #""a,b\n1\n""#, "line 2"),
            ("{from: json}", "5", "text"),
            ("{to: csv}", "5", "csv"), ("{to: lines}", #"["a\nb"]"#, "line break"),
            ("{from: yaml}", #""a: [""#, "line"),
        ])
    func convertFails(_ options: String, _ input: String, message: String) async throws {
        let failure = try await failure("- convert: \(options)", on: JSON(parsing: input))
        #expect(failure.code == "invalid_input")
        #expect(
            failure.message.hasPrefix("ops[0] (convert): ") && failure.message.contains(message), "\(failure.message)")
    }

    @Test("extracts code, JSON, matches and front matter")
    func extracts() async throws {
        let answer: JSON = "Text\n```python\nx = 1\n```\n```json\n{\"a\": 1}\n```\n"
        #expect(try await run("- extract: {what: code_blocks}", on: answer) == ["x = 1\n", "{\"a\": 1}\n"])
        #expect(
            try await run("- extract: {what: code_blocks, language: python, first: true}", on: answer) == "x = 1\n")
        #expect(try await run("- extract: {what: json, first: true}", on: answer) == ["a": 1])
        #expect(try await run("- extract: {what: regex, pattern: '[a-z] = [0-9]'}", on: answer) == ["x = 1"])
        #expect(try await run("- extract: {what: regex, pattern: 'v([0-9]+)'}", on: "v1 v22") == ["1", "22"])
        #expect(
            try await run("- extract: {what: front_matter, first: true}", on: "---\na: 1\n---\nbody")
                == ["data": ["a": 1], "body": "body"])
    }

    @Test("gives an empty list without a find, and fails where the first is wanted")
    func extractFails() async throws {
        #expect(try await run("- extract: {what: json}", on: "no") == [])
        let failure = try await failure("- extract: {what: code_blocks, language: go, first: true}", on: "no fence")
        #expect(failure.class == .invalidOutput)
        #expect(failure.message == "ops[0] (extract): the text holds no code block in go")
        let open = try await self.failure("- extract: {what: regex, pattern: '{{ \"(\" }}'}", on: "x")
        #expect(open.code == "invalid_field")
        #expect(try await self.failure("- extract: {what: json}", on: 5).code == "invalid_input")
    }

    @Test("renders a template over the value so far")
    func template() async throws {
        #expect(
            try await run(
                "- map: item * 2\n- template: '{% for i in input %}{{ i }};{% endfor %}'", on: [1, 2]) == "2;4;")
    }

    @Test("validates against a schema and passes the value on")
    func validates() async throws {
        let op = "- validate: {schema: {type: object, required: [a], properties: {a: {type: integer}}}}"
        #expect(try await run(op, on: ["a": 1]) == ["a": 1])
        let failure = try await failure(op, on: ["a": "x"])
        #expect(failure.code == "invalid_output" && failure.class == .invalidOutput)
        #expect(failure.message.contains("a"), "\(failure.message)")
    }

    @Test("joins with the text of values")
    func joins() async throws {
        #expect(try await run("- join: {separator: ', '}", on: ["a", 1, nil, [2]]) == "a, 1, , [2]")
        #expect(try await failure("- join: {}", on: "x").code == "invalid_input")
    }
}
