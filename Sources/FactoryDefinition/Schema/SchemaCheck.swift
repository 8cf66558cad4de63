import FactoryExpressions
import FactoryJSON

/// Checks that a value is a schema: the kind of every keyword's value, patterns, and that every reference leads
/// somewhere.
struct SchemaCheck {
    static let maxDepth = 64
    static let types = ["null", "boolean", "object", "array", "number", "string", "integer"]

    let root: JSON
    private(set) var patterns: [String: SchemaPattern] = [:]
    private(set) var anchors: [String: JSON] = [:]
    private var references: [(target: String, path: DocumentPath)] = []

    init(root: JSON) {
        self.root = root
    }

    mutating func check(_ schema: JSON, at path: DocumentPath, depth: Int) throws(SchemaError) {
        guard depth <= Self.maxDepth else {
            throw error("schemas are nested more than \(Self.maxDepth) levels deep", path)
        }
        if schema.boolValue != nil { return }
        guard let object = schema.objectValue else {
            throw error("a schema is an object or a bool, not \(schema.kindName)", path)
        }
        for (keyword, value) in object {
            try checkKeyword(keyword, value, of: schema, at: path + keyword, depth: depth)
        }
    }

    /// Once every `$anchor` is known: every `$ref` leads to a schema.
    func resolveReferences() throws(SchemaError) {
        for (target, path) in references {
            guard target.hasPrefix("#") else {
                throw error("`$ref` leads out of the schema; only references that begin with # are followed", path)
            }
            switch SchemaPointer.target(of: target, in: root, anchors: anchors) {
            case .object, .bool: continue
            case nil: throw error("`$ref` `\(target)` leads nowhere", path)
            default: throw error("`$ref` `\(target)` leads to something that is no schema", path)
            }
        }
    }

    private mutating func checkKeyword(
        _ keyword: String, _ value: JSON, of schema: JSON, at path: DocumentPath, depth: Int
    ) throws(SchemaError) {
        switch keyword {
        case "type": try checkType(value, path)
        case "enum": try require(value.arrayValue != nil, "`enum` is a list", path)
        case "properties", "$defs", "definitions", "dependentSchemas":
            try checkMap(value, keyword, path, depth)
        case "patternProperties":
            try checkMap(value, keyword, path, depth)
            for (pattern, _) in value.objectValue ?? [:] { try compile(pattern, path + pattern) }
        case "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else":
            try check(value, at: path, depth: depth + 1)
        case "items":
            try require(value.arrayValue == nil, "`items` is one schema; a list of schemas is `prefixItems`", path)
            try check(value, at: path, depth: depth + 1)
        case "prefixItems", "allOf", "anyOf", "oneOf":
            guard let schemas = value.arrayValue, !schemas.isEmpty else {
                throw error("`\(keyword)` is a list of schemas, not empty", path)
            }
            for (index, schema) in schemas.enumerated() {
                try check(schema, at: path + index, depth: depth + 1)
            }
        case "required": try checkNames(value, keyword, path)
        case "dependentRequired":
            guard let object = value.objectValue else { throw error("`dependentRequired` is an object", path) }
            for (key, names) in object { try checkNames(names, keyword, path + key) }
        case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
            try require(value.doubleValue != nil, "`\(keyword)` is a number", path)
        case "multipleOf":
            try require(value.doubleValue.map { $0 > 0 } ?? false, "`multipleOf` is a number above zero", path)
        case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minContains",
            "maxContains":
            let isCount = value.doubleValue.map { $0 >= 0 && $0 == $0.rounded() } ?? false
            try require(isCount, "`\(keyword)` is an integer, not negative", path)
        case "uniqueItems": try require(value.boolValue != nil, "`uniqueItems` is true or false", path)
        case "pattern":
            guard let pattern = value.stringValue else { throw error("`pattern` is text", path) }
            try compile(pattern, path)
        case "$ref":
            guard let target = value.stringValue else { throw error("`$ref` is text", path) }
            references.append((target, path))
        case "$anchor":
            guard let name = value.stringValue else { throw error("`$anchor` is text", path) }
            anchors[name] = schema
        case "unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$recursiveRef":
            throw error("`\(keyword)` is not supported", path)
        default: return
        }
    }

    private func checkType(_ value: JSON, _ path: DocumentPath) throws(SchemaError) {
        let names = value.stringValue.map { [JSON.string($0)] } ?? value.arrayValue ?? []
        try require(!names.isEmpty, "`type` is a type's name or a list of them", path)
        for name in names {
            guard let text = name.stringValue, Self.types.contains(text) else {
                let word = name.stringValue ?? name.kindName
                let hint =
                    Self.otherNames[word].map { "did you mean `\($0)`?" }
                    ?? Suggestion.hint(for: word, among: Self.types)
                    ?? "types are \(Self.types.joined(separator: ", "))"
                throw error("unknown type `\(word)`: \(hint)", path)
            }
        }
    }

    private static let otherNames = [
        "bool": "boolean", "int": "integer", "float": "number", "double": "number", "list": "array", "map": "object",
        "dict": "object", "text": "string", "str": "string",
    ]

    private mutating func checkMap(
        _ value: JSON, _ keyword: String, _ path: DocumentPath, _ depth: Int
    ) throws(SchemaError) {
        guard let object = value.objectValue else { throw error("`\(keyword)` is an object of schemas", path) }
        for (key, schema) in object { try check(schema, at: path + key, depth: depth + 1) }
    }

    private func checkNames(_ value: JSON, _ keyword: String, _ path: DocumentPath) throws(SchemaError) {
        let isNames = value.arrayValue?.allSatisfy { $0.stringValue != nil } ?? false
        try require(isNames, "`\(keyword)` is a list of names", path)
    }

    private mutating func compile(_ pattern: String, _ path: DocumentPath) throws(SchemaError) {
        guard patterns[pattern] == nil else { return }
        do {
            patterns[pattern] = try SchemaPattern(pattern)
        } catch {
            throw self.error("the pattern is no regular expression: \(error.message)", path)
        }
    }

    private func require(_ condition: Bool, _ message: String, _ path: DocumentPath) throws(SchemaError) {
        guard condition else { throw error(message, path) }
    }

    private func error(_ message: String, _ path: DocumentPath) -> SchemaError {
        SchemaError(message: message, path: path.description)
    }
}
