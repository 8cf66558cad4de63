import FactoryExpressions
import FactoryJSON

/// What is known of a value from a JSON Schema that it fits. Keywords that do not decide the type are passed over, and
/// where they might, the type is wider than the schema.
struct SchemaType {
    /// How many schemas are looked at: references could lead to ever more.
    private static let limit = 1_000
    private static let maximumDepth = 16

    private let root: JSON
    private var left = SchemaType.limit

    /// The type of what fits `schema`.
    static func of(_ schema: JSON) -> ExpressionType {
        var reader = SchemaType(root: schema)
        return reader.type(schema, depth: 0)
    }

    private init(root: JSON) { self.root = root }

    private mutating func type(_ schema: JSON, depth: Int) -> ExpressionType {
        left -= 1
        guard left > 0, depth < Self.maximumDepth, let object = schema.objectValue else { return .dyn }
        if let own = ownType(object, depth: depth) { return own }
        // Every one of these holds besides the others, so any that says something is right.
        if let target = object["$ref"]?.stringValue {
            guard let found = SchemaPointer.target(of: target, in: root, anchors: [:]) else { return .dyn }
            return type(found, depth: depth + 1)
        }
        for part in object["allOf"]?.arrayValue ?? [] {
            let found = type(part, depth: depth + 1)
            if found != .dyn { return found }
        }
        for keyword in ["anyOf", "oneOf"] {
            guard let parts = object[keyword]?.arrayValue else { continue }
            let found = ExpressionType.joining(parts.map { type($0, depth: depth + 1) })
            if found != .dyn { return found }
        }
        return .dyn
    }

    /// The type by `const`, `enum` or `type`; nil where none of them is there.
    private mutating func ownType(_ object: JSONObject, depth: Int) -> ExpressionType? {
        if let value = object["const"] { return Self.type(of: [value]) }
        if let values = object["enum"]?.arrayValue, !values.isEmpty { return Self.type(of: values) }
        guard
            let names = object["type"]?.stringValue.map({ [$0] })
                ?? object["type"]?.arrayValue?.compactMap(\.stringValue),
            !names.isEmpty
        else { return nil }
        return .joining(names.map { type(named: $0, object, depth: depth) })
    }

    private mutating func type(named name: String, _ object: JSONObject, depth: Int) -> ExpressionType {
        switch name {
        case "null": .null
        case "boolean": .bool
        case "string": .string
        // 3.0 is an integer for a schema and a double for an expression.
        case "integer", "number": .number
        case "array": .list(of: element(object, depth: depth))
        case "object": properties(object, depth: depth)
        default: .dyn
        }
    }

    private mutating func element(_ object: JSONObject, depth: Int) -> ExpressionType {
        guard object["prefixItems"] == nil, let items = object["items"] else { return .dyn }
        return type(items, depth: depth + 1)
    }

    private mutating func properties(_ object: JSONObject, depth: Int) -> ExpressionType {
        let required = Set((object["required"]?.arrayValue ?? []).compactMap(\.stringValue))
        var fields: [ObjectType.Field] = []
        for (name, schema) in object["properties"]?.objectValue ?? [:] {
            fields.append(
                ObjectType.Field(name, type(schema, depth: depth + 1), isOptional: !required.contains(name)))
        }
        let rest = rest(object, depth: depth)
        if fields.isEmpty, let rest { return .map(of: rest) }
        return .object(ObjectType(fields, rest: rest))
    }

    /// What keys that `properties` does not name hold; nil where there are none.
    private mutating func rest(_ object: JSONObject, depth: Int) -> ExpressionType? {
        guard object["patternProperties"] == nil else { return .dyn }
        switch object["additionalProperties"] {
        case .bool(false): return nil
        case let schema?: return type(schema, depth: depth + 1)
        case nil: return .dyn
        }
    }

    /// Values by the schema's equality: `1` fits where `1.0` stands, and the other way round.
    private static func type(of values: [JSON]) -> ExpressionType {
        .joining(values.lazy.map { value in widened(ExpressionType(of: Value(value))) })
    }

    private static func widened(_ type: ExpressionType) -> ExpressionType {
        switch type {
        case .int, .double: .number
        case .list: .list(of: .dyn)
        case .object: .map(of: .dyn)
        default: type
        }
    }
}
