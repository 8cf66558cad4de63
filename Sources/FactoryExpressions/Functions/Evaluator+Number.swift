extension Evaluator {
    /// The functions of `math.` that take and give numbers.
    mutating func applyNumber(_ call: Call) throws(Failure) -> Value {
        switch call.builtin {
        case .greatest: return try extreme(call, wanted: .greater)
        case .least: return try extreme(call, wanted: .less)
        case .ceil: return .double(try call.double(0).rounded(.up))
        case .floor: return .double(try call.double(0).rounded(.down))
        case .round: return .double(try call.double(0).rounded(.toNearestOrAwayFromZero))
        case .trunc: return .double(try call.double(0).rounded(.towardZero))
        case .isNaN: return .bool(try call.double(0).isNaN)
        case .isInf: return .bool(try call.double(0).isInfinite)
        case .isFinite: return .bool(try call.double(0).isFinite)
        case .sqrt: return .double(try number(call[0], 0, call).squareRoot())
        case .abs: return try absolute(call)
        default: return try sign(call)
        }
    }

    private func absolute(_ call: Call) throws(Failure) -> Value {
        switch call[0] {
        case .int(let value):
            guard value != .min else {
                throw call.overflow("the absolute value of \(value) does not fit an int")
            }
            return .int(Swift.abs(value))
        case .uint: return call[0]
        case .double(let value): return .double(value.magnitude)
        default: throw call.wrongType(0, "a number")
        }
    }

    private func sign(_ call: Call) throws(Failure) -> Value {
        switch call[0] {
        case .int(let value): return .int(value.signum())
        case .uint(let value): return .uint(value > 0 ? 1 : 0)
        case .double(let value):
            return .double(value.isNaN ? value : value > 0 ? 1 : value < 0 ? -1 : 0)
        default: throw call.wrongType(0, "a number")
        }
    }

    /// The greatest or least of the arguments, or of the one list that is the argument.
    private mutating func extreme(_ call: Call, wanted: Order) throws(Failure) -> Value {
        var numbers = call.arguments
        if numbers.count == 1, case .list(let list) = numbers[0] {
            guard !list.isEmpty else {
                throw call.invalid("\(call.builtin.rawValue) of an empty list is nothing")
            }
            numbers = Array(list)
        }
        try fuel.spend(elements: numbers.count, at: call.span)
        var best = numbers[0]
        for (place, candidate) in numbers.enumerated() {
            guard candidate.isNumber else { throw notNumber(candidate, place, call) }
            if candidate.order(to: best) == wanted { best = candidate }
        }
        return best
    }

    /// Any number as a double.
    func number(_ value: Value, _ place: Int, _ call: Call) throws(Failure) -> Double {
        switch value {
        case .int(let value): return Double(value)
        case .uint(let value): return Double(value)
        case .double(let value): return value
        default: throw notNumber(value, place, call)
        }
    }

    func notNumber(_ value: Value, _ place: Int, _ call: Call) -> Failure {
        Failure(
            .wrongType, "\(call.builtin.rawValue) needs numbers; element \(place) is \(value.kind)",
            at: call.span,
            hint: {
                if case .string = value { .text("double(x) reads a number from a string") } else { .none }
            }())
    }

    /// The functions of `math.bit…`.
    func applyBits(_ call: Call) throws(Failure) -> Value {
        switch (call.builtin, call[0], call.count > 1 ? call[1] : .null) {
        case (.bitNot, .int(let value), _): return .int(~value)
        case (.bitNot, .uint(let value), _): return .uint(~value)
        case (.bitAnd, .int(let left), .int(let right)): return .int(left & right)
        case (.bitAnd, .uint(let left), .uint(let right)): return .uint(left & right)
        case (.bitOr, .int(let left), .int(let right)): return .int(left | right)
        case (.bitOr, .uint(let left), .uint(let right)): return .uint(left | right)
        case (.bitXor, .int(let left), .int(let right)): return .int(left ^ right)
        case (.bitXor, .uint(let left), .uint(let right)): return .uint(left ^ right)
        case (.bitShiftLeft, .int(let value), .int(let count)):
            return .int(value << (try shift(count, call)))
        case (.bitShiftLeft, .uint(let value), .int(let count)):
            return .uint(value << (try shift(count, call)))
        case (.bitShiftRight, .int(let value), .int(let count)):
            // The bits of an int are shifted like those of a uint: no sign is drawn in.
            return .int(Int64(bitPattern: UInt64(bitPattern: value) >> (try shift(count, call))))
        case (.bitShiftRight, .uint(let value), .int(let count)):
            return .uint(value >> (try shift(count, call)))
        default:
            let kinds = call.arguments.map(\.kind).joined(separator: " and ")
            throw Failure(
                .wrongType, "\(call.builtin.rawValue) needs ints or uints of the same type, not \(kinds)",
                at: call.span
            )
        }
    }

    private func shift(_ count: Int64, _ call: Call) throws(Failure) -> Int64 {
        guard count >= 0 else { throw call.invalid("bits are shifted by 0 or more, not by \(count)") }
        return min(count, 64)
    }
}

extension Value {
    var isNumber: Bool {
        switch self {
        case .int, .uint, .double: true
        default: false
        }
    }
}
