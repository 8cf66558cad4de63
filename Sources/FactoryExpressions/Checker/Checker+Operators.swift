extension Checker {
    mutating func checkNot(_ operand: Program.NodeID) -> ExpressionType {
        require(check(operand), .bool, at: program.spans[operand], about: [operand], "the operand of !")
        return .bool
    }

    mutating func checkNegation(_ operand: Program.NodeID) -> ExpressionType {
        let type = check(operand)
        let numbers = type.removing { !$0.overlaps(.number) }
        if numbers != type || type == .dyn { findings.isCertain = false }
        if let numbers { return numbers }
        report(
            .wrongType, "- needs a number, not \(type.kind)", at: program.spans[operand], about: [operand],
            hint: TypeHint.argument(type, .number, text(of: program.spans[operand])))
        return .dyn
    }

    mutating func checkRelation(_ first: Program.NodeID, _ rest: [Node.Operation<RelationOperator>]) -> ExpressionType {
        var left = check(first)
        var nodes = [first]
        for relation in rest {
            let right = check(relation.operand)
            nodes.append(relation.operand)
            checkComparison(left, relation, right, nodes)
            left = .bool
        }
        return left
    }

    private mutating func checkComparison(
        _ left: ExpressionType, _ relation: Node.Operation<RelationOperator>, _ right: ExpressionType,
        _ nodes: [Program.NodeID]
    ) {
        switch relation.operator {
        case .equal, .notEqual: return
        case .contained:
            require(
                right, .union([.list(of: .dyn), .map(of: .dyn)]), at: program.spans[relation.operand],
                about: [relation.operand], "what stands after `in`",
                hint: right == .string ? "x.contains(y) looks in a string" : nil)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            let found = pairs(left, right) { $0.hasOrder(with: $1) ? .bool : nil }
            guard found == nil else { return }
            let name = relation.operator.rawValue
            report(
                .wrongType, "\(name) has no meaning between \(left.kind) and \(right.kind)", at: relation.span,
                about: nodes, hint: TypeHint.comparison(left, right, texts(nodes)))
        }
    }

    mutating func checkArithmetic(
        _ first: Program.NodeID, _ rest: [Node.Operation<ArithmeticOperator>]
    ) -> ExpressionType {
        var left = check(first)
        var nodes = [first]
        for operation in rest {
            let right = check(operation.operand)
            if nodes.count < 8 { nodes.append(operation.operand) } else { nodes[7] = operation.operand }
            guard let result = pairs(left, right, { $0.result(of: operation.operator, with: $1) }) else {
                report(
                    .wrongType,
                    "\(operation.operator.rawValue) has no meaning between \(left.kind) and \(right.kind)",
                    at: operation.span, about: nodes,
                    hint: TypeHint.arithmetic(left, operation.operator, right, texts(nodes)))
                left = .dyn
                continue
            }
            left = result.bounded
        }
        return left
    }

    /// What the operands of the last operator are called; the left one only where it is a single operand.
    private func texts(_ nodes: [Program.NodeID]) -> (String?, String?) {
        let left = nodes.count == 2 ? text(of: program.spans[nodes[0]]) : nil
        return (left, nodes.last.flatMap { text(of: program.spans[$0]) })
    }

    /// What `combine` gives for every pair of a type on the left and one on the right; nil where it gives nothing.
    private mutating func pairs(
        _ left: ExpressionType, _ right: ExpressionType, _ combine: (ExpressionType, ExpressionType) -> ExpressionType?
    ) -> ExpressionType? {
        if left == .dyn || right == .dyn { findings.isCertain = false }
        var joined: ExpressionType?
        for left in left.members {
            for right in right.members {
                guard let result = left == .dyn && right == .dyn ? .dyn : combine(left, right) else {
                    findings.isCertain = false
                    continue
                }
                joined = joined?.joined(with: result) ?? result
            }
        }
        return joined
    }
}

extension ExpressionType {
    /// True where `<` compares the two.
    fileprivate func hasOrder(with other: ExpressionType) -> Bool {
        switch (self, other) {
        case (.dyn, let known), (let known, .dyn): return known == .dyn || known.hasOrder(with: known)
        case (.bool, .bool), (.string, .string), (.bytes, .bytes), (.duration, .duration), (.timestamp, .timestamp):
            return true
        default: return isNumeric && other.isNumeric
        }
    }

    /// What the operator makes of a value of this type and one of `other`; nil where it makes nothing.
    fileprivate func result(of operation: ArithmeticOperator, with other: ExpressionType) -> ExpressionType? {
        switch (self, other) {
        case (.dyn, let known), (let known, .dyn):
            let operands: [ExpressionType] = [.int, .uint, .double, .string, .bytes, .duration, .timestamp]
            if case .list = known { return operation == .add ? .list(of: .dyn) : nil }
            let works = operands.contains {
                known.result(of: operation, with: $0) != nil || $0.result(of: operation, with: known) != nil
            }
            return works ? .dyn : nil
        case (.int, .int): return .int
        case (.uint, .uint): return .uint
        case (.double, .double), (.int, .double), (.double, .int): return operation == .remainder ? nil : .double
        default: break
        }
        switch (operation, self, other) {
        case (.add, .string, .string): return .string
        case (.add, .bytes, .bytes): return .bytes
        case (.add, .list(let left), .list(let right)): return .list(of: left.joined(with: right))
        case (.add, .duration, .duration), (.subtract, .duration, .duration): return .duration
        case (.add, .timestamp, .duration), (.add, .duration, .timestamp), (.subtract, .timestamp, .duration):
            return .timestamp
        case (.subtract, .timestamp, .timestamp): return .duration
        default: return nil
        }
    }
}
