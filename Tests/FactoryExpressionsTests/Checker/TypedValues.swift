import FactoryExpressions
import FactoryJSON

/// Types for the roots `a` to `d`, and values of these types.
struct TypedValues {
    private(set) var scope = TypeScope()
    private let types: [(name: String, type: ExpressionType)]

    static func scope(_ random: inout SeededRandomness) -> TypedValues {
        TypedValues(types: ["a", "b", "c", "d"].map { ($0, type(depth: 2, &random)) })
    }

    private init(types: [(name: String, type: ExpressionType)]) {
        self.types = types
        for (name, type) in types { scope[name] = type }
    }

    /// A scope with a value of its type for every root.
    func values(_ random: inout SeededRandomness) -> Scope {
        var scope = Scope()
        for (name, type) in types { scope[name] = Self.value(of: type, &random) }
        scope.now = Moment(seconds: 1_767_225_600)
        return scope
    }

    private static func type(depth: Int, _ random: inout SeededRandomness) -> ExpressionType {
        switch random.below(depth > 0 ? 14 : 7) {
        case 0: return .int
        case 1: return .double
        case 2, 3: return .string
        case 4: return .bool
        case 5: return random.below(3) == 0 ? .dyn : .number
        case 6: return .null
        case 7, 8: return .list(of: type(depth: depth - 1, &random))
        case 9: return .map(of: type(depth: depth - 1, &random))
        case 10: return type(depth: depth - 1, &random).joined(with: type(depth: depth - 1, &random))
        default:
            let names = ["k", "m", "n"].filter { _ in random.below(3) > 0 } + ["o"]
            let fields = names.map { name in
                ObjectType.Field(
                    name, type(depth: depth - 1, &random), isOptional: name != "o" && random.below(3) == 0)
            }
            return .object(ObjectType(fields, rest: random.below(4) == 0 ? .string : nil))
        }
    }

    /// A value of `type`; lists and maps have elements.
    private static func value(of type: ExpressionType, _ random: inout SeededRandomness) -> JSON {
        switch type {
        case .null: return .null
        case .bool: return .bool(Bool.random(using: &random))
        case .int: return .int(random.one(of: [-1, 0, 1, 2, 3]))
        case .double: return .double(random.one(of: [-0.5, 0, 1, 2.5]))
        case .string: return .string(random.one(of: ["", "k", "1", "a b", "2026-01-01T00:00:00Z"]))
        case .list(let element):
            return .array((0...random.below(2)).map { _ in value(of: element, &random) })
        case .map(let element):
            return .object(JSONObject((0...random.below(2)).map { (["k", "m"][$0], value(of: element, &random)) }))
        case .object(let object):
            var members = JSONObject()
            for field in object.fields where !field.isOptional || Bool.random(using: &random) {
                members[field.name] = value(of: field.type, &random)
            }
            if let rest = object.rest, Bool.random(using: &random) { members["z"] = value(of: rest, &random) }
            return .object(members)
        case .union(let members): return value(of: random.one(of: members), &random)
        default: return random.one(of: [1, "x", nil, [1, "a"], ["k": 1]])
        }
    }
}
