/// What is known of the values an expression can have.
///
/// A type names every value that is possible, and may name more: ``dyn`` is any value. So what no value of a type
/// allows is certain to fail, and nothing else is called an error.
public indirect enum ExpressionType: Sendable, Hashable {
    /// Any value: nothing is known, and nothing is checked.
    case dyn
    case null
    case bool
    case int
    case uint
    case double
    case string
    case bytes
    case duration
    case timestamp
    /// The value of `type(x)`.
    case type
    /// A list whose elements are of a type.
    case list(of: ExpressionType)
    /// A map with keys that are not known.
    case map(of: ExpressionType)
    /// A map with known keys.
    case object(ObjectType)
    /// A value that may be absent: what `x.?key` gives.
    case optional(of: ExpressionType)
    /// One of several, none of them ``dyn`` or a union; ``joined(with:)`` makes it.
    case union([ExpressionType])

    /// An int or a double: what JSON calls a number.
    public static let number = ExpressionType.union([.int, .double])

    /// A map with these fields and no others.
    public static func fields(_ fields: [(name: String, type: ExpressionType)]) -> ExpressionType {
        .object(ObjectType(fields.map { ObjectType.Field($0.name, $0.type) }))
    }

    /// The types of a union; any other type alone.
    public var members: [ExpressionType] {
        if case .union(let members) = self { members } else { [self] }
    }

    /// The type of `value`.
    public init(of value: Value) {
        switch value {
        case .null: self = .null
        case .bool: self = .bool
        case .int: self = .int
        case .uint: self = .uint
        case .double: self = .double
        case .string: self = .string
        case .bytes: self = .bytes
        case .duration: self = .duration
        case .timestamp: self = .timestamp
        case .type: self = .type
        case .optional(let box): self = .optional(of: box.map { ExpressionType(of: $0.value) } ?? .dyn)
        case .list(let list): self = ExpressionType.list(of: .joining(list.lazy.map { ExpressionType(of: $0) })).bounded
        case .map(let map):
            var fields: [ObjectType.Field] = []
            for (key, value) in map {
                guard case .string(let name) = key else {
                    self = .map(of: .dyn)
                    return
                }
                fields.append(ObjectType.Field(name, ExpressionType(of: value)))
            }
            self = ExpressionType.object(ObjectType(fields)).bounded
        }
    }
}

/// The fields of a map whose keys are known.
public final class ObjectType: Sendable, Hashable {
    /// One key and what it holds.
    public struct Field: Sendable, Hashable {
        /// The key.
        public let name: String
        /// What it holds.
        public let type: ExpressionType
        /// True where the key may be absent.
        public let isOptional: Bool

        /// A field of these parts.
        public init(_ name: String, _ type: ExpressionType, isOptional: Bool = false) {
            self.name = name
            self.type = type
            self.isOptional = isOptional
        }
    }

    /// In the order they were declared.
    public let fields: [Field]
    /// What keys beyond ``fields`` hold; nil where there are none.
    public let rest: ExpressionType?
    private let places: [String: Int]
    /// How many types it is made of, itself included.
    let size: Int
    /// How many types lie inside each other.
    let depth: Int

    /// A map with these fields and, where `rest` is given, others.
    public init(_ fields: [Field], rest: ExpressionType? = nil) {
        self.fields = fields
        self.rest = rest
        places = Dictionary(fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { $1 })
        var size = 1
        var depth = 0
        for type in fields.map(\.type) + (rest.map { [$0] } ?? []) {
            size += type.size
            depth = max(depth, type.depth)
        }
        self.size = min(size, ExpressionType.maximumSize + 1)
        self.depth = depth + 1
    }

    /// The field called `name`; nil where there is none of its own.
    public subscript(name: String) -> Field? { places[name].map { fields[$0] } }

    /// The names of the fields, in order.
    public var names: [String] { fields.map(\.name) }

    /// True where both have the same fields in the same order.
    public static func == (left: ObjectType, right: ObjectType) -> Bool {
        left === right
            || left.size == right.size && left.fields == right.fields && left.rest == right.rest
    }

    /// Takes in what equal types share.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(size)
        hasher.combine(fields.count)
        hasher.combine(fields.first?.name)
    }
}
