import FactoryDefinition
import FactoryDomain
import FactoryExpressions
import FactoryJSON

extension OpContext {
    /// Each element's new value.
    func map(_ value: JSON) throws(OpFailure) -> JSON {
        let elements = try Elements(value)
        return elements.replacing(try evaluate(try expression(), each: elements, input: value))
    }

    /// The elements for which the expression is true.
    func filter(_ value: JSON) throws(OpFailure) -> JSON {
        let elements = try Elements(value)
        let expression = try expression()
        var kept: [JSON?] = []
        try forEach(of: elements, input: value) { scope, place throws(OpFailure) in
            do throws(ExpressionError) {
                // Not `nil`: as a JSON literal that is null.
                kept.append(try expression.bool(in: scope) ? elements.values[place] : .none)
            } catch {
                throw .expression(error, at: elements.name(of: place))
            }
        }
        return elements.replacing(kept)
    }

    /// The elements of a list by their keys, those with equal keys in the order they had.
    func sort(_ value: JSON) throws(OpFailure) -> JSON {
        guard case .array(let list) = value else { throw .kind(value.kindName, wanted: "a list") }
        let elements = try Elements(value)
        let keys = try evaluate(try expression("/by"), each: elements, input: value)
        try SortKey.check(keys)
        let descends = argument["order"] == "desc"
        let order = list.indices.sorted { left, right in
            if SortKey.precedes(keys[left], keys[right]) { return !descends }
            if SortKey.precedes(keys[right], keys[left]) { return descends }
            return left < right
        }
        return .array(order.map { list[$0] })
    }

    /// The elements of a list as one text.
    func join(_ value: JSON) throws(OpFailure) -> JSON {
        guard case .array(let elements) = value else { throw .kind(value.kindName, wanted: "a list") }
        let separator = argument["separator"] ?? "\n"
        guard let text = separator.stringValue else {
            throw .field("separator", "is \(separator.kindName.withArticle), and text is wanted")
        }
        return .string(elements.map(PlainText.of).joined(separator: text))
    }

    /// The value as it is, if it fits the schema.
    func validate(_ value: JSON) throws(OpFailure) -> JSON {
        guard let schema = argument["schema"] else { throw .field("schema", "is missing") }
        let violations: [SchemaViolation]
        do {
            violations = try JSONSchema(schema).violations(of: value)
        } catch {
            throw .field("schema", "is no JSON Schema: \(error.description)")
        }
        guard !violations.isEmpty else { return value }
        let shown = violations.prefix(10).map(\.description).joined(separator: "; ")
        let rest = violations.count > 10 ? " and \(violations.count - 10) more" : ""
        throw OpFailure(
            code: "invalid_output", failureClass: .invalidOutput, message: "the value does not fit: \(shown)\(rest)")
    }
}

/// What lists are sorted by: numbers, texts or bools, all of one kind.
enum SortKey {
    /// - Throws: for keys that have no order, or are of different kinds.
    static func check(_ keys: [JSON]) throws(OpFailure) {
        guard let first = keys.first else { return }
        for (place, key) in keys.enumerated() {
            guard let kind = kind(of: key) else {
                throw .input("the key of element \(place) is \(key.kindName.withArticle), which has no order")
            }
            guard let wanted = self.kind(of: first), kind == wanted else {
                throw .input(
                    "the key of element \(place) is \(key.kindName.withArticle), that of element 0 "
                        + first.kindName.withArticle,
                    hint: "convert the keys to one type, for example with string(…) or double(…)")
            }
        }
    }

    /// Numbers by value, texts by their code points, false before true.
    static func precedes(_ left: JSON, _ right: JSON) -> Bool {
        switch (left, right) {
        case (.int(let a), .int(let b)): a < b
        case (.string(let a), .string(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
        case (.bool(let a), .bool(let b)): !a && b
        default: (left.doubleValue ?? 0) < (right.doubleValue ?? 0)
        }
    }

    private static func kind(of key: JSON) -> Int? {
        switch key {
        case .int, .double: 0
        case .string: 1
        case .bool: 2
        case .null, .array, .object: nil
        }
    }
}
