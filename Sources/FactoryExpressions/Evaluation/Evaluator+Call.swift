extension Evaluator {
    mutating func evaluateCall(
        _ builtin: Builtin, _ nodes: [Program.NodeID], _ id: Program.NodeID
    ) throws(Failure) -> Value {
        let span = program.spans[id]
        guard let arity = builtin.globalArity, arity.contains(nodes.count) else {
            throw Failure.wrongCount(
                builtin.rawValue, builtin.globalArity ?? 0...0, nodes.count, at: span)
        }
        var arguments: [Value] = []
        arguments.reserveCapacity(nodes.count)
        for node in nodes { arguments.append(try evaluate(node)) }
        return try apply(Call(builtin: builtin, arguments: arguments, span: span))
    }

    mutating func evaluateMethod(
        _ builtin: Builtin, on receiver: Value, _ nodes: [Program.NodeID], at span: Span
    ) throws(Failure) -> Value {
        guard let arity = builtin.methodArity, arity.contains(nodes.count) else {
            throw Failure.wrongCount(
                builtin.rawValue, builtin.methodArity ?? 0...0, nodes.count, at: span)
        }
        if builtin == .or || builtin == .orValue {
            return try evaluateAlternative(builtin, receiver, nodes[0], at: span)
        }
        var arguments = [receiver]
        arguments.reserveCapacity(nodes.count + 1)
        for node in nodes { arguments.append(try evaluate(node)) }
        return try apply(Call(builtin: builtin, arguments: arguments, span: span))
    }

    /// `x.or(y)` and `x.orValue(y)`: y is evaluated only where x holds nothing.
    private mutating func evaluateAlternative(
        _ builtin: Builtin, _ receiver: Value, _ node: Program.NodeID, at span: Span
    ) throws(Failure) -> Value {
        guard case .optional(let box) = receiver else {
            throw Failure(
                .wrongType, "\(builtin.rawValue) is called on an optional, not \(receiver.kind)", at: span,
                hint: .text("x.?key selects an optional; default(x, y) works on any value"))
        }
        if let box { return builtin == .or ? receiver : box.value }
        let other = try evaluate(node)
        if builtin == .orValue { return other }
        guard case .optional = other else {
            throw Failure(.wrongType, "or needs another optional, not \(other.kind)", at: span)
        }
        return other
    }

    private mutating func apply(_ call: Call) throws(Failure) -> Value {
        switch call.builtin {
        case .bool, .bytes, .double, .duration, .dyn, .int, .string, .timestamp, .type, .uint:
            return try convert(call)
        case .charAt, .contains, .endsWith, .indexOf, .lastIndexOf, .lowerAscii, .startsWith,
            .substring, .trim,
            .upperAscii, .quote:
            return try applyText(call)
        case .format: return try applyFormat(call)
        case .join, .replace, .split: return try applyTextParts(call)
        case .matches, .regexExtract, .regexExtractAll, .regexReplace: return try applyPattern(call)
        case .distinct, .first, .flatten, .last, .reverse, .size, .slice, .sort, .range:
            return try applyList(call)
        case .abs, .ceil, .floor, .isFinite, .isInf, .isNaN, .round, .sign, .sqrt, .trunc, .greatest,
            .least:
            return try applyNumber(call)
        case .bitAnd, .bitNot, .bitOr, .bitShiftLeft, .bitShiftRight, .bitXor:
            return try applyBits(call)
        case .avg, .count, .max, .median, .min, .percentile, .sum: return try applyAggregate(call)
        case .base64Decode, .base64Encode: return try applyBase64(call)
        case .getDate, .getDayOfMonth, .getDayOfWeek, .getDayOfYear, .getFullYear, .getHours,
            .getMilliseconds,
            .getMinutes, .getMonth, .getSeconds:
            return try applyTime(call)
        case .hasValue, .or, .orValue, .value, .optionalNone, .optionalOf, .optionalOfNonZeroValue,
            .optionalUnwrap,
            .unwrapOpt:
            return try applyOptional(call)
        case .always, .failed, .succeeded, .now: return try applySurroundings(call)
        case .fence, .indent, .json, .lines, .yaml, .codeBlocks, .parseJSON, .urlEncode:
            return try applyDocument(call)
        }
    }
}
