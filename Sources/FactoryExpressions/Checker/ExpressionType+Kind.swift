extension ExpressionType {
    /// The type as messages call it, with its article: `an int`, `a list`, `a string or null`.
    public var kind: String {
        switch self {
        case .dyn: "any value"
        case .null: "null"
        case .bool: "a bool"
        case .int: "an int"
        case .uint: "a uint"
        case .double: "a double"
        case .string: "a string"
        case .bytes: "bytes"
        case .duration: "a duration"
        case .timestamp: "a timestamp"
        case .type: "a type"
        case .list: "a list"
        case .map, .object: "a map"
        case .optional: "an optional"
        case .union(let members): Self.kind(of: members)
        }
    }

    private static func kind(of members: [ExpressionType]) -> String {
        var kinds: [String] = []
        let isNumber = members.contains(.int) && members.contains(.double)
        for member in members {
            let kind = isNumber && (member == .int || member == .double) ? "a number" : member.kind
            if !kinds.contains(kind) { kinds.append(kind) }
        }
        guard let last = kinds.popLast() else { return "nothing" }
        return kinds.isEmpty ? last : kinds.joined(separator: ", ") + " or " + last
    }

    /// The kind with what a list holds, where that is what matters: `a list of ints`.
    var detailedKind: String {
        guard case .list(let element) = self, element != .dyn else { return kind }
        switch element {
        case .bool: return "a list of bools"
        case .int: return "a list of ints"
        case .double: return "a list of doubles"
        case .string: return "a list of strings"
        case .list: return "a list of lists"
        case .map, .object: return "a list of maps"
        case .number: return "a list of numbers"
        default: return kind
        }
    }
}
