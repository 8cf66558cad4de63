extension Evaluator {
    /// Evaluates a value and what is selected from it or called on it.
    mutating func evaluateChain(_ base: Program.NodeID, _ links: ArraySlice<Node.Link>)
        throws(Failure) -> Value
    {
        var links = links
        var value = try evaluateBase(base, &links)
        for (place, link) in zip(links.indices, links) {
            try fuel.spend(at: link.span)
            switch link.kind {
            case .select(let key):
                guard let found = try select(key, from: value, at: link.span) else {
                    throw absent(key, in: value, called: path(base, links.prefix(upTo: place)), at: link.span)
                }
                value = found
            case .optionalSelect(let key): value = try selectOptional(key, from: value, at: link.span)
            case .index(let node):
                let index = try evaluate(node)
                guard let found = try element(index, of: value, at: link.span) else {
                    throw absent(
                        index, in: value, called: path(base, links.prefix(upTo: place)), at: link.span)
                }
                value = found
            case .optionalIndex(let index):
                value = try evaluateOptionalIndex(index, of: value, at: link.span)
            case .call(let builtin, let arguments):
                value = try evaluateMethod(builtin, on: value, arguments, at: link.span)
            case .comprehension(let comprehension):
                value = try evaluateComprehension(comprehension, over: value, at: link.span)
            case .optionalMap(let slot, let body, let isFlat):
                value = try evaluateOptionalMap(value, slot, body, isFlat, at: link.span)
            case .unknownCall(let name):
                throw Failure.unknownFunction(name, isMethod: true, at: link.span)
            }
        }
        return value
    }

    /// The value a chain begins with; a qualified name takes the links that belong to it.
    private mutating func evaluateBase(
        _ base: Program.NodeID, _ links: inout ArraySlice<Node.Link>
    ) throws(Failure) -> Value {
        if scope.hasQualifiedNames, case .name(let root) = program.nodes[base] {
            var names = [root]
            for link in links {
                guard case .select(let key) = link.kind else { break }
                names.append("\(names[names.count - 1]).\(key)")
            }
            for (count, name) in names.enumerated().dropFirst().reversed() {
                guard let value = scope[value: name] else { continue }
                links = links.dropFirst(count)
                return value
            }
        }
        return try evaluate(base)
    }

    /// `x.key`, nil where it is absent. On an optional it selects in what the optional holds, and gives an optional.
    private func select(_ key: String, from value: Value, at span: Span) throws(Failure) -> Value? {
        switch value {
        case .map(let map): return map[key]
        case .optional: return try selectOptional(key, from: value, at: span)
        case .null: return nil
        default:
            throw Failure(
                .wrongType, "\(value.kind) has no key \"\(key.shortened(to: 40))\"", at: span,
                hint: .selectionHint(value, key))
        }
    }

    /// `x.?key`: an optional, empty where the key is absent.
    private func selectOptional(_ key: String, from value: Value, at span: Span) throws(Failure)
        -> Value
    {
        switch value {
        case .map(let map): return .optional(map[key].map { Value.OptionalBox($0) })
        case .optional(nil), .null: return .optional(nil)
        case .optional(let box?): return try selectOptional(key, from: box.value, at: span)
        default:
            throw Failure(.wrongType, "\(value.kind) has no key \"\(key.shortened(to: 40))\"", at: span)
        }
    }

    /// `x[index]`, nil where it is absent; on an optional an optional.
    private func element(_ index: Value, of value: Value, at span: Span) throws(Failure) -> Value? {
        guard case .optional(let box) = value else { return try find(index, in: value, at: span) }
        guard let box else { return value }
        return .optional(try find(index, in: box.value, at: span).map { Value.OptionalBox($0) })
    }

    private mutating func evaluateOptionalIndex(
        _ node: Program.NodeID, of value: Value, at span: Span
    ) throws(Failure) -> Value {
        let index = try evaluate(node)
        var inner = value
        if case .optional(let box) = value {
            guard let box else { return .optional(nil) }
            inner = box.value
        }
        return .optional(try find(index, in: inner, at: span).map { Value.OptionalBox($0) })
    }

    /// The element or entry at `index`, nil where it is absent.
    private func find(_ index: Value, in value: Value, at span: Span) throws(Failure) -> Value? {
        switch value {
        case .list(let list):
            guard let place = index.listIndex else {
                throw Failure(.wrongType, "an index of a list is an int, not \(index.kind)", at: span)
            }
            return list.indices.contains(place) ? list[place] : nil
        case .map(let map):
            switch index {
            case .bool, .int, .uint, .double, .string: return map[index]
            default: throw Failure(.wrongType, "\(index.kind) cannot be a key", at: span)
            }
        case .null: return nil
        default:
            throw Failure(
                .wrongType, "\(value.kind) has no elements", at: span,
                hint: {
                    if case .string = value { .text("x.charAt(0) is a character of a string") } else { .none }
                }())
        }
    }

    /// `has(x.key)`: absence anywhere on the way is false, any other error stays one.
    mutating func evaluateHas(_ id: Program.NodeID) throws(Failure) -> Value {
        guard case .chain(let base, let links) = program.nodes[id], let last = links.last else {
            return .bool(true)
        }
        do {
            if scope.hasQualifiedNames {
                _ = try evaluateChain(base, links[...])
                return .bool(true)
            }
            let value = links.count == 1 ? try evaluate(base) : try evaluateChain(base, links.dropLast())
            return .bool(try contains(last, in: value))
        } catch {
            guard error.code == .absent || error.code == .unknownName else { throw error }
            return .bool(false)
        }
    }

    private mutating func contains(_ link: Node.Link, in value: Value) throws(Failure) -> Bool {
        switch (value, link.kind) {
        case (.optional(nil), _): return false
        case (.optional(let box?), _): return try contains(link, in: box.value)
        case (_, .select(let key)), (_, .optionalSelect(let key)):
            if case .optional(let box) = try selectOptional(key, from: value, at: link.span) {
                return box != nil
            }
            return false
        case (_, .index(let node)), (_, .optionalIndex(let node)):
            let index = try evaluate(node)
            return try find(index, in: value, at: link.span) != nil
        default: return true
        }
    }

    /// `default(x, y)`: y where x is absent, null or an empty optional.
    mutating func evaluateFallback(_ node: Program.NodeID, _ fallback: Program.NodeID) throws(Failure)
        -> Value
    {
        do {
            switch try evaluate(node) {
            case .null, .optional(nil): break
            case .optional(let box?): return box.value
            case let value: return value
            }
        } catch {
            guard error.code == .absent || error.code == .unknownName else { throw error }
        }
        return try evaluate(fallback)
    }

    private mutating func evaluateOptionalMap(
        _ value: Value, _ slot: Int, _ body: Program.NodeID, _ isFlat: Bool, at span: Span
    ) throws(Failure) -> Value {
        guard case .optional(let box) = value else {
            throw Failure(
                .wrongType,
                "\(isFlat ? "optFlatMap" : "optMap") is called on an optional, not \(value.kind)", at: span)
        }
        guard let box else { return value }
        locals[slot] = box.value
        let result = try evaluate(body)
        guard isFlat else { return .some(result) }
        guard case .optional = result else {
            throw Failure(
                .wrongType, "optFlatMap needs an optional, not \(result.kind)", at: program.spans[body])
        }
        return result
    }
}

extension Value {
    /// The list index this value is, nil for none: an int, or a uint or double of the same value.
    fileprivate var listIndex: Int? {
        switch self {
        case .int(let value): Int(value)
        case .uint(let value): Int(exactly: value) ?? .max
        case .double(let value): Int(exactly: value)
        default: nil
        }
    }
}

extension Failure.Hint {
    static let presence = Failure.Hint.text(
        "has(…) asks whether it is there, default(…, y) takes y instead")

    fileprivate static func selectionHint(_ value: Value, _ key: String) -> Failure.Hint {
        switch value {
        case .list: .text("x[0] is an element; x.map(item, item.\(key)) selects from every one")
        case .string: .text("parse_json(x) reads JSON from a text")
        default: .none
        }
    }
}
