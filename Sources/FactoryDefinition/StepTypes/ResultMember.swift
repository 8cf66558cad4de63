public import FactoryJSON

/// One member of a step's result.
public struct ResultMember: Sendable, Hashable {
    /// The key.
    public var name: String
    /// What its value looks like.
    public var shape: ResultShape
    /// True where it may be absent, not null; the summary says when.
    public var isOptional: Bool
    /// What it holds, in a sentence.
    public var summary: String

    init(_ name: String, _ shape: ResultShape, optional isOptional: Bool = false, _ summary: String) {
        self.name = name
        self.shape = shape
        self.isOptional = isOptional
        self.summary = summary
    }
}

/// What a value in a step's result looks like.
public indirect enum ResultShape: Sendable, Hashable {
    /// Any value, null included.
    case any
    case text
    case bool
    case integer
    case number
    /// One of these words.
    case choice([String])
    case list(ResultShape)
    /// An object with free keys.
    case map(ResultShape)
    /// An object with these members.
    case object([ResultMember])
    /// Null where there is nothing to say.
    case orNull(ResultShape)

    /// The same as JSON Schema.
    public var schema: JSON {
        switch self {
        case .any: [:]
        case .text: ["type": "string"]
        case .bool: ["type": "boolean"]
        case .integer: ["type": "integer"]
        case .number: ["type": "number"]
        case .choice(let words): ["enum": .array(words.map(JSON.string))]
        case .list(let element): ["type": "array", "items": element.schema]
        case .map(let element): ["type": "object", "additionalProperties": element.schema]
        case .object(let fields): Self.schema(of: fields)
        case .orNull(let shape): ["anyOf": [shape.schema, ["type": "null"]]]
        }
    }

    private static func schema(of fields: [ResultMember]) -> JSON {
        var properties = JSONObject()
        for field in fields {
            var schema = field.shape.schema.objectValue ?? [:]
            schema["description"] = .string(field.summary)
            properties[field.name] = .object(schema)
        }
        return [
            "type": "object", "properties": .object(properties),
            "required": .array(fields.filter { !$0.isOptional }.map { .string($0.name) }),
        ]
    }
}
