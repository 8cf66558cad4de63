extension Checker {
    mutating func checkComprehension(
        _ macro: Comprehension, over type: ExpressionType, _ receiver: Argument, at span: Span
    ) -> ExpressionType {
        let isSort = macro.kind == .sortBy
        let wanted: ExpressionType = isSort ? .list(of: .dyn) : .union([.list(of: .dyn), .map(of: .dyn)])
        if !type.fits(wanted) { findings.isCertain = false }
        guard type.overlaps(wanted) else {
            report(
                .wrongType, "\(macro.kind.rawValue) goes over \(wanted.kind), not \(type.kind)", at: receiver.span,
                about: receiver.nodes, hint: TypeHint.iteration(type, text(of: receiver.span)))
            return .dyn
        }
        let entries = Entries(of: type, isPair: macro.second != nil)
        locals[macro.first] = entries.first
        if let second = macro.second { locals[second] = entries.second }
        guard let condition = macro.condition else { return result(of: macro, entries) }
        requireBool(condition, macro)
        return unlessSkipped(by: condition) { $0.result(of: macro, entries) }
    }

    private mutating func requireBool(_ node: Program.NodeID, _ macro: Comprehension) {
        require(
            check(node), .bool, at: program.spans[node], about: [node], "the condition of \(macro.kind.rawValue)")
    }

    private mutating func result(of macro: Comprehension, _ entries: Entries) -> ExpressionType {
        switch macro.kind {
        case .all, .exists, .existsOne:
            requireBool(macro.body, macro)
            return .bool
        case .filter:
            requireBool(macro.body, macro)
            return ExpressionType.list(of: entries.first).bounded
        case .map, .transformList: return ExpressionType.list(of: check(macro.body)).bounded
        case .transformMap: return ExpressionType.map(of: check(macro.body)).bounded
        case .transformMapEntry:
            let body = check(macro.body)
            require(
                body, .map(of: .dyn), at: program.spans[macro.body], about: [macro.body],
                "the value of transformMapEntry", hint: "write {key: value}")
            return .map(of: Entries(of: body, isPair: true).second)
        case .sortBy:
            let key = check(macro.body)
            require(
                key, .union([.bool, .int, .uint, .double, .string, .bytes, .duration, .timestamp]),
                at: program.spans[macro.body], about: [macro.body], "the key of sortBy",
                hint: "sort by something in it that has an order")
            return ExpressionType.list(of: entries.first).bounded
        }
    }

    mutating func checkOptionalMap(
        _ slot: Int, _ body: Program.NodeID, _ isFlat: Bool, over type: ExpressionType, _ receiver: Argument
    ) -> ExpressionType {
        let name = isFlat ? "optFlatMap" : "optMap"
        let optional = ExpressionType.optional(of: .dyn)
        if !type.fits(optional) { findings.isCertain = false }
        guard type.overlaps(optional) else {
            report(
                .wrongType, "\(name) is called on an optional, not \(type.kind)", at: receiver.span,
                about: receiver.nodes, hint: "x.?key selects an optional")
            return .dyn
        }
        locals[slot] = type.contentOfOptional
        conditional += 1
        defer { conditional -= 1 }
        let result = check(body)
        guard isFlat else { return ExpressionType.optional(of: result).bounded }
        require(result, optional, at: program.spans[body], about: [body], "the value of optFlatMap")
        return result.overlaps(optional) ? .optional(of: result.contentOfOptional) : .dyn
    }
}

/// What the variables of a macro or loop stand for.
struct Entries {
    /// The element of a list or key of a map; with two variables the index or key.
    let first: ExpressionType
    /// The element or value.
    let second: ExpressionType

    init(of type: ExpressionType, isPair: Bool) {
        var first: [ExpressionType] = []
        var second: [ExpressionType] = []
        for member in type.members {
            switch member {
            case .list(let element):
                first.append(isPair ? .int : element)
                second.append(element)
            case .map(let value):
                first.append(.dyn)
                second.append(value)
            case .object(let object):
                first.append(object.rest == nil ? .string : .dyn)
                second.append(.joining(object.fields.map(\.type) + (object.rest.map { [$0] } ?? [])))
            case .dyn:
                first.append(.dyn)
                second.append(.dyn)
            default: continue
            }
        }
        self.first = .joining(first)
        self.second = .joining(second)
    }
}

extension TypeHint {
    /// Instead of going over something that is no list and no map.
    static func iteration(_ type: ExpressionType, _ text: String?) -> String? {
        let text = text ?? "x"
        if type == .string { return "lines(\(text)) and \(text).split(\",\") make lists of a string" }
        if case .optional = type { return "\(text).orValue([]) takes an empty list where there is none" }
        if type.isNumeric { return "lists.range(n) has the numbers below n" }
        return type == .null ? "default(\(text), []) goes over nothing where it is null" : nil
    }
}
