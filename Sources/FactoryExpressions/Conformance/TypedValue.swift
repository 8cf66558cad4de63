import FactoryJSON

/// Values with their types, as a suite writes them.
enum TypedValue {
    static func read(_ json: JSON) throws(JSONError) -> Value {
        guard let members = json.objectValue, members.count == 1, let (type, content) = members.first
        else {
            throw .malformed("a value must be an object with one member, its type")
        }
        guard let value = try read(type, content) else {
            throw .malformed("there is no value of type \(type) in \(content)")
        }
        return value
    }

    private static func read(_ type: String, _ content: JSON) throws(JSONError) -> Value? {
        switch type {
        case "null": return .null
        case "bool": return content.boolValue.map { .bool($0) }
        case "int": return content.stringValue.flatMap { Int64($0) }.map { .int($0) }
        case "uint": return content.stringValue.flatMap { UInt64($0) }.map { .uint($0) }
        case "double": return content.stringValue.flatMap { Double($0) }.map { .double($0) }
        case "string": return content.stringValue.map { .string($0) }
        case "bytes": return content.stringValue.flatMap { Base64.decode($0) }.map { .bytes($0) }
        case "type": return content.stringValue.map { .type($0) }
        case "list":
            guard let elements = content.arrayValue else { return nil }
            var values: [Value] = []
            for element in elements { values.append(try read(element)) }
            return .list(ValueList(values))
        case "map": return try readMap(content)
        case "duration": return readTime(content).map { .duration($0 * 1_000_000_000 + Int64($1)) }
        case "timestamp":
            return readTime(content).map { .timestamp(Moment(seconds: $0, nanoseconds: $1)) }
        default: return nil
        }
    }

    private static func readMap(_ content: JSON) throws(JSONError) -> Value? {
        guard let entries = content.arrayValue else { return nil }
        var builder = ValueMapBuilder()
        for entry in entries {
            guard let key = entry[0], let value = entry[1],
                builder.add(try read(key), try read(value)) == nil
            else {
                return nil
            }
        }
        return .map(builder.build())
    }

    private static func readTime(_ content: JSON) -> (Int64, Int32)? {
        guard let seconds = content[0]?.intValue, let nanoseconds = content[1]?.intValue else {
            return nil
        }
        return (seconds, Int32(truncatingIfNeeded: nanoseconds))
    }

    /// True when both are the same value of the same type: 1, 1u and 1.0 differ, NaN is NaN.
    static func areIdentical(_ left: Value, _ right: Value) -> Bool {
        switch (left, right) {
        case (.double(let left), .double(let right)):
            left == right && left.sign == right.sign || left.isNaN && right.isNaN
        case (.list(let left), .list(let right)):
            left.count == right.count && zip(left, right).allSatisfy(areIdentical)
        case (.map(let left), .map(let right)):
            left.count == right.count
                && left.allSatisfy { entry in
                    right[entry.key].map { areIdentical(entry.value, $0) } ?? false
                }
        default: left.typeName == right.typeName && areEqual(left, right)
        }
    }

    private static func areEqual(_ left: Value, _ right: Value) -> Bool {
        var room = Int.max
        return left.isEqual(to: right, room: &room)
    }

    /// The value as an expression would write it, about.
    static func print(_ value: Value) -> String {
        switch value {
        case .list(let list): "[" + list.map(print).joined(separator: ", ") + "]"
        case .map(let map):
            "{" + map.map { "\(print($0.key)): \(print($0.value))" }.joined(separator: ", ") + "}"
        case .string(let text): JSON.string(text).description
        case .bytes(let bytes): "base64.decode(\"\(Base64.encode(bytes))\")"
        case .duration(let value): "duration(\"\(DurationText.print(value))\")"
        case .timestamp(let moment): "timestamp(\"\(TimestampText.print(moment))\")"
        case .optional(let box): box.map { "optional.of(\(print($0.value)))" } ?? "optional.none()"
        default: value.shortText
        }
    }
}
