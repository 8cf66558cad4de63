public import FactoryJSON

/// A value of the expression language (CEL).
///
/// Lists and maps that come from JSON stay JSON inside and are wrapped element by element when they are read.
public enum Value: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case list(ValueList)
    case map(ValueMap)
    /// Nanoseconds, so up to about 292 years either way.
    case duration(Int64)
    case timestamp(Moment)
    /// A type, by its name in CEL.
    case type(String)
    /// A value that may be absent: the box is nil when it is.
    case optional(OptionalBox?)

    /// The value inside an optional.
    public final class OptionalBox: Sendable {
        /// What the optional holds.
        public let value: Value

        init(_ value: Value) { self.value = value }
    }
}

extension Value {
    /// Wraps a JSON value without converting what is inside it.
    public init(_ json: JSON) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .double(let value): self = .double(value)
        case .string(let value): self = .string(value)
        case .array(let elements): self = .list(ValueList(elements))
        case .object(let members): self = .map(ValueMap(members))
        }
    }

    /// An optional that holds `value`.
    public static func some(_ value: Value) -> Value { .optional(OptionalBox(value)) }

    /// The name of this value's type as `type(x)` gives it.
    public var typeName: String {
        switch self {
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .list: "list"
        case .map: "map"
        case .duration: "google.protobuf.Duration"
        case .timestamp: "google.protobuf.Timestamp"
        case .type: "type"
        case .optional: "optional_type"
        }
    }

    /// The type as messages call it, with its article.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a bool"
        case .int: "an int"
        case .uint: "a uint"
        case .double: "a double"
        case .string: "a string"
        case .bytes: "bytes"
        case .list: "a list"
        case .map: "a map"
        case .duration: "a duration"
        case .timestamp: "a timestamp"
        case .type: "a type"
        case .optional: "an optional"
        }
    }

    /// Bytes this value holds in memory, about; a JSON list or object counts what it has at its top.
    var weight: Int {
        switch self {
        case .string(let text): 16 + text.utf8.count
        case .bytes(let bytes): 16 + bytes.count
        case .list(let list): list.weight
        case .map(let map): map.weight
        case .optional(let box): 16 + (box?.value.weight ?? 0)
        default: 16
        }
    }

    /// How deep constructed lists and maps are nested in this value; a JSON list or object counts one.
    var depth: Int {
        switch self {
        case .list(let list): list.depth
        case .map(let map): map.depth
        case .optional(let box): 1 + (box?.value.depth ?? 0)
        default: 0
        }
    }
}
