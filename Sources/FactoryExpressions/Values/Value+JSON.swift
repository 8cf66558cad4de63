import FactoryJSON

/// Why a value has no JSON form, or a form that is too large.
struct ConversionFailure: Error {
    var code: ExpressionError.Code
    var message: String
    var hint: String?

    init(_ code: ExpressionError.Code, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }
}

extension Value {
    /// This value as JSON: bytes as base64, durations as `"3.5s"`, timestamps as RFC 3339, a type as its name, an
    /// optional as what it holds.
    func json(limits: EvaluationLimits) throws(ConversionFailure) -> JSON {
        // What a scope holds already passes as it is: only what the expression made is measured.
        if case .list(let list) = self, let elements = list.json { return .array(elements) }
        if case .map(let map) = self, let members = map.json { return .object(members) }
        var room = limits.valueBytes
        do throws(ConversionFailure) {
            return try json(levels: limits.depth, room: &room)
        } catch {
            switch error.code {
            case .tooLarge:
                throw ConversionFailure(.tooLarge, "the value would be larger than \(limits.valueBytes) bytes as JSON")
            case .tooDeep:
                throw ConversionFailure(.tooDeep, "the value is nested deeper than \(limits.depth) levels")
            default: throw error
            }
        }
    }

    private func json(levels: Int, room: inout Int) throws(ConversionFailure) -> JSON {
        switch self {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .int(let value): return .int(value)
        case .uint(let value):
            guard let value = Int64(exactly: value) else {
                throw ConversionFailure(
                    .notJSON, "the uint \(value) is larger than the largest JSON integer, \(Int64.max)",
                    hint: "string(x) or double(x) gives a form that fits")
            }
            return .int(value)
        case .double(let value):
            guard value.isFinite else {
                throw ConversionFailure(.notJSON, "JSON has no number for \(Value.text(of: value))")
            }
            return .double(value)
        case .string(let value): return .string(try Self.take(value, from: &room))
        case .bytes(let value): return .string(try Self.take(Base64.encode(value), from: &room))
        case .duration(let value): return .string(DurationText.print(value))
        case .timestamp(let value): return .string(TimestampText.print(value))
        case .type(let name): return .string(name)
        case .optional(let box):
            guard let box else {
                throw ConversionFailure(
                    .absent, "the value is an optional that holds nothing",
                    hint: ".orValue(…) says what to take instead")
            }
            return try box.value.json(levels: levels, room: &room)
        case .list(let list): return try Self.json(list, levels: levels, room: &room)
        case .map(let map): return try Self.json(map, levels: levels, room: &room)
        }
    }

    private static func json(
        _ list: ValueList, levels: Int, room: inout Int
    ) throws(ConversionFailure) -> JSON {
        try enter(levels)
        if let elements = list.json {
            try measure(.array(elements), levels: levels, room: &room)
            return .array(elements)
        }
        var elements: [JSON] = []
        elements.reserveCapacity(list.count)
        for element in list {
            try spend(2, from: &room)
            elements.append(try element.json(levels: levels - 1, room: &room))
        }
        return .array(elements)
    }

    private static func json(_ map: ValueMap, levels: Int, room: inout Int) throws(ConversionFailure)
        -> JSON
    {
        try enter(levels)
        if let members = map.json {
            try measure(.object(members), levels: levels, room: &room)
            return .object(members)
        }
        var members = JSONObject()
        members.reserveCapacity(map.count)
        for (key, value) in map {
            guard case .string(let name) = key else {
                throw ConversionFailure(
                    .notJSON,
                    "a map with the key \(key.kind.withoutArticle) \(key.shortText) has no JSON form",
                    hint: "JSON keys are strings: string(…) makes one")
            }
            members[try take(name, from: &room)] = try value.json(levels: levels - 1, room: &room)
        }
        return .object(members)
    }

    /// Takes the size and depth of JSON that is passed on as it is.
    private static func measure(_ json: JSON, levels: Int, room: inout Int) throws(ConversionFailure) {
        switch json {
        case .string(let text): try spend(text.utf8.count + 2, from: &room)
        case .array(let elements):
            try enter(levels)
            for element in elements {
                try spend(2, from: &room)
                try measure(element, levels: levels - 1, room: &room)
            }
        case .object(let members):
            try enter(levels)
            for (key, value) in members {
                try spend(key.utf8.count + 4, from: &room)
                try measure(value, levels: levels - 1, room: &room)
            }
        default: break
        }
    }

    private static func enter(_ levels: Int) throws(ConversionFailure) {
        guard levels > 0 else { throw ConversionFailure(.tooDeep, "the value is nested too deep") }
    }

    private static func take(_ text: String, from room: inout Int) throws(ConversionFailure) -> String {
        try spend(text.utf8.count + 2, from: &room)
        return text
    }

    private static func spend(_ bytes: Int, from room: inout Int) throws(ConversionFailure) {
        room -= bytes
        guard room >= 0 else {
            throw ConversionFailure(.tooLarge, "the value is larger than a value may be")
        }
    }
}

extension String {
    /// `a string` without its `a`.
    var withoutArticle: String {
        for article in ["a ", "an "] where hasPrefix(article) {
            return String(dropFirst(article.count))
        }
        return self
    }
}
