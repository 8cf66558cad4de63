/// Evaluates the nodes of a program.
///
/// One frame of ``evaluate(_:)`` and one of the case it goes to per level of brackets: each case is a function of its
/// own, so that the frames stay small.
struct Evaluator {
    let program: Program
    let scope: Scope
    var fuel: Fuel
    /// The values of macro variables, by slot.
    var locals: [Value]
    /// Time zones read so far in this evaluation.
    var timeZones: [String: TimeZoneRules] = [:]
    /// Patterns compiled so far in this evaluation.
    var patterns: [String: Pattern] = [:]

    /// An evaluator of `program`; `locals` are the values of the variables it was compiled with.
    init(_ program: Program, in scope: Scope, fuel: Fuel, locals: [Value] = []) {
        self.program = program
        self.scope = scope
        self.fuel = fuel
        self.locals = locals
        if locals.count < program.localCount {
            self.locals += repeatElement(.null, count: program.localCount - locals.count)
        }
    }

    mutating func evaluate(_ id: Program.NodeID) throws(Failure) -> Value {
        try fuel.spend(at: program.spans[id])
        switch program.nodes[id] {
        case .constant(let value): return value
        case .local(let slot): return locals[slot]
        case .name(let name): return try evaluateName(name, id)
        case .chain(let base, let links): return try evaluateChain(base, links[...])
        case .call(let builtin, let arguments): return try evaluateCall(builtin, arguments, id)
        case .relation(let first, let rest): return try evaluateRelation(first, rest)
        case .arithmetic(let first, let rest): return try evaluateArithmetic(first, rest)
        case .and(let operands): return try evaluateLogic(operands, decisive: false)
        case .or(let operands): return try evaluateLogic(operands, decisive: true)
        case .not(let operand): return try evaluateNot(operand)
        case .negate(let operand): return try evaluateNegation(operand)
        case .conditional(let condition, let then, let otherwise):
            let taken = try evaluateCondition(condition, of: "?")
            return try evaluate(taken ? then : otherwise)
        case .list(let elements): return try evaluateList(elements, id)
        case .map(let entries): return try evaluateMap(entries, id)
        case .has(let chain): return try evaluateHas(chain)
        case .fallback(let value, let fallback): return try evaluateFallback(value, fallback)
        case .bind(let slot, let value, let body):
            locals[slot] = try evaluate(value)
            return try evaluate(body)
        case .unknownCall(let name):
            throw Failure.unknownFunction(name, isMethod: false, at: program.spans[id])
        }
    }

    private func evaluateName(_ name: String, _ id: Program.NodeID) throws(Failure) -> Value {
        if let value = scope[value: name] { return value }
        if TypeNames.all.contains(name) { return .type(name) }
        throw Failure(
            .unknownName, "there is no name \"\(name)\" here", at: program.spans[id],
            hint: .near(name: name, candidates: scope.names))
    }

    /// Evaluates what must be a bool.
    mutating func evaluateCondition(_ id: Program.NodeID, of part: String) throws(Failure) -> Bool {
        let value = try evaluate(id)
        guard case .bool(let condition) = value else {
            throw Failure(
                .wrongType, "\(part) needs a bool, not \(value.kind)", at: program.spans[id],
                hint: .boolHint(value))
        }
        return condition
    }

    private mutating func evaluateNot(_ operand: Program.NodeID) throws(Failure) -> Value {
        .bool(try !evaluateCondition(operand, of: "!"))
    }

    private mutating func evaluateNegation(_ operand: Program.NodeID) throws(Failure) -> Value {
        let value = try evaluate(operand)
        switch value {
        case .int(let number):
            guard number != .min else {
                throw Failure(.overflow, "-(\(number)) does not fit an int", at: program.spans[operand])
            }
            return .int(-number)
        case .double(let number): return .double(-number)
        default:
            throw Failure(.wrongType, "- needs a number, not \(value.kind)", at: program.spans[operand])
        }
    }

    /// `&&` and `||` in whatever order: an operand that decides wins over errors in the others.
    private mutating func evaluateLogic(_ operands: [Program.NodeID], decisive: Bool) throws(Failure)
        -> Value
    {
        var failure: Failure?
        for operand in operands {
            do {
                if try evaluateCondition(operand, of: decisive ? "||" : "&&") == decisive {
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

    private mutating func evaluateList(_ elements: [Node.Element], _ id: Program.NodeID)
        throws(Failure) -> Value
    {
        var values: [Value] = []
        values.reserveCapacity(elements.count)
        for element in elements {
            let value = try evaluate(element.node)
            guard element.isOptional else {
                values.append(value)
                continue
            }
            if let present = try unwrap(value, at: program.spans[element.node]) { values.append(present) }
        }
        return try checked(.list(ValueList(values)), id)
    }

    private mutating func evaluateMap(_ entries: [Node.Entry], _ id: Program.NodeID) throws(Failure)
        -> Value
    {
        var builder = ValueMapBuilder()
        for entry in entries {
            let key = try evaluate(entry.key)
            var value = try evaluate(entry.value)
            if entry.isOptional {
                guard let present = try unwrap(value, at: program.spans[entry.value]) else { continue }
                value = present
            }
            try add(key, value, to: &builder, at: program.spans[entry.key])
        }
        return try checked(.map(builder.build()), id)
    }

    /// Adds an entry to a map in the making.
    func add(_ key: Value, _ value: Value, to builder: inout ValueMapBuilder, at span: Span)
        throws(Failure)
    {
        switch builder.add(key, value) {
        case nil: break
        case .illegalKey:
            throw Failure(
                .wrongType, "a key of a map is a string, an int, a uint or a bool, not \(key.kind)",
                at: span)
        case .duplicateKey:
            throw Failure(.invalidValue, "the key \(key.shortText) comes twice in the same map", at: span)
        }
        try fuel.check(bytes: builder.weight, at: span)
    }

    /// What an optional holds, nil when it holds nothing.
    private func unwrap(_ value: Value, at span: Span) throws(Failure) -> Value? {
        guard case .optional(let box) = value else {
            throw Failure(
                .wrongType, "? before an element or entry needs an optional, not \(value.kind)", at: span,
                hint: .text("optional.of(x) makes one; x.?key selects one"))
        }
        return box?.value
    }

    func checked(_ value: Value, _ id: Program.NodeID) throws(Failure) -> Value {
        try fuel.check(value, at: program.spans[id])
        return value
    }
}

extension Failure.Hint {
    /// What to write instead of a value that is no bool.
    static func boolHint(_ value: Value) -> Failure.Hint {
        switch value {
        case .string: .text("compare it, such as x != \"\"")
        case .int, .uint, .double: .text("compare it, such as x > 0")
        case .list, .map: .text("size(x) > 0 asks whether something is in it")
        case .null: .text("x != null asks whether there is a value")
        default: .none
        }
    }
}
