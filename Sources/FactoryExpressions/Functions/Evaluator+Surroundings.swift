extension Evaluator {
    /// Functions that answer from the scope: `now()`, `succeeded()`, `failed()` and `always()`.
    func applySurroundings(_ call: Call) throws(Failure) -> Value {
        if call.builtin == .now {
            guard let now = scope.now else { throw unavailable(call, "there is no current time here") }
            return .timestamp(now)
        }
        guard let ancestors = scope.ancestors else {
            throw unavailable(call, "\(call.builtin.rawValue)() has an answer only in the `if` of a step")
        }
        switch call.builtin {
        case .succeeded: return .bool(ancestors.allSucceeded)
        case .failed: return .bool(ancestors.anyFailed)
        default: return .bool(true)
        }
    }

    private func unavailable(_ call: Call, _ message: String) -> Failure {
        Failure(.unavailable, message, at: call.span)
    }

    mutating func applyBase64(_ call: Call) throws(Failure) -> Value {
        try fuel.spend(text: 2 * call[0].weight, at: call.span)
        if call.builtin == .base64Encode {
            if case .string = call[0] {
                throw Failure(
                    .wrongType, "base64.encode needs bytes, not a string", at: call.span,
                    hint: .text("write base64.encode(bytes(x))"))
            }
            return .string(Base64.encode(try call.bytes(0)))
        }
        guard let bytes = Base64.decode(try call.string(0)) else {
            throw call.invalid("the text is not base64")
        }
        return .bytes(bytes)
    }
}
