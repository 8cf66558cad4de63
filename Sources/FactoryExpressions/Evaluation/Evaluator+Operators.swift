extension Evaluator {
    mutating func evaluateRelation(
        _ first: Program.NodeID, _ rest: [Node.Operation<RelationOperator>]
    ) throws(Failure) -> Value {
        var left = try evaluate(first)
        for relation in rest {
            let right = try evaluate(relation.operand)
            left = .bool(try compare(left, relation.operator, right, at: relation.span))
        }
        return left
    }

    private mutating func compare(
        _ left: Value, _ relation: RelationOperator, _ right: Value, at span: Span
    ) throws(Failure) -> Bool {
        switch relation {
        case .equal: return try areEqual(left, right, at: span)
        case .notEqual: return try !areEqual(left, right, at: span)
        case .contained: return try contains(left, in: right, at: span)
        case .less, .lessOrEqual, .greater, .greaterOrEqual: break
        }
        if case .string(let text) = left { try fuel.spend(text: text.utf8.count, at: span) }
        guard let order = left.order(to: right) else {
            throw Failure(
                .wrongType, "\(relation.rawValue) has no meaning between \(left.kind) and \(right.kind)",
                at: span,
                hint: .comparisonHint(left, right))
        }
        return switch relation {
        case .less: order == .less
        case .lessOrEqual: order == .less || order == .equal
        case .greater: order == .greater
        default: order == .greater || order == .equal
        }
    }

    mutating func areEqual(_ left: Value, _ right: Value, at span: Span) throws(Failure) -> Bool {
        var room = 8 * fuel.left + 8
        let start = room
        let result = left.isEqual(to: right, room: &room)
        try fuel.spend((start - room) >> 3, at: span)
        return result
    }

    /// `x in list` and `key in map`.
    private mutating func contains(_ value: Value, in container: Value, at span: Span) throws(Failure)
        -> Bool
    {
        switch container {
        case .list(let list):
            for (place, element) in list.enumerated() where try areEqual(value, element, at: span) {
                try fuel.spend(elements: place, at: span)
                return true
            }
            try fuel.spend(elements: list.count, at: span)
            return false
        case .map(let map): return map[value] != nil
        default:
            throw Failure(
                .wrongType, "in looks in a list or a map, not \(container.kind)", at: span,
                hint: {
                    if case .string = container { .text("x.contains(y) looks in a string") } else { .none }
                }())
        }
    }

    mutating func evaluateArithmetic(
        _ first: Program.NodeID, _ rest: [Node.Operation<ArithmeticOperator>]
    ) throws(Failure) -> Value {
        var left = try evaluate(first)
        for operation in rest {
            let right = try evaluate(operation.operand)
            left = try calculate(left, operation.operator, right, at: operation.span)
        }
        return left
    }

    private mutating func calculate(
        _ left: Value, _ operation: ArithmeticOperator, _ right: Value, at span: Span
    ) throws(Failure) -> Value {
        switch (left, right) {
        case (.int(let left), .int(let right)):
            return .int(try Self.calculate(left, operation, right, at: span))
        case (.uint(let left), .uint(let right)):
            return .uint(try Self.calculate(left, operation, right, at: span))
        case (.double(let left), .double(let right)):
            return .double(try Self.calculate(left, operation, right, at: span))
        case (.int(let left), .double(let right)):
            return .double(try Self.calculate(Double(left), operation, right, at: span))
        case (.double(let left), .int(let right)):
            return .double(try Self.calculate(left, operation, Double(right), at: span))
        default: break
        }
        switch operation {
        case .add: if let sum = try add(left, right, at: span) { return sum }
        case .subtract: if let difference = try subtract(left, right, at: span) { return difference }
        default: break
        }
        throw Failure(
            .wrongType, "\(operation.rawValue) has no meaning between \(left.kind) and \(right.kind)",
            at: span,
            hint: .arithmeticHint(left, operation, right))
    }

    private static func calculate<Number: FixedWidthInteger>(
        _ left: Number, _ operation: ArithmeticOperator, _ right: Number, at span: Span
    ) throws(Failure) -> Number {
        let result: (partialValue: Number, overflow: Bool)
        switch operation {
        case .add: result = left.addingReportingOverflow(right)
        case .subtract: result = left.subtractingReportingOverflow(right)
        case .multiply: result = left.multipliedReportingOverflow(by: right)
        case .divide, .remainder:
            guard right != 0 else {
                throw Failure(
                    .divisionByZero, "\(left) \(operation.rawValue) 0 is a division by zero", at: span)
            }
            result =
                operation == .divide
                ? left.dividedReportingOverflow(by: right)
                : left.remainderReportingOverflow(dividingBy: right)
        }
        guard !result.overflow else {
            let type = Number.isSigned ? "an int" : "a uint"
            throw Failure(
                .overflow, "\(left) \(operation.rawValue) \(right) does not fit \(type)", at: span)
        }
        return result.partialValue
    }

    private static func calculate(
        _ left: Double, _ operation: ArithmeticOperator, _ right: Double, at span: Span
    ) throws(Failure) -> Double {
        switch operation {
        case .add: return left + right
        case .subtract: return left - right
        case .multiply: return left * right
        case .divide: return left / right
        case .remainder: throw Failure(.wrongType, "% works on integers, not on doubles", at: span)
        }
    }

    private mutating func add(_ left: Value, _ right: Value, at span: Span) throws(Failure) -> Value? {
        switch (left, right) {
        case (.string(let left), .string(let right)):
            try reserve(left.utf8.count + right.utf8.count, at: span)
            return .string(left + right)
        case (.bytes(let left), .bytes(let right)):
            try reserve(left.count + right.count, at: span)
            return .bytes(left + right)
        case (.list(let left), .list(let right)):
            try fuel.spend(elements: left.count + right.count, at: span)
            if let left = left.json, let right = right.json { return .list(ValueList(left + right)) }
            try fuel.check(bytes: left.weight &+ right.weight, at: span)
            return .list(ValueList(Array(left) + Array(right)))
        case (.duration(let left), .duration(let right)):
            let (sum, overflow) = left.addingReportingOverflow(right)
            guard !overflow else { throw durationOverflow(at: span) }
            return .duration(sum)
        case (.timestamp(let moment), .duration(let added)),
            (.duration(let added), .timestamp(let moment)):
            guard let sum = moment.adding(nanoseconds: added) else { throw timestampOverflow(at: span) }
            return .timestamp(sum)
        default: return nil
        }
    }

    private func subtract(_ left: Value, _ right: Value, at span: Span) throws(Failure) -> Value? {
        switch (left, right) {
        case (.duration(let left), .duration(let right)):
            let (difference, overflow) = left.subtractingReportingOverflow(right)
            guard !overflow else { throw durationOverflow(at: span) }
            return .duration(difference)
        case (.timestamp(let left), .timestamp(let right)):
            guard let difference = left.nanoseconds(since: right) else {
                throw durationOverflow(at: span)
            }
            return .duration(difference)
        case (.timestamp(let moment), .duration(let taken)):
            guard taken != .min, let difference = moment.adding(nanoseconds: -taken) else {
                throw timestampOverflow(at: span)
            }
            return .timestamp(difference)
        default: return nil
        }
    }

    /// Checks and pays for a text or bytes of `count` bytes before they are made.
    mutating func reserve(_ count: Int, at span: Span) throws(Failure) {
        try fuel.check(bytes: count, at: span)
        try fuel.spend(bytes: count, at: span)
    }

    private func durationOverflow(at span: Span) -> Failure {
        Failure(.overflow, "a duration holds at most about 292 years", at: span)
    }

    private func timestampOverflow(at span: Span) -> Failure {
        Failure(.overflow, "a timestamp lies in the years 1 to 9999", at: span)
    }
}

extension Failure.Hint {
    fileprivate static func comparisonHint(_ left: Value, _ right: Value) -> Failure.Hint {
        switch (left, right) {
        case (.string, .int), (.string, .double), (.int, .string), (.double, .string):
            .text("int(x) or double(x) reads a number from a string")
        case (.null, _), (_, .null): .text("default(x, 0) takes 0 where x is null")
        default: .none
        }
    }

    fileprivate static func arithmeticHint(
        _ left: Value, _ operation: ArithmeticOperator, _ right: Value
    ) -> Failure.Hint {
        switch (left, right) {
        case (.string, .int), (.string, .double), (.int, .string), (.double, .string):
            operation == .add ? .text("string(x) makes a string, int(x) or double(x) a number") : .none
        case (.string, _), (_, .string):
            operation == .add ? .text("json(x) or string(x) makes a string") : .none
        case (.uint, .int), (.int, .uint): .text("int(x) makes an int of a uint")
        case (.list, _): operation == .add ? .text("x + [y] appends an element") : .none
        case (.null, _), (_, .null): .text("default(x, 0) takes 0 where x is null")
        default: .none
        }
    }
}
