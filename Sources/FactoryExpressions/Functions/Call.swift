/// A call with its evaluated arguments; a receiver is the first of them.
struct Call {
    let builtin: Builtin
    let arguments: [Value]
    let span: Span

    var count: Int { arguments.count }

    subscript(place: Int) -> Value { arguments[place] }

    func string(_ place: Int) throws(Failure) -> String {
        guard case .string(let text) = arguments[place] else { throw wrongType(place, "a string") }
        return text
    }

    func int(_ place: Int) throws(Failure) -> Int {
        guard case .int(let value) = arguments[place] else { throw wrongType(place, "an int") }
        return Int(value)
    }

    func list(_ place: Int) throws(Failure) -> ValueList {
        guard case .list(let list) = arguments[place] else { throw wrongType(place, "a list") }
        return list
    }

    func double(_ place: Int) throws(Failure) -> Double {
        guard case .double(let value) = arguments[place] else { throw wrongType(place, "a double") }
        return value
    }

    func bytes(_ place: Int) throws(Failure) -> [UInt8] {
        guard case .bytes(let value) = arguments[place] else { throw wrongType(place, "bytes") }
        return value
    }

    func wrongType(_ place: Int, _ wanted: String) -> Failure {
        let ordinal =
            arguments.count == 1
            ? "" : ["the first ", "the second ", "the third ", "the fourth "][min(place, 3)]
        let role = arguments.count == 1 ? "" : "argument of "
        let value = arguments[place]
        let hint: Failure.Hint =
            switch (value, wanted) {
            case (.null, _): .text("the value is null; default(x, y) takes y instead")
            case (.int, "a string"), (.uint, "a string"), (.double, "a string"), (.bool, "a string"):
                .text("string(x) makes a string")
            case (.list, "a string"), (.map, "a string"):
                .text("json(x) makes a string; x.join(\", \") joins a list")
            case (.string, "an int"), (.string, "a number"):
                .text("int(x) or double(x) reads a number from a string")
            case (.int, "a double"): .text("double(x) makes a double")
            default: .none
            }
        return Failure(
            .wrongType, "\(ordinal)\(role)\(builtin.rawValue) needs \(wanted), not \(value.kind)",
            at: span, hint: hint)
    }

    func invalid(_ message: String, hint: Failure.Hint = .none) -> Failure {
        Failure(.invalidValue, message, at: span, hint: hint)
    }

    func overflow(_ message: String) -> Failure { Failure(.overflow, message, at: span) }
}
