extension Parser {
    /// Parses `name(…)`; the opening parenthesis is the current token.
    mutating func parseCall(_ name: String, at span: Span) throws(Failure) -> Program.NodeID {
        program.calledFunctions.insert(name)
        switch name {
        case "has": return try parseHas(at: span)
        case "default": return try parseDefault(at: span)
        default: break
        }
        let arguments = try parseArguments()
        guard let builtin = Builtin(rawValue: name), !name.contains("."), builtin.globalArity != nil
        else {
            noteUnknown(name, at: span, isMethod: false)
            return add(.unknownCall(name), from: span.offset)
        }
        check(builtin, builtin.globalArity, arguments.count, name, at: span)
        return add(.call(builtin, arguments), from: span.offset)
    }

    /// Parses the call of `name` on the value before the dot.
    mutating func parseMethod(_ name: String, at span: Span) throws(Failure) -> Node.Link {
        program.calledFunctions.insert(name)
        if let macro = try parseMacro(name, at: span) {
            return Node.Link(kind: macro, span: Span(from: span.offset, to: previousEnd))
        }
        let arguments = try parseArguments()
        let whole = Span(from: span.offset, to: previousEnd)
        guard let builtin = Builtin(rawValue: name), builtin.methodArity != nil else {
            noteUnknown(name, at: span, isMethod: true)
            return Node.Link(kind: .unknownCall(name), span: whole)
        }
        check(builtin, builtin.methodArity, arguments.count, name, at: span)
        return Node.Link(kind: .call(builtin, arguments), span: whole)
    }

    /// Parses `(x, y)`.
    private mutating func parseArguments() throws(Failure) -> [Program.NodeID] {
        try expect(.openParenthesis, "before the arguments of a function")
        var arguments: [Program.NodeID] = []
        if current.token != .symbol(.closeParenthesis) {
            repeat { arguments.append(try parseExpression()) } while try skip(.comma)
        }
        try expect(.closeParenthesis, "after the arguments of a function")
        return arguments
    }

    private mutating func parseHas(at span: Span) throws(Failure) -> Program.NodeID {
        let arguments = try parseArguments()
        guard arguments.count == 1, case .chain(_, let links) = program.nodes[arguments[0]],
            let last = links.last
        else {
            throw Failure(
                .wrongArguments, "has(…) takes one selection, such as has(steps.plan.output)",
                at: Span(from: span.offset, to: previousEnd))
        }
        switch last.kind {
        case .select, .optionalSelect: break
        case .index(let node), .optionalIndex(let node):
            guard case .constant(.string) = program.nodes[node] else { fallthrough }
        default:
            throw Failure(
                .wrongArguments, "has(…) takes one selection, such as has(steps.plan.output)",
                at: Span(from: span.offset, to: previousEnd))
        }
        markPresenceTest(arguments[0])
        return add(.has(arguments[0]), from: span.offset)
    }

    private mutating func parseDefault(at span: Span) throws(Failure) -> Program.NodeID {
        let arguments = try parseArguments()
        guard arguments.count == 2 else {
            throw Failure(
                .wrongArguments, "default(x, y) takes two arguments, not \(arguments.count)",
                at: Span(from: span.offset, to: previousEnd))
        }
        markPresenceTest(arguments[0])
        return add(.fallback(arguments[0], arguments[1]), from: span.offset)
    }

    /// Notes a wrong number of arguments.
    private mutating func check(
        _ builtin: Builtin, _ arity: ClosedRange<Int>?, _ count: Int, _ name: String, at span: Span
    ) {
        guard let arity, !arity.contains(count) else { return }
        note(Failure.wrongCount(name, arity, count, at: Span(from: span.offset, to: previousEnd)))
    }

    private mutating func noteUnknown(_ name: String, at span: Span, isMethod: Bool) {
        note(Failure.unknownFunction(name, isMethod: isMethod, at: span))
    }

    /// Calls in a namespace, such as `math.abs(x)`, look like methods until here.
    mutating func parseNamespacedCall(_ name: String, at start: Int) throws(Failure) -> Program.NodeID {
        program.calledFunctions.insert(name)
        let span = Span(from: start, to: previousEnd)
        if name == "cel.bind" { return try parseBind(at: span) }
        let arguments = try parseArguments()
        guard let builtin = Builtin(rawValue: name) else {
            noteUnknown(name, at: span, isMethod: false)
            return add(.unknownCall(name), from: start)
        }
        check(builtin, builtin.globalArity, arguments.count, name, at: span)
        return add(.call(builtin, arguments), from: start)
    }
}

extension Failure {
    /// What functions are called in other languages, and here.
    private static let namesElsewhere = [
        "len": "size", "length": "size", "count": "size", "upper": "upperAscii", "toUpper": "upperAscii",
        "toUpperCase": "upperAscii", "lower": "lowerAscii", "toLower": "lowerAscii", "toLowerCase": "lowerAscii",
        "strip": "trim", "includes": "contains", "str": "string", "parseJson": "parse_json",
        "toString": "string",
    ]

    static func unknownFunction(_ name: String, isMethod: Bool, at span: Span) -> Failure {
        if let builtin = Builtin(rawValue: name) {
            let form = builtin.methodArity != nil ? "x.\(name)(…)" : "\(name)(…)"
            return Failure(
                .unknownFunction, "\(name) is not called like this", at: span, hint: .text("write \(form)"))
        }
        let candidates =
            Builtin.allCases.map(\.rawValue) + Macro.names + ["has", "default", "cel.bind"]
        let bare = namesElsewhere[name] ?? candidates.first { $0.hasSuffix(".\(name)") }
        let hint: Hint =
            if let bare { .text("did you mean \(bare)(…)?") } else {
                switch Nearest(to: name, among: candidates).suggestion {
                case let text?: .text(text)
                case nil: .none
                }
            }
        return Failure(
            .unknownFunction, "there is no function \"\(name.shortened(to: 40))\"", at: span, hint: hint)
    }

    static func wrongCount(_ name: String, _ arity: ClosedRange<Int>, _ count: Int, at span: Span)
        -> Failure
    {
        let wanted =
            arity.upperBound == .max
            ? "at least \(arity.lowerBound)"
            : arity.lowerBound == arity.upperBound
                ? "\(arity.lowerBound)" : "\(arity.lowerBound) to \(arity.upperBound)"
        let noun = arity.upperBound == 1 ? "argument" : "arguments"
        return Failure(.wrongArguments, "\(name) takes \(wanted) \(noun), not \(count)", at: span)
    }
}
