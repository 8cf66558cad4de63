import FactoryJSON

extension Value {
    /// CEL's equality: numbers by value whatever their type, text by code points, maps whatever their order; values of
    /// different kinds are different.
    ///
    /// Takes what it compared from `room`, one per element or 128 bytes, and stops with false where nothing is left.
    func isEqual(to other: Value, room: inout Int) -> Bool {
        room -= 1
        guard room > 0 else { return false }
        switch (self, other) {
        case (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.string(let left), .string(let right)):
            room -= left.utf8.count >> 7
            return left.hasSameScalars(as: right)
        case (.bytes(let left), .bytes(let right)):
            room -= left.count >> 7
            return left == right
        case (.list(let left), .list(let right)): return Self.areEqual(left, right, room: &room)
        case (.map(let left), .map(let right)): return Self.areEqual(left, right, room: &room)
        case (.duration(let left), .duration(let right)): return left == right
        case (.timestamp(let left), .timestamp(let right)): return left == right
        case (.type(let left), .type(let right)): return left == right
        case (.optional(let left), .optional(let right)):
            guard let left, let right else { return left == nil && right == nil }
            return left.value.isEqual(to: right.value, room: &room)
        default: return numericOrder(to: other) == .equal
        }
    }

    private static func areEqual(_ left: ValueList, _ right: ValueList, room: inout Int) -> Bool {
        guard left.count == right.count else { return false }
        for (left, right) in zip(left, right) where !left.isEqual(to: right, room: &room) {
            return false
        }
        return true
    }

    private static func areEqual(_ left: ValueMap, _ right: ValueMap, room: inout Int) -> Bool {
        guard left.count == right.count else { return false }
        for (key, value) in left {
            guard let other = right[key], value.isEqual(to: other, room: &room) else { return false }
        }
        return true
    }

    /// How two values of an ordered kind stand to each other; nil where they have no order.
    func order(to other: Value) -> Order? {
        switch (self, other) {
        case (.bool(let left), .bool(let right)): Order(left ? 1 : 0, right ? 1 : 0)
        case (.string(let left), .string(let right)): Self.scalarOrder(left, right)
        case (.bytes(let left), .bytes(let right)):
            left.lexicographicallyPrecedes(right) ? .less : left == right ? .equal : .greater
        case (.duration(let left), .duration(let right)): Order(left, right)
        case (.timestamp(let left), .timestamp(let right)): Order(left, right)
        default: numericOrder(to: other)
        }
    }

    private static func scalarOrder(_ left: String, _ right: String) -> Order {
        Order(left.orderOfScalars(to: right), 0)
    }

    /// Order of two numbers: int and uint exactly, a double with either as doubles.
    private func numericOrder(to other: Value) -> Order? {
        switch (self, other) {
        case (.int(let left), .int(let right)): Order(left, right)
        case (.uint(let left), .uint(let right)): Order(left, right)
        case (.double(let left), .double(let right)): Order(left, right)
        case (.int(let left), .uint(let right)): left < 0 ? .less : Order(UInt64(left), right)
        case (.uint(let left), .int(let right)): right < 0 ? .greater : Order(left, UInt64(right))
        case (.int(let left), .double(let right)): Order(Double(left), right)
        case (.double(let left), .int(let right)): Order(left, Double(right))
        case (.uint(let left), .double(let right)): Order(Double(left), right)
        case (.double(let left), .uint(let right)): Order(left, Double(right))
        default: nil
        }
    }
}

/// How one value stands to another. NaN stands to nothing: it is `unordered`.
enum Order {
    case less, equal, greater, unordered

    init<Element: Comparable>(_ left: Element, _ right: Element) {
        self = left < right ? .less : left > right ? .greater : left == right ? .equal : .unordered
    }
}
