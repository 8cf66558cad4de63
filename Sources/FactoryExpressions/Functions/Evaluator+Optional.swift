extension Evaluator {
    /// The functions of optionals, but for `or` and `orValue`, which evaluate their argument only when needed.
    func applyOptional(_ call: Call) throws(Failure) -> Value {
        switch call.builtin {
        case .optionalNone: return .optional(nil)
        case .optionalOf: return .some(call[0])
        case .optionalOfNonZeroValue: return call[0].isZero ? .optional(nil) : .some(call[0])
        case .optionalUnwrap, .unwrapOpt:
            var values: [Value] = []
            for element in try call.list(0) {
                guard case .optional(let box) = element else {
                    throw Failure(
                        .wrongType,
                        "\(call.builtin.rawValue) needs a list of optionals, with \(element.kind) in it",
                        at: call.span)
                }
                if let box { values.append(box.value) }
            }
            return .list(ValueList(values))
        default: break
        }
        guard case .optional(let box) = call[0] else { throw call.wrongType(0, "an optional") }
        if call.builtin == .hasValue { return .bool(box != nil) }
        guard let box else {
            throw Failure(
                .absent, "the optional holds nothing", at: call.span,
                hint: .text(".orValue(…) says what to take instead"))
        }
        return box.value
    }
}

extension Value {
    /// True for null, false, 0, and whatever is empty.
    fileprivate var isZero: Bool {
        switch self {
        case .null: true
        case .bool(let value): !value
        case .int(let value): value == 0
        case .uint(let value): value == 0
        case .double(let value): value == 0
        case .string(let value): value.isEmpty
        case .bytes(let value): value.isEmpty
        case .list(let value): value.isEmpty
        case .map(let value): value.isEmpty
        case .duration(let value): value == 0
        case .timestamp(let value): value == Moment(seconds: 0)
        case .type: false
        case .optional(let box): box == nil
        }
    }
}
