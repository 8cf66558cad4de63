/// What selecting from values of one type gives.
enum Selection {
    case type(ExpressionType)
    /// Something for some values, an error for others.
    case doubtful(ExpressionType)
    /// There is nothing, whatever the value.
    case absent
    /// Nothing can be selected from this type.
    case wrong

    /// What `x.?key` gives where `x.key` gives this; on an optional both give an optional.
    func asOptional(of receiver: ExpressionType) -> Selection {
        if case .optional = receiver { return self }
        return switch self {
        case .type(let type): .type(.optional(of: type))
        case .doubtful(let type): .doubtful(.optional(of: type))
        case .absent: .type(.optional(of: .dyn))
        case .wrong: .wrong
        }
    }
}

extension ExpressionType {
    /// What `x.key` gives; no union.
    func selecting(_ key: String) -> Selection {
        switch self {
        case .dyn: .type(.dyn)
        case .map(let value): .type(value)
        case .object(let object): (object[key]?.type ?? object.rest).map { .type($0) } ?? .absent
        case .null: .absent
        case .optional(let content): content.selectingOptionally { $0.selecting(key) }
        default: .wrong
        }
    }

    /// True where `x.key` is surely there, or an optional.
    func surelyHas(_ key: String) -> Bool {
        switch self {
        case .object(let object): object[key].map { !$0.isOptional } ?? false
        case .optional: true
        default: false
        }
    }

    /// What `x[index]` gives; no union.
    func element(at index: ExpressionType) -> Selection {
        let isKey = index.overlaps(.union([.string, .int, .uint, .double, .bool]))
        return switch self {
        case .dyn: .type(.dyn)
        case .list(let element): index.overlaps(.union([.int, .uint, .double])) ? .type(element) : .wrong
        case .map(let value): isKey ? .type(value) : .wrong
        case .object(let object):
            isKey ? .type(.joining(object.fields.map(\.type) + (object.rest.map { [$0] } ?? []))) : .wrong
        case .null: .absent
        case .optional(let content): content.selectingOptionally { $0.element(at: index) }
        default: .wrong
        }
    }

    /// What selecting from an optional that holds this type gives: an optional, empty where there is nothing.
    private func selectingOptionally(_ select: (ExpressionType) -> Selection) -> Selection {
        var found: ExpressionType?
        var isSure = true
        for member in members {
            if member == .dyn { isSure = false }
            switch select(member) {
            case .type(let type), .doubtful(let type):
                // From an optional in the optional the selection is an optional already.
                let isNested = if case .optional = member { true } else { false }
                let content = isNested ? type.contentOfOptional : type
                found = found?.joined(with: content) ?? content
            case .absent: continue
            // Where the optional is empty there is no error.
            case .wrong: isSure = false
            }
        }
        let type = ExpressionType.optional(of: found ?? .dyn)
        return isSure ? .type(type) : .doubtful(type)
    }
}
