/// Header fields in order. Names compare without regard to case, and may come more than once.
public struct HeaderFields: Sendable, Hashable {
    /// One field.
    public struct Field: Sendable, Hashable {
        /// As it was written.
        public let name: String
        /// Without the white space around it.
        public let value: String

        /// A field of `name` and `value`.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// All fields, in order.
    public private(set) var fields: [Field]

    /// Fields of `pairs`, in order.
    public init(_ pairs: [(String, String)] = []) {
        fields = pairs.map { Field(name: $0.0, value: $0.1) }
    }

    /// The first value of `name`; nil without one. Setting replaces all fields of that name, nil removes them.
    public subscript(name: String) -> String? {
        get { fields.first { Self.isSame($0.name, name) }?.value }
        set {
            fields.removeAll { Self.isSame($0.name, name) }
            if let newValue { fields.append(Field(name: name, value: newValue)) }
        }
    }

    /// Adds a field after the others.
    public mutating func append(name: String, value: String) { fields.append(Field(name: name, value: value)) }

    static func isSame(_ left: String, _ right: String) -> Bool { left.lowercased() == right.lowercased() }
}

extension HeaderFields: ExpressibleByDictionaryLiteral {
    /// Fields in the order they are written.
    public init(dictionaryLiteral elements: (String, String)...) { self.init(elements) }
}
