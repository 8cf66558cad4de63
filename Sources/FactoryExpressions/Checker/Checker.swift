/// Works out the type of every node of a program and finds what is certain to fail.
///
/// Each node is visited once, and types are bounded in size, so the work is linear in the program. It recurses as the
/// evaluator does: once per bracket.
struct Checker {
    let program: Program
    let source: [UInt8]
    let scope: TypeScope
    var findings = Findings()
    /// The types of macro variables, by slot.
    var locals: [ExpressionType]
    /// How many `has` and `default` around the node turn absence into a value.
    var absorbing = 0
    /// True behind what may be absent, within such a `has` or `default`: what follows may not be evaluated.
    var mayBeAbsent = false
    /// Above zero in parts that may not be evaluated.
    var conditional = 0
    /// Conditions that decide whether the node is evaluated; what they test is not called an error.
    var guards: [Guard] = []

    init(_ program: Program, source: [UInt8], scope: TypeScope, locals: [ExpressionType] = []) {
        self.program = program
        self.source = source
        self.scope = scope
        self.locals = locals
        if locals.count < program.localCount {
            self.locals += repeatElement(.dyn, count: program.localCount - locals.count)
        }
    }

    mutating func check(_ id: Program.NodeID) -> ExpressionType {
        switch program.nodes[id] {
        case .constant(let value): return ExpressionType(of: value)
        case .local(let slot): return locals[slot]
        case .name(let name): return checkName(name, id)
        case .chain(let base, let links): return checkChain(base, links, id)
        case .call(let builtin, let arguments): return checkCall(builtin, arguments, id)
        case .relation(let first, let rest): return checkRelation(first, rest)
        case .arithmetic(let first, let rest): return checkArithmetic(first, rest)
        case .and(let operands): return checkLogic(operands, id, "&&")
        case .or(let operands): return checkLogic(operands, id, "||")
        case .not(let operand): return checkNot(operand)
        case .negate(let operand): return checkNegation(operand)
        case .conditional(let condition, let then, let otherwise):
            return checkConditional(condition, then, otherwise)
        case .list(let elements): return checkList(elements)
        case .map(let entries): return checkMap(entries)
        case .has(let chain): return checkHas(chain)
        case .fallback(let value, let fallback): return checkFallback(value, fallback)
        case .bind(let slot, let value, let body):
            locals[slot] = check(value)
            return check(body)
        case .unknownCall: return doubt()
        }
    }

    /// A value of which nothing is known.
    mutating func doubt() -> ExpressionType {
        findings.isCertain = false
        return .dyn
    }

    private mutating func checkName(_ name: String, _ id: Program.NodeID) -> ExpressionType {
        if let type = scope[name] { return type }
        if TypeNames.all.contains(name) { return .type }
        guard absorbing == 0 else {
            noteAbsence()
            return doubt()
        }
        guard !findings.isFull else { return doubt() }
        let near = Nearest(to: name, among: scope.names).names.map { "`\($0)`" }
        report(
            .unknownName, "unknown name `\(name.shortened(to: 60))`", at: program.spans[id], about: [id],
            hint: near.isEmpty
                ? "known: " + scope.names.joined(separator: ", ") : "did you mean \(near.joined(separator: " or "))?",
            path: [name])
        return .dyn
    }

    private mutating func checkConditional(
        _ condition: Program.NodeID, _ then: Program.NodeID, _ otherwise: Program.NodeID
    ) -> ExpressionType {
        require(check(condition), .bool, at: program.spans[condition], about: [condition], "the condition of ? :")
        return unlessSkipped(by: condition) { checker in checker.check(then).joined(with: checker.check(otherwise)) }
    }

    private mutating func checkLogic(_ operands: [Program.NodeID], _ id: Program.NodeID, _ name: String)
        -> ExpressionType
    {
        guards.append(Guard(program: program, node: id))
        defer { guards.removeLast() }
        for operand in operands {
            require(check(operand), .bool, at: program.spans[operand], about: [operand], "an operand of \(name)")
        }
        return .bool
    }

    /// Checks with `body` what is evaluated only where `condition` says so.
    mutating func unlessSkipped(
        by condition: Program.NodeID, _ body: (inout Checker) -> ExpressionType
    ) -> ExpressionType {
        guards.append(Guard(program: program, node: condition))
        conditional += 1
        defer {
            conditional -= 1
            guards.removeLast()
        }
        return body(&self)
    }

    private mutating func checkList(_ elements: [Node.Element]) -> ExpressionType {
        var joined: ExpressionType?
        for element in elements {
            var type = check(element.node)
            if element.isOptional { type = content(of: type, element.node) }
            joined = joined?.joined(with: type) ?? type
        }
        return ExpressionType.list(of: joined ?? .dyn).bounded
    }

    private mutating func checkMap(_ entries: [Node.Entry]) -> ExpressionType {
        var fields: [ObjectType.Field] = []
        var values: ExpressionType?
        for entry in entries {
            let key = check(entry.key)
            var value = check(entry.value)
            require(
                key, .union([.string, .int, .uint, .bool]), at: program.spans[entry.key], about: [entry.key],
                "a key of a map")
            if entry.isOptional { value = content(of: value, entry.value) }
            values = values?.joined(with: value) ?? value
            if case .constant(.string(let name)) = program.nodes[entry.key] {
                fields.append(ObjectType.Field(name, value, isOptional: entry.isOptional))
            }
        }
        guard fields.count == entries.count else { return ExpressionType.map(of: values ?? .dyn).bounded }
        return ExpressionType.object(ObjectType(fields)).bounded
    }

    /// What the optional that stands behind `?` in a literal holds.
    private mutating func content(of type: ExpressionType, _ node: Program.NodeID) -> ExpressionType {
        require(
            type, .optional(of: .dyn), at: program.spans[node], about: [node], "what stands after ?",
            hint: "optional.of(x) makes an optional; x.?key selects one")
        return type.contentOfOptional
    }
}

extension ExpressionType {
    /// What an optional of this type holds; ``dyn`` for anything else.
    var contentOfOptional: ExpressionType {
        .joining(
            members.compactMap { member -> ExpressionType? in
                switch member {
                case .optional(let content): content
                case .dyn: .dyn
                default: nil
                }
            })
    }
}
