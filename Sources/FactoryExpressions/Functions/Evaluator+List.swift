extension Evaluator {
    /// Functions on lists, and `size` and `reverse` on texts too.
    mutating func applyList(_ call: Call) throws(Failure) -> Value {
        switch call.builtin {
        case .size: return .int(Int64(try size(call)))
        case .range: return try range(call)
        case .reverse:
            if case .string(let text) = call[0] {
                try fuel.spend(text: 8 * text.utf8.count, at: call.span)
                if text.utf8.allSatisfy({ $0 < 0x80 }) {
                    return .string(String(decoding: text.utf8.reversed(), as: UTF8.self))
                }
                return .string(String(String.UnicodeScalarView(text.unicodeScalars.reversed())))
            }
            let list = try pay(for: try call.list(0), call)
            try fuel.spend(elements: list.count, at: call.span)
            return .list(ValueList(Array(list.reversed())))
        case .first: return .optional(try call.list(0).first.map { Value.OptionalBox($0) })
        case .last: return .optional(try call.list(0).last.map { Value.OptionalBox($0) })
        case .slice: return try slice(call)
        case .flatten: return try flatten(call)
        case .distinct: return try distinct(call)
        default:
            let list = try pay(for: try call.list(0), call)
            return .list(ValueList(try sortedIndices(of: Array(list), at: call.span).map { list[$0] }))
        }
    }

    private mutating func pay(for list: ValueList, _ call: Call) throws(Failure) -> ValueList {
        try fuel.spend(elements: list.count, at: call.span)
        return list
    }

    private mutating func size(_ call: Call) throws(Failure) -> Int {
        switch call[0] {
        case .string(let text):
            try fuel.spend(text: text.utf8.count, at: call.span)
            return text.unicodeScalars.count
        case .bytes(let bytes): return bytes.count
        case .list(let list): return list.count
        case .map(let map): return map.count
        default: throw call.wrongType(0, "a string, bytes, a list or a map")
        }
    }

    private mutating func range(_ call: Call) throws(Failure) -> Value {
        let count = try call.int(0)
        guard count > 0 else { return .list(ValueList([] as [Value])) }
        try fuel.spend(count, at: call.span)
        try fuel.check(bytes: 16 * count, at: call.span)
        return .list(ValueList((0..<count).map { .int(Int64($0)) } as [Value]))
    }

    private mutating func slice(_ call: Call) throws(Failure) -> Value {
        let list = try call.list(0)
        let (start, end) = (try call.int(1), try call.int(2))
        guard start >= 0, end >= start, end <= list.count else {
            throw call.invalid("\(start) to \(end) is no part of a list of \(list.count) elements")
        }
        try fuel.spend(elements: end - start, at: call.span)
        if let json = list.json { return .list(ValueList(Array(json[start..<end]))) }
        return .list(ValueList(Array(list[start..<end])))
    }

    private mutating func flatten(_ call: Call) throws(Failure) -> Value {
        let levels = call.count > 1 ? try call.int(1) : 1
        guard levels >= 0 else {
            throw call.invalid("flatten takes a number of levels from 0 on, not \(levels)")
        }
        var result = Array(try call.list(0))
        var level = 0
        while level < levels {
            var next: [Value] = []
            var changed = false
            for element in result {
                guard case .list(let inner) = element else {
                    next.append(element)
                    continue
                }
                changed = true
                try fuel.spend(elements: inner.count + 32, at: call.span)
                try fuel.check(bytes: 16 * (next.count + inner.count), at: call.span)
                next.append(contentsOf: inner)
            }
            result = next
            guard changed else { break }
            level += 1
        }
        let value = Value.list(ValueList(result))
        try fuel.check(value, at: call.span)
        return value
    }

    private mutating func distinct(_ call: Call) throws(Failure) -> Value {
        var seen: Set<MapKey> = []
        var others: [Value] = []
        var result: [Value] = []
        for element in try call.list(0) {
            try fuel.spend(at: call.span)
            if let key = MapKey(element) {
                if seen.insert(key).inserted { result.append(element) }
                continue
            }
            var isNew = true
            for other in others where try areEqual(element, other, at: call.span) { isNew = false }
            try fuel.spend(elements: 8 * others.count, at: call.span)
            guard isNew else { continue }
            others.append(element)
            result.append(element)
        }
        return .list(ValueList(result))
    }

    /// The places of `keys` in ascending order; equal keys keep theirs.
    mutating func sortedIndices(of keys: [Value], at span: Span) throws(Failure) -> [Int] {
        guard let first = keys.first else { return [] }
        for key in keys {
            guard first.order(to: key) != nil else {
                let message =
                    first.order(to: first) == nil
                    ? "\(first.kind) has no order"
                    : "\(first.kind) and \(key.kind) have no order between them"
                throw Failure(
                    .wrongType, "cannot sort: \(message)", at: span,
                    hint: .text("x.sortBy(item, item.key) sorts by a key"))
            }
        }
        let depth = Int.bitWidth - keys.count.leadingZeroBitCount
        try fuel.spend(keys.count * depth / 4, at: span)
        // Every key is looked at in each round, as far as it is like another.
        try fuel.spend(text: keys.reduce(0) { $0 &+ $1.weight } * depth, at: span)
        return keys.indices.sorted { left, right in
            switch keys[left].order(to: keys[right]) {
            case .less: true
            case .greater: false
            // NaN stands to no number; it goes first.
            case .unordered: keys[left].isNaN && !keys[right].isNaN || keys[left].isNaN && left < right
            default: left < right
            }
        }
    }
}

extension Value {
    fileprivate var isNaN: Bool { if case .double(let value) = self { value.isNaN } else { false } }
}
