import FactoryJSON

/// The JSON Schema of fields, by their table.
enum FieldSchema {
    /// An object with these keys and no others.
    static func object(_ specs: [FieldSpec], rules: [FieldRule]) -> JSONObject {
        let specs = specs.filter(\.isInThisBuild)
        var properties = JSONObject()
        for spec in specs { properties[spec.name] = .object(field(spec)) }
        var schema: JSONObject = [
            "type": "object", "properties": .object(properties), "additionalProperties": false,
        ]
        let required = specs.filter(\.isRequired).map(\.name)
        if !required.isEmpty { schema["required"] = .array(required.map(JSON.string)) }
        let conditions = self.rules(rules, specs)
        if !conditions.isEmpty { schema["allOf"] = .array(conditions) }
        return schema
    }

    static func field(_ spec: FieldSpec) -> JSONObject {
        var schema = shape(spec.shape)
        schema["title"] = .string(title(spec.name))
        schema["description"] = .string(spec.description)
        if let value = spec.defaultValue { schema["default"] = value }
        if spec.allowsSecrets { schema["x-secrets"] = true }
        if !spec.extraNames.isEmpty { schema["x-names"] = .array(spec.extraNames.map(JSON.string)) }
        if schema["x-kind"] == nil { schema["x-kind"] = "static" }
        return schema
    }

    /// `max_tokens` as `Max tokens`.
    static func title(_ name: String) -> String {
        let words = name.replacing("_", with: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    static func shape(_ shape: FieldShape) -> JSONObject {
        switch shape {
        case .value(let kind, let type): return value(type, kind)
        case .list(let element, let max):
            return ["type": "array", "items": .object(self.shape(element)), "maxItems": .int(Int64(max))]
        case .oneOrMany(let element, let max):
            let one = self.shape(element)
            return [
                "anyOf": [
                    .object(one), ["type": "array", "items": .object(one), "maxItems": .int(Int64(max))],
                ]
            ]
        case .map(let element): return ["type": "object", "additionalProperties": .object(self.shape(element))]
        case .object(let specs, let rules): return object(specs, rules: rules)
        case .oneKey(let specs):
            var schema = object(specs, rules: [])
            schema["minProperties"] = 1
            schema["maxProperties"] = 1
            return schema
        }
    }

    private static func value(_ type: ValueType, _ kind: FieldKind) -> JSONObject {
        switch kind {
        case .static:
            var schema = value(type)
            schema["x-kind"] = "static"
            return schema
        case .expression: return ["type": ["string", "boolean", "integer", "number"], "x-kind": "expression"]
        case .deferredTemplate: return ["type": "string", "x-kind": "template"]
        case .template:
            let plain = value(type)
            switch type {
            case .any: return ["x-kind": "template"]
            case .text, .code, .path, .scalar, .model:
                var schema = plain
                schema["x-kind"] = "template"
                return schema
            default:
                return ["anyOf": [.object(plain), ["type": "string", "pattern": "[{][{%#]"]], "x-kind": "template"]
            }
        }
    }

    static func value(_ type: ValueType) -> JSONObject {
        switch type {
        case .any: return [:]
        case .bool: return ["type": "boolean"]
        case .integer(let range):
            var schema: JSONObject = ["type": "integer"]
            if range.lowerBound != .min { schema["minimum"] = .int(range.lowerBound) }
            if range.upperBound != .max { schema["maximum"] = .int(range.upperBound) }
            return schema
        case .number(let range):
            return ["type": "number", "minimum": .double(range.lowerBound), "maximum": .double(range.upperBound)]
        case .text, .path: return ["type": "string"]
        case .code: return ["type": "string", "format": "code"]
        case .scalar: return ["type": ["string", "number", "boolean"]]
        case .choice(let words, _): return ["enum": .array(words.map(JSON.string))]
        case .duration(let range): return duration(range)
        case .size(let range):
            return [
                "anyOf": [
                    ["type": "integer", "minimum": .int(range.lowerBound), "maximum": .int(range.upperBound)],
                    ["type": "string", "pattern": "^[0-9]{1,13} *(B|KiB|MiB|GiB|KB|kB|MB|GB)?$"],
                ],
                "x-minimum": .string(ByteSize.text(of: range.lowerBound)),
                "x-maximum": .string(ByteSize.text(of: range.upperBound)),
            ]
        case .model: return ["type": "string", "pattern": "^[^ \\t\\n\\r]+$"]
        case .schema: return ["type": ["object", "boolean"]]
        case .secretName: return ["type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"]
        case .branchTarget: return ["type": "string"]
        case .statusRange:
            return [
                "anyOf": [
                    ["type": "integer", "minimum": 100, "maximum": 599],
                    ["type": "string", "pattern": "^[1-5](xx|[0-9]{2}(-[1-5][0-9]{2})?)$"],
                ]
            ]
        }
    }

    /// What a pattern cannot say of the bounds stands under `x-minimum` and `x-maximum`.
    static func duration(_ range: ClosedRange<Duration>) -> JSONObject {
        [
            "type": "string", "pattern": "^[0-9]{1,10}(ms|s|m|h)$", "format": "factory-duration",
            "x-minimum": .string(range.lowerBound.documentText), "x-maximum": .string(range.upperBound.documentText),
        ]
    }

    // MARK: Rules

    static func rules(_ rules: [FieldRule], _ specs: [FieldSpec]) -> [JSON] { rules.flatMap { rule($0, specs) } }

    private static func rule(_ rule: FieldRule, _ specs: [FieldSpec]) -> [JSON] {
        switch rule {
        case .atMostOne(let names):
            return names.indices.flatMap { first in
                names[(first + 1)...].map { ["not": ["required": [.string(names[first]), .string($0)]]] }
            }
        case .exactlyOne(let names): return [["oneOf": .array(names.map { ["required": [.string($0)]] })]]
        case .requiresOne(let fields, let key, let values):
            let one: JSON = ["oneOf": .array(fields.map { ["required": [.string($0)]] })]
            return [["if": has(key, values, specs), "then": one]]
        case .words(let field, let words, let key, let values):
            let bound: JSON = ["properties": .object([field: ["enum": .array(words.map(JSON.string))]])]
            return [["if": has(key, values, specs), "then": bound]]
        case .requires(let fields, let key, let values):
            return [["if": has(key, values, specs), "then": ["required": .array(fields.map(JSON.string))]]]
        case .only(let field, let key, let values):
            return [["if": ["required": [.string(field)]], "then": has(key, values, specs)]]
        case .onlyBeside(let field, let other):
            return [["dependentRequired": .object([field: [.string(other)]])]]
        }
    }

    /// `key` has one of `values`, written or by its default.
    private static func has(_ key: String, _ values: [String], _ specs: [FieldSpec]) -> JSON {
        var schema: JSONObject = ["properties": .object([key: ["enum": .array(values.map(JSON.string))]])]
        let usual = specs.first { $0.name == key }?.defaultValue?.stringValue
        if usual.map(values.contains) != true { schema["required"] = [.string(key)] }
        return .object(schema)
    }
}
