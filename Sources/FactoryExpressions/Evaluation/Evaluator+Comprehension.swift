extension Evaluator {
    mutating func evaluateComprehension(
        _ macro: Comprehension, over value: Value, at span: Span
    ) throws(Failure) -> Value {
        let count: Int
        switch value {
        case .list(let list): count = list.count
        case .map(let map): count = map.count
        default: throw notIterable(value, macro, at: span)
        }
        switch macro.kind {
        case .all: return try evaluateQuantifier(macro, value, count, decisive: false, at: span)
        case .exists: return try evaluateQuantifier(macro, value, count, decisive: true, at: span)
        case .existsOne: return try evaluateExistsOne(macro, value, count, at: span)
        case .map, .transformList: return try evaluateMapping(macro, value, count, at: span)
        case .filter: return try evaluateFilter(macro, value, count, at: span)
        case .transformMap: return try evaluateMapTransformation(macro, value, count, at: span)
        case .transformMapEntry: return try evaluateEntryTransformation(macro, value, count, at: span)
        case .sortBy: return try evaluateSort(macro, value, at: span)
        }
    }

    private func notIterable(_ value: Value, _ macro: Comprehension, at span: Span) -> Failure {
        let hint: Failure.Hint =
            switch value {
            case .string: .text("lines(x) and x.split(\",\") make lists of a string")
            case .optional: .text("x.orValue([]) takes an empty list where there is none")
            case .null: .presence
            default: .none
            }
        return Failure(
            .wrongType, "\(macro.kind.rawValue) goes over a list or a map, not \(value.kind)", at: span,
            hint: hint)
    }

    /// Puts element or entry `place` into the variables.
    private mutating func visit(
        _ place: Int, of value: Value, _ macro: Comprehension, at span: Span
    ) throws(Failure) {
        try fuel.spend(at: span)
        switch value {
        case .list(let list):
            if let second = macro.second {
                locals[macro.first] = .int(Int64(place))
                locals[second] = list[place]
            } else {
                locals[macro.first] = list[place]
            }
        case .map(let map):
            let entry = map[place]
            locals[macro.first] = entry.key
            if let second = macro.second { locals[second] = entry.value }
        default: break
        }
    }

    private mutating func evaluateQuantifier(
        _ macro: Comprehension, _ value: Value, _ count: Int, decisive: Bool, at span: Span
    ) throws(Failure) -> Value {
        var failure: Failure?
        for place in 0..<count {
            try visit(place, of: value, macro, at: span)
            do {
                if try evaluateCondition(macro.body, of: macro.kind.rawValue) == decisive {
                    return .bool(decisive)
                }
            } catch {
                if error.code.isLimit { throw error }
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return .bool(!decisive)
    }

    private mutating func evaluateExistsOne(
        _ macro: Comprehension, _ value: Value, _ count: Int, at span: Span
    ) throws(Failure) -> Value {
        var found = 0
        for place in 0..<count {
            try visit(place, of: value, macro, at: span)
            if try evaluateCondition(macro.body, of: macro.kind.rawValue) { found += 1 }
        }
        return .bool(found == 1)
    }

    /// True where the macro has no condition, or it holds for the variables as they are.
    private mutating func isWanted(_ macro: Comprehension) throws(Failure) -> Bool {
        guard let condition = macro.condition else { return true }
        return try evaluateCondition(condition, of: macro.kind.rawValue)
    }

    private mutating func evaluateMapping(
        _ macro: Comprehension, _ value: Value, _ count: Int, at span: Span
    ) throws(Failure) -> Value {
        var results: [Value] = []
        var weight = 0
        for place in 0..<count {
            try visit(place, of: value, macro, at: span)
            guard try isWanted(macro) else { continue }
            let result = try evaluate(macro.body)
            weight = weight &+ result.weight
            try fuel.check(bytes: weight, at: span)
            results.append(result)
        }
        return try checked(.list(ValueList(results)), at: span)
    }

    private mutating func evaluateFilter(
        _ macro: Comprehension, _ value: Value, _ count: Int, at span: Span
    ) throws(Failure) -> Value {
        var results: [Value] = []
        for place in 0..<count {
            try visit(place, of: value, macro, at: span)
            // The body may bind variables of its own to the slots above, never to this one.
            if try evaluateCondition(macro.body, of: macro.kind.rawValue) {
                results.append(locals[macro.first])
            }
        }
        return try checked(.list(ValueList(results)), at: span)
    }

    private mutating func evaluateMapTransformation(
        _ macro: Comprehension, _ value: Value, _ count: Int, at span: Span
    ) throws(Failure) -> Value {
        var builder = ValueMapBuilder()
        for place in 0..<count {
            try visit(place, of: value, macro, at: span)
            guard try isWanted(macro) else { continue }
            let key = locals[macro.first]
            try add(key, try evaluate(macro.body), to: &builder, at: span)
        }
        return try checked(.map(builder.build()), at: span)
    }

    private mutating func evaluateEntryTransformation(
        _ macro: Comprehension, _ value: Value, _ count: Int, at span: Span
    ) throws(Failure) -> Value {
        var builder = ValueMapBuilder()
        for place in 0..<count {
            try visit(place, of: value, macro, at: span)
            guard try isWanted(macro) else { continue }
            let result = try evaluate(macro.body)
            guard case .map(let entries) = result else {
                throw Failure(
                    .wrongType, "transformMapEntry needs a map such as {key: value}, not \(result.kind)",
                    at: program.spans[macro.body])
            }
            try fuel.spend(entries.count, at: span)
            for (key, value) in entries { try add(key, value, to: &builder, at: span) }
        }
        return try checked(.map(builder.build()), at: span)
    }

    private mutating func evaluateSort(
        _ macro: Comprehension, _ value: Value, at span: Span
    ) throws(Failure) -> Value {
        guard case .list(let list) = value else { throw notIterable(value, macro, at: span) }
        var keys: [Value] = []
        keys.reserveCapacity(list.count)
        for place in 0..<list.count {
            try visit(place, of: value, macro, at: span)
            keys.append(try evaluate(macro.body))
        }
        return .list(ValueList(try sortedIndices(of: keys, at: span).map { list[$0] }))
    }

    func checked(_ value: Value, at span: Span) throws(Failure) -> Value {
        try fuel.check(value, at: span)
        return value
    }
}
