import FactoryDefinition
import FactoryJSON
import Testing

@Suite("A JSON Schema") struct JSONSchemaTests {
    /// A schema with values that fit it and values that do not.
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var schema: JSON
        var fits: [JSON]
        var others: [JSON]
        var testDescription: String { name }

        init(_ name: String, _ schema: JSON, fits: [JSON], others: [JSON]) {
            self.name = name
            self.schema = schema
            self.fits = fits
            self.others = others
        }
    }

    static let cases = [
        Case("type", ["type": "integer"], fits: [1, 1.0, -3], others: [1.5, "1", nil, [], [:], true]),
        Case("types", ["type": ["string", "null"]], fits: ["a", nil], others: [1, false]),
        Case("number", ["type": "number"], fits: [1, 1.5], others: ["1"]),
        Case("enum", ["enum": [1, "a", nil, [1]]], fits: [1, 1.0, "a", nil, [1.0]], others: [2, "b", [2]]),
        Case("const", ["const": ["a": 1]], fits: [["a": 1], ["a": 1.0]], others: [["a": 2], [:]]),
        Case("true", true, fits: [1, nil], others: []),
        Case("false", false, fits: [], others: [1, nil]),
        Case(
            "properties and required",
            ["properties": ["a": ["type": "string"]], "required": ["a", "b"]],
            fits: [["a": "x", "b": 1], 5], others: [["a": "x"], ["a": 1, "b": 1]]),
        Case(
            "additionalProperties", ["properties": ["a": true], "additionalProperties": false],
            fits: [[:], ["a": 1]], others: [["b": 1]]),
        Case(
            "patternProperties", ["patternProperties": ["^x-": ["type": "integer"]], "additionalProperties": false],
            fits: [["x-a": 1]], others: [["x-a": "1"], ["y": 1]]),
        Case("propertyNames", ["propertyNames": ["pattern": "^[a-z]+$"]], fits: [["ab": 1]], others: [["A": 1]]),
        Case(
            "property counts", ["minProperties": 1, "maxProperties": 2], fits: [["a": 1]],
            others: [[:], ["a": 1, "b": 1, "c": 1]]),
        Case(
            "dependentRequired", ["dependentRequired": ["a": ["b"]]], fits: [[:], ["a": 1, "b": 1]], others: [["a": 1]]),
        Case(
            "dependentSchemas", ["dependentSchemas": ["a": ["maxProperties": 1]]], fits: [["a": 1]],
            others: [["a": 1, "b": 1]]),
        Case("items", ["items": ["type": "integer"]], fits: [[], [1, 2]], others: [["a"]]),
        Case(
            "prefixItems", ["prefixItems": [["type": "string"]], "items": false], fits: [[], ["a"]],
            others: [[1], ["a", 1]]),
        Case("item counts", ["minItems": 1, "maxItems": 2], fits: [[1]], others: [[], [1, 2, 3]]),
        Case(
            "uniqueItems", ["uniqueItems": true], fits: [[1, 2, "1"], [["a": 1], ["a": 2]]],
            others: [[1, 1.0], [["a": 1], ["a": 1]]]),
        Case(
            "contains", ["contains": ["const": 1], "maxContains": 2], fits: [[1], [0, 1, 1]],
            others: [[], [0], [1, 1, 1]]),
        Case("minContains of zero", ["contains": ["const": 1], "minContains": 0], fits: [[]], others: []),
        Case("bounds", ["minimum": 1, "exclusiveMaximum": 3], fits: [1, 2.9], others: [0, 3, 0.99]),
        Case(
            "large integers", ["maximum": .int(9_007_199_254_740_992)], fits: [.int(9_007_199_254_740_992)],
            others: [.int(9_007_199_254_740_993)]),
        Case("multipleOf", ["multipleOf": 0.01], fits: [0.07, 19.99, 3], others: [0.075]),
        Case("multipleOf integers", ["multipleOf": 3], fits: [9, -3, 0, 6.0], others: [10, 1.5]),
        Case(
            "lengths in characters", ["minLength": 2, "maxLength": 3], fits: ["😀😀", "abc", 5], others: ["😀", "abcd"]),
        Case("pattern", ["pattern": "b+"], fits: ["abbc", 1], others: ["ac"]),
        Case("format", ["format": "email"], fits: ["no address"], others: []),
        Case("allOf", ["allOf": [["minimum": 1], ["maximum": 2]]], fits: [1], others: [0, 3]),
        Case("anyOf", ["anyOf": [["type": "string"], ["minimum": 5]]], fits: ["a", 6], others: [4]),
        Case("oneOf", ["oneOf": [["multipleOf": 2], ["multipleOf": 3]]], fits: [2, 3], others: [6, 5]),
        Case("not", ["not": ["type": "string"]], fits: [1], others: ["a"]),
        Case(
            "if, then, else", ["if": ["minimum": 10], "then": ["multipleOf": 5], "else": ["multipleOf": 2]],
            fits: [15, 4], others: [11, 3]),
        Case("then without if", ["then": false], fits: [1], others: []),
        Case(
            "$ref and $defs", ["$ref": "#/$defs/n", "$defs": ["n": ["type": "integer"]]], fits: [1], others: ["a"]),
        Case(
            "a tree that refers to itself",
            ["type": "object", "properties": ["kids": ["type": "array", "items": ["$ref": "#"]]], "required": ["n"]],
            fits: [["n": 1, "kids": [["n": 2, "kids": []]]]], others: [["n": 1, "kids": [[:]]]]),
        Case(
            "a pointer with escapes and an anchor",
            ["$defs": ["a/b": ["$anchor": "x", "const": 1]], "allOf": [["$ref": "#/$defs/a~1b"], ["$ref": "#x"]]],
            fits: [1], others: [2]),
        Case("unknown keywords", ["colour": "red", "type": "string"], fits: ["a"], others: [1]),
    ]

    @Test("tells values that fit from others", arguments: cases)
    func evaluate(test: Case) throws {
        let schema = try JSONSchema(test.schema)
        for value in test.fits { #expect(schema.violations(of: value) == [], "\(value)") }
        for value in test.others { #expect(!schema.accepts(value), "\(value)") }
    }

    @Test("says where a value does not fit and why")
    func violations() throws {
        let schema = try JSONSchema([
            "type": "object", "required": ["name", "files"], "additionalProperties": false,
            "properties": [
                "name": ["type": "string"], "files": ["type": "array", "items": ["required": ["path"]]],
            ],
        ])
        let found = schema.violations(of: ["files": [["path": "a"], [:]], "nme": 1])
        #expect(
            found.map(\.description) == [
                "misses `name`", "files[1] misses `path`", "has the unknown member `nme`; did you mean `name`?",
            ])
        #expect(schema.violations(of: 3).map(\.description) == ["must be an object, not an integer"])
    }

    @Test(
        "is refused when it is none",
        arguments: [
            ["type": "int"], ["type": []], ["properties": []], ["properties": ["a": 1]], ["required": "a"],
            ["minimum": "1"], ["minLength": -1], ["multipleOf": 0], ["allOf": []], ["items": [["type": "string"]]],
            ["pattern": "("], ["$ref": "#/nowhere"], ["$ref": "https://example.com/x"], ["enum": 1],
            ["unevaluatedProperties": false], "string", [],
        ] as [JSON])
    func bad(schema: JSON) {
        #expect(throws: SchemaError.self) { try JSONSchema(schema) }
    }

    @Test("ends on references that only lead to each other and on alternatives that multiply")
    func work() throws {
        let circle = try JSONSchema([
            "$ref": "#/$defs/a", "$defs": ["a": ["$ref": "#/$defs/b"], "b": ["$ref": "#/$defs/a"]],
        ])
        #expect(circle.violations(of: 1).first?.message.contains("too much work") == true)
        var definitions: JSONObject = ["d0": ["const": 1]]
        for level in 1...40 {
            let below: JSON = ["$ref": "#/$defs/d\(level - 1)"]
            definitions["d\(level)"] = ["anyOf": [below, below]]
        }
        let tower = try JSONSchema(["$ref": "#/$defs/d40", "$defs": .object(definitions)])
        #expect(!tower.accepts(2))
    }

    @Test("lists at most 50 violations")
    func many() throws {
        let schema = try JSONSchema(["items": ["type": "string"]])
        #expect(schema.violations(of: .array((0..<200).map { .int($0) })).count == 50)
    }
}
