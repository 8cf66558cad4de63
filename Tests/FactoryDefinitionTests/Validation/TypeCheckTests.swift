import FactoryDefinition
import FactoryJSON
import Foundation
import Testing

@Suite("The check of a document's types") struct TypeCheckTests {
    @Test("finds nothing in the examples")
    func examples() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "examples")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
        #expect(names.count > 5)
        for name in names {
            let text = Array(try Data(contentsOf: folder.appending(path: name)))
            #expect(DocumentReader().read(text, as: .yaml).problems == [], "\(name)")
        }
    }

    @Test(
        "keeps silent where a run may go well",
        arguments: [
            // What may be null, absent or of several types.
            "- {id: a, type: transform, with: {input: '{{ inputs.maybe + 1 }}{{ inputs.either + 1 }}'}}",
            "- {id: a, type: transform, if: inputs.maybe != null && inputs.maybe > 3}",
            // A whole number that is written 3.0, and one that is written as text.
            "- {id: a, type: prompt, with: {prompt: x, max_tokens: '{{ inputs.text }}'}}",
            "- {id: a, type: transform, with: {input: [1], ops: [{take: '{{ inputs.count }}'}]}}",
            // An answer that may be JSON or not.
            "- {id: a, type: api, with: {url: 'http://x'}}\n- {id: b, type: transform, with: {input: "
                + "'{{ has(steps.a.output.body) ? steps.a.output.body.x : steps.a.output.text.trim() }}'}}",
            // A step that is looked at after it failed, or that has another output then.
            "- {id: a, type: prompt, with: {prompt: x}, outputs: {answer: result.text}}\n"
                + "- {id: b, type: transform, if: failed(), with: {input: '{{ steps.a.output.finish_reason }}'}}",
            "- {id: a, type: api, with: {url: 'http://x'}, on_error: {value: {rate: 1.5}}}\n"
                + "- {id: b, type: transform, with: {input: '{{ steps.a.output.rate + 1 }}'}}",
            "- {id: a, type: api, with: {url: 'http://x'}, on_error: continue}\n"
                + "- {id: b, type: transform, with: {input: '{{ default(steps.a.output.status, 0) + 1 }}'}}",
            // Whatever code gives.
            "- {id: a, type: code, with: {language: python, code: 'result = 1'}}\n"
                + "- {id: b, type: transform, with: {input: '{{ steps.a.output.result.x[0].y + 1 }}'}}",
            // A list or an object.
            "- {id: a, type: transform, with: {input: '{{ inputs.free }}', ops: [{map: 'item'}, {filter: 'key != index'}]}}",
            "- {id: a, type: transform, with: {input: {x: 1}, ops: [{map: 'key + string(item)'}, {set: {y: item.x}}]}}",
            "- {id: a, type: transform, with: {input: [{x: 1}], ops: [{set: {y: item.x + index}}, {pick: [y]}, {map: item.y}]}}",
            "- {id: a, type: transform, with: {input: 'a,b', ops: [{convert: {from: csv}}, {map: item.a}, {join: {}}]}}",
            "- {id: a, type: transform, with: {input: [[1], 2], ops: [{flatten: true}, {group: {by: item}}, "
                + "{map: 'item.items.size() + item.key'}]}}",
            "- {id: a, type: transform, with: {ops: [{merge: ['{\"x\": 1}']}, {expression: input.x.y}]}}",
            // A step that is not of this document's order, or not known at all.
            "- {id: a, type: file, with: {operation: list}}\n- {id: b, type: transform, with: {input: "
                + "'{{ steps.a.output.entries.filter(e, e.size > 10).map(e, e.path).join() }}'}}",
        ])
    func silence(steps: String) {
        let indented = steps.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
        let reading = DocumentReading(
            yaml: """
                version: 1
                name: demo
                inputs:
                  text: {type: string}
                  count: {type: integer}
                  maybe: {type: integer, optional: true}
                  either: {type: [string, integer]}
                  free: {}
                steps:
                \(indented)
                """)
        #expect(reading.problems == [], "\(steps)")
    }

    @Test(
        "takes from a JSON Schema what is certain and no more",
        arguments: [
            ("{type: string}", "v - 1", true), ("{type: [string, 'null']}", "v + 'x'", false), ("{}", "v.x.y", false),
            ("{type: object}", "v.x", false), ("{type: object, properties: {a: {type: string}}}", "v.b", false),
            ("{type: object, properties: {a: {type: string}}}", "v.a - 1", true),
            ("{type: object, additionalProperties: false, properties: {a: {}}}", "v.b", true),
            ("{type: object, additionalProperties: false, patternProperties: {x: {}}}", "v.b", false),
            ("{type: object, additionalProperties: {type: string}}", "v.b - 1", true),
            ("{type: array, items: {type: string}}", "v[0] - 1", true), ("{type: array}", "v[0] - 1", false),
            ("{type: array, prefixItems: [{type: string}]}", "v[0] - 1", false), ("{enum: [a, b]}", "v - 1", true),
            ("{enum: [a, 1]}", "v - 1", false), ("{const: a}", "v - 1", true), ("{type: integer}", "v % 2", false),
            ("{type: boolean}", "v + 1", true), ("{anyOf: [{type: string}, {type: 'null'}]}", "v - 1", true),
            ("{oneOf: [{type: string}, {}]}", "v - 1", false), ("{allOf: [{title: x}, {type: string}]}", "v - 1", true),
            ("{$ref: '#/$defs/s', $defs: {s: {type: string}}}", "v - 1", true),
            ("{$ref: '#/$defs/s', $defs: {s: {type: array, items: {$ref: '#/$defs/s'}}}}", "v[0][0][0][0].x", true),
            (
                "{$ref: '#/$defs/s', $defs: {s: {type: object, properties: {n: {$ref: '#/$defs/s'}}}}}", "v.n.n.n.x",
                false
            ),
            ("{not: {type: string}}", "v - 1", false), ("{if: {type: string}}", "v - 1", false),
        ])
    func schemas(schema: String, expression: String, isError: Bool) {
        let reading = DocumentReading(
            yaml: """
                version: 1
                name: demo
                steps:
                  - {id: p, type: prompt, with: {prompt: x, schema: \(schema)}}
                  - {id: q, type: transform, with: {ops: [{expression: "cel.bind(v, steps.p.output.json, \(expression))"}]}}
                """)
        #expect(reading.problems.isEmpty != isError, "\(schema) \(expression) \(reading.problems)")
    }

    @Test("ends soon for a schema whose references grow without end")
    func growth() {
        let definitions = (0..<40).map { place in
            "d\(place): {type: object, properties: {a: {$ref: '#/$defs/d\(place + 1)'}, b: {$ref: '#/$defs/d\(place + 1)'}}}"
        }.joined(separator: ", ")
        let text = """
            version: 1
            name: demo
            inputs: {x: {$ref: '#/$defs/d0', $defs: {\(definitions), d40: {type: string}}}}
            steps:
              - {id: a, type: transform, with: {input: "{{ inputs.x.a.b.a }}"}}
            """
        let time = ContinuousClock().measure { #expect(DocumentReading(yaml: text).problems == []) }
        #expect(time < .seconds(5))
    }

    @Test("says the same of a document in JSON, at its places")
    func json() {
        let text =
            #"{"version": 1, "name": "demo", "inputs": {"n": {"type": "integer"}},\#n"steps": [\#n{"id": "a", "#
            + #""type": "transform", "if": "inputs.n", "with": {"input": "{{ inputs.n.x }}"}}]}"#
        let problems = DocumentReader().read(Array(text.utf8)).problems
        #expect(problems.map(\.code) == ["type_mismatch", "type_mismatch"])
        #expect(problems.map(\.line) == [3, 3])
        #expect(problems.map(\.column) == [41, 83])
        #expect(problems.map(\.path) == ["steps[0].if", "steps[0].with.input"])
    }

    @Test("reports a name once, and what needs another step's type not at all where that is wrong itself")
    func once() {
        let reading = DocumentReading(
            steps: """
                  - {id: a, type: transform, with: {input: "{{ inputs.nope.x + nope.y + steps.nope.output.x }}"}}
                  - {id: b, type: transform, with: {input: "{{ steps.c.output.result.x }}"}}
                  - {id: c, type: transform, with: {input: "{{ 1 + 'x' }}"}}
                  - {id: d, type: transform, with: {input: "{{ steps.c.output.result + 1 }}"}}
                """)
        #expect(
            reading.problems.map(\.code) == [
                "unknown_name", "unknown_name", "unknown_step", "forward_reference", "type_mismatch",
            ])
    }
}
