import FactoryJSON

/// A value of a document together with the bytes it was written with.
///
/// YAML and JSON are read into this one tree: problems take their line and column from it, and an edit that leaves the
/// rest of a document alone knows from it which bytes to replace.
struct Node: Sendable {
    /// What was written.
    enum Content: Sendable {
        /// A single value and how it was written.
        case scalar(JSON, ScalarStyle)
        /// The elements of a list.
        case list([Node])
        /// The members of a mapping, in order; keys are unique.
        case mapping([Member])
    }

    /// How a scalar was written.
    enum ScalarStyle: Sendable {
        case plain, singleQuoted, doubleQuoted, literal, folded
    }

    /// One `key: value` of a mapping.
    struct Member: Sendable {
        /// The key's text.
        var key: String
        /// The bytes of the key, quotes included.
        var keyRange: Range<Int>
        /// The value.
        var value: Node
    }

    /// What was written.
    var content: Content
    /// The bytes it was written with, from the first of the value to behind its last.
    var range: Range<Int>
}

extension Node {
    /// The plain value, without positions.
    var json: JSON {
        switch content {
        case .scalar(let value, _): return value
        case .list(let elements): return .array(elements.map(\.json))
        case .mapping(let members):
            var object = JSONObject()
            object.reserveCapacity(members.count)
            for member in members { object[member.key] = member.value.json }
            return .object(object)
        }
    }

    /// The text of a string scalar.
    var text: String? { if case .scalar(.string(let value), _) = content { value } else { nil } }
    /// The value of a scalar.
    var scalar: JSON? { if case .scalar(let value, _) = content { value } else { nil } }
    /// The elements of a list.
    var elements: [Node]? { if case .list(let value) = content { value } else { nil } }
    /// The members of a mapping.
    var members: [Member]? { if case .mapping(let value) = content { value } else { nil } }
    /// True for `null` written or left out.
    var isNull: Bool { if case .scalar(.null, _) = content { true } else { false } }

    /// The kind, as messages name it.
    var kindName: String {
        switch content {
        case .scalar(let value, _): value.kindName
        case .list: "list"
        case .mapping: "object"
        }
    }

    /// The member `key` of a mapping.
    subscript(key: String) -> Node? { members?.first { $0.key == key }?.value }
}
