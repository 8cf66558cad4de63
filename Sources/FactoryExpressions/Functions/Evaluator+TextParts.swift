extension Evaluator {
    /// Functions that make one text of many, or many of one.
    mutating func applyTextParts(_ call: Call) throws(Failure) -> Value {
        switch call.builtin {
        case .join: return .string(try join(call))
        case .split: return try split(call)
        default: return .string(try replace(call))
        }
    }

    private mutating func join(_ call: Call) throws(Failure) -> String {
        let list = try call.list(0)
        let separator = call.count > 1 ? try call.string(1) : ""
        var parts: [String] = []
        var size = 0
        for element in list {
            guard case .string(let part) = element else {
                throw Failure(
                    .wrongType, "join needs a list of strings; element \(parts.count) is \(element.kind)",
                    at: call.span,
                    hint: .text("x.map(item, string(item)).join(…) makes strings first"))
            }
            size += part.utf8.count + separator.utf8.count
            try fuel.check(bytes: size, at: call.span)
            parts.append(part)
        }
        try fuel.spend(elements: list.count, at: call.span)
        try fuel.spend(bytes: size, at: call.span)
        return parts.joined(separator: separator)
    }

    private mutating func split(_ call: Call) throws(Failure) -> Value {
        let text = try call.string(0)
        let separator = try call.string(1)
        let limit = call.count > 2 ? try call.int(2) : -1
        if separator.isEmpty, limit < 0 {
            try fuel.check(bytes: 16 * text.unicodeScalars.count + text.utf8.count, at: call.span)
        }
        let pieces = text.pieces(separatedBy: separator, limit: limit)
        try fuel.spend(text: text.utf8.count, at: call.span)
        try fuel.spend(elements: pieces.count, at: call.span)
        let result = Value.list(ValueList(pieces.map { .string($0) } as [Value]))
        try fuel.check(result, at: call.span)
        return result
    }

    private mutating func replace(_ call: Call) throws(Failure) -> String {
        let text = try call.string(0)
        let wanted = try call.string(1)
        let replacement = try call.string(2)
        let limit = call.count > 3 ? try call.int(3) : -1
        guard limit != 0 else { return text }
        // No more pieces than can be paid for: 8 cost a step.
        let most = 8 * fuel.left + 9
        let pieces = text.pieces(
            separatedBy: wanted, limit: limit < 0 || limit >= most ? most : limit + 1, keepsEnds: true)
        let (added, overflow) = (pieces.count - 1).multipliedReportingOverflow(
            by: replacement.utf8.count)
        guard !overflow else { throw fuel.tooLarge(at: call.span) }
        try fuel.spend(text: text.utf8.count, at: call.span)
        try reserve(text.utf8.count + added, at: call.span)
        try fuel.spend(elements: 4 * pieces.count, at: call.span)
        return pieces.joined(separator: replacement)
    }
}

extension String {
    /// The parts between `separator`, at most `limit` of them unless it is negative; an empty separator stands between
    /// all characters, and with `keepsEnds` before the first and after the last too.
    fileprivate func pieces(separatedBy separator: String, limit: Int, keepsEnds: Bool = false)
        -> [String]
    {
        guard limit != 0 else { return [] }
        guard limit != 1 else { return [self] }
        if separator.isEmpty { return characters(limit: limit, keepsEnds: keepsEnds) }
        let bytes = Array(utf8)
        let wanted = Array(separator.utf8)
        var pieces: [String] = []
        var start = 0
        while limit < 0 || pieces.count < limit - 1,
            let place = bytes.firstIndex(of: wanted, from: start)
        {
            pieces.append(String(decoding: bytes[start..<place], as: UTF8.self))
            start = place + wanted.count
        }
        pieces.append(String(decoding: bytes[start...], as: UTF8.self))
        return pieces
    }

    private func characters(limit: Int, keepsEnds: Bool) -> [String] {
        let count =
            limit < 0 ? unicodeScalars.count : min(unicodeScalars.count, limit - 1 - (keepsEnds ? 1 : 0))
        var pieces = keepsEnds ? [""] : []
        pieces += unicodeScalars.prefix(max(0, count)).map { String(Character($0)) }
        let rest = String(unicodeScalars.dropFirst(max(0, count)))
        if keepsEnds || !rest.isEmpty { pieces.append(rest) }
        return pieces
    }
}
