extension Checker {
    /// Where a chain has come to: its node, and the place of the link that is looked at.
    struct Step {
        let id: Program.NodeID
        let links: [Node.Link]
        let place: Int
        let base: Program.NodeID

        var link: Node.Link { links[place] }
    }

    mutating func checkChain(
        _ base: Program.NodeID, _ links: [Node.Link], _ id: Program.NodeID
    ) -> ExpressionType {
        var type: ExpressionType
        var first = 0
        if case .name(let root) = program.nodes[base], scope.isGrowing(root), let key = staticKey(links.first) {
            type = scope[root, key] ?? doubt()
            noteAbsence()
            first = 1
        } else {
            type = check(base)
        }
        for place in first..<max(first, links.count) {
            type = checkLink(type, Step(id: id, links: links, place: place, base: base))
        }
        return type
    }

    /// `has(x.y)`: what is absent on the way is no error.
    mutating func checkHas(_ chain: Program.NodeID) -> ExpressionType {
        _ = checkAbsorbed(chain)
        return .bool
    }

    /// Checks a part whose absence is no error.
    private mutating func checkAbsorbed(_ id: Program.NodeID) -> ExpressionType {
        let outer = mayBeAbsent
        absorbing += 1
        defer {
            absorbing -= 1
            mayBeAbsent = outer
        }
        return check(id)
    }

    /// Notes that what was just checked may be absent.
    mutating func noteAbsence() {
        if absorbing > 0 { mayBeAbsent = true }
    }

    /// `default(x, y)`.
    mutating func checkFallback(_ value: Program.NodeID, _ fallback: Program.NodeID) -> ExpressionType {
        let type = checkAbsorbed(value)
        var kept: ExpressionType?
        for member in type.members where member != .null {
            var present = member
            if case .optional(let content) = member { present = content }
            kept = kept?.joined(with: present) ?? present
        }
        let other = unlessSkipped(by: value) { $0.check(fallback) }
        return kept.map { $0.joined(with: other) } ?? other
    }

    private mutating func select(_ key: String, from type: ExpressionType, _ step: Step) -> ExpressionType {
        choose(from: type, isThere: type.members.allSatisfy { $0.surelyHas(key) }) {
            $0.selecting(key)
        } absent: { checker in
            checker.reportAbsent(key, in: type, step)
        } wrong: { checker in
            checker.reportNoKeys(key, type, step)
        }
    }

    /// Joins what every member of `type` gives; where none gives anything it is an error, unless absence is absorbed.
    private mutating func choose(
        from type: ExpressionType, isThere: Bool, _ select: (ExpressionType) -> Selection,
        absent: (inout Checker) -> Void = { _ in }, wrong: (inout Checker) -> Void
    ) -> ExpressionType {
        defer { if !isThere { noteAbsence() } }
        if type == .dyn { findings.isCertain = false }
        var joined: ExpressionType?
        var isAbsent = false
        for member in type.members {
            switch select(member) {
            case .type(let found): joined = joined?.joined(with: found) ?? found
            case .doubtful(let found):
                joined = joined?.joined(with: found) ?? found
                findings.isCertain = false
            case .absent: isAbsent = true
            case .wrong: findings.isCertain = false
            }
        }
        guard joined == nil else { return (joined ?? .dyn).bounded }
        guard !isAbsent || absorbing == 0 else { return doubt() }
        guard !findings.isFull else { return doubt() }
        if isAbsent { absent(&self) } else { wrong(&self) }
        return .dyn
    }

    private func staticKey(_ link: Node.Link?) -> String? {
        switch link?.kind {
        case .select(let key): return key
        case .index(let node):
            if case .constant(.string(let key)) = program.nodes[node] { return key }
            return nil
        default: return nil
        }
    }

    private mutating func checkLink(_ type: ExpressionType, _ step: Step) -> ExpressionType {
        switch step.link.kind {
        case .select(let key): return select(key, from: type, step)
        case .index(let node):
            let index = check(node)
            if case .constant(.string(let key)) = program.nodes[node] { return select(key, from: type, step) }
            if !index.fits(.union([.int, .uint, .double, .string, .bool])) { findings.isCertain = false }
            return choose(from: type, isThere: false) {
                $0.element(at: index)
            } absent: { checker in
                checker.reportNoElements(index, type, step)
            } wrong: { checker in
                checker.reportNoElements(index, type, step)
            }
        case .optionalSelect(let key):
            return choose(from: type, isThere: true) {
                $0.selecting(key).asOptional(of: $0)
            } wrong: { checker in
                checker.reportNoKeys(key, type, step)
            }
        case .optionalIndex(let node):
            let index = check(node)
            return choose(from: type, isThere: true) {
                $0.element(at: index).asOptional(of: $0)
            } wrong: { checker in
                checker.reportNoElements(index, type, step)
            }
        case .call(let builtin, let nodes): return checkMethod(builtin, type, nodes, step)
        case .comprehension(let macro):
            return checkComprehension(macro, over: type, receiver(type, step), at: step.link.span)
        case .optionalMap(let slot, let body, let isFlat):
            return checkOptionalMap(slot, body, isFlat, over: type, receiver(type, step))
        case .unknownCall: return doubt()
        }
    }

    private mutating func checkMethod(
        _ builtin: Builtin, _ type: ExpressionType, _ nodes: [Program.NodeID], _ step: Step
    ) -> ExpressionType {
        var arguments = [receiver(type, step)]
        if builtin == .orValue || builtin == .or { conditional += 1 }
        for node in nodes {
            arguments.append(Argument(type: check(node), span: program.spans[node], nodes: [node]))
        }
        if builtin == .orValue || builtin == .or { conditional -= 1 }
        return apply(builtin, arguments, at: step.link.span)
    }

    /// What stands before the link.
    private func receiver(_ type: ExpressionType, _ step: Step) -> Argument {
        Argument(type: type, span: span(before: step), nodes: [step.id])
    }

    func span(before step: Step) -> Span {
        let end = step.place == 0 ? program.spans[step.base].end : step.links[step.place - 1].span.end
        return Span(from: program.spans[step.id].offset, to: end)
    }
}
