import FactoryExpressions
import FactoryJSON

/// One op of a transform: what it takes, and what it makes of it.
struct OpType {
    let name: String
    let argument: JSON
    /// The value so far.
    let value: ExpressionType
    let parts: [CheckedPart]
    let scope: TypeScope
    let check: PartCheck

    /// True for an op that there is.
    static func isKnown(_ name: String) -> Bool { names.contains(name) }

    private static let names: Set<String> = {
        for field in StepType.transform.fields {
            if case .list(.oneKey(let ops), _) = field.shape { return Set(ops.map(\.name)) }
        }
        return []
    }()

    // MARK: What it takes

    private static let lists: Set<String> = [
        "sort", "distinct", "take", "skip", "group", "aggregate", "flatten", "join",
    ]
    private static let collections: Set<String> = ["map", "filter"]
    private static let objects: Set<String> = ["pick", "omit", "rename", "set"]
    private static let texts: Set<String> = ["extract", "split", "diff", "hash", "diagnostics"]
    private static let anyList = ExpressionType.list(of: .dyn)
    private static let anyObject = ExpressionType.map(of: .dyn)

    private var wanted: (type: ExpressionType, words: String) {
        switch name {
        case _ where Self.lists.contains(name): (Self.anyList, "a list")
        case _ where Self.collections.contains(name): (.union([Self.anyList, Self.anyObject]), "a list or an object")
        case _ where Self.objects.contains(name):
            (.union([.list(of: Self.anyObject), Self.anyObject]), "an object or a list of objects")
        case _ where Self.texts.contains(name): (.string, "text")
        case "merge": (.union([Self.anyObject, .null]), "an object")
        case "trim" where argument == false: (.dyn, "any value")
        case "trim", "replace": (.union([.string, .list(of: .string)]), "text or a list of texts")
        case "convert" where source != nil: (.string, "text where `from` is written")
        default: (.dyn, "any value")
        }
    }

    /// False where no value of the type is one that the op takes.
    var isTaken: Bool { value.overlaps(wanted.type) }

    var wantedWords: String { wanted.words }

    /// What to do about a value that is not taken.
    var hint: String? {
        if name == "convert" { return "leave `from` out where the value is structured already" }
        if Self.texts.contains(name) { return "convert: {to: json} writes the value as text" }
        if value == .string { return "split and extract make lists of a text; convert: {from: …} reads one" }
        return nil
    }

    // MARK: What it gives

    /// Checks the op's own expressions, with nothing known of the value.
    func checkRest() {
        var scope = scope
        for root in ["input", "item", "index", "key"] { scope[root] = .dyn }
        for part in parts { _ = check.check(part, in: scope) }
    }

    func result() -> ExpressionType {
        switch name {
        case "expression": return types(input: value).first?.type ?? .dyn
        case "aggregate": return .object(ObjectType(types(input: value).map { ObjectType.Field($0.name, $0.type) }))
        case "template": return types(input: value).first?.type ?? .string
        case "map": return mapped()
        case "filter": return filtered()
        case "sort", "distinct": return ordered()
        case "group":
            let key = elementTypes().first?.type ?? .dyn
            return .list(of: .fields([("key", key), ("items", .list(of: element))]))
        case "set", "merge", "diff": return changed()
        default:
            for part in parts { _ = check.check(part, in: scope) }
            return plain()
        }
    }

    /// The result of an op without expressions.
    private func plain() -> ExpressionType {
        switch name {
        case "take", "skip": .list(of: element)
        case "flatten": argument == false ? value : .list(of: flattened)
        case "pick", "omit", "rename": value.overlaps(Self.anyList) ? anyObjects : Self.anyObject
        case "convert": converted()
        case "extract": extracted()
        case "split": .list(of: .string)
        case "join", "hash": .string
        case "trim", "replace", "validate": value
        case "diagnostics": .list(of: Self.diagnostic)
        default: .dyn
        }
    }

    private var anyObjects: ExpressionType {
        value.overlaps(Self.anyObject)
            ? .union([.list(of: Self.anyObject), Self.anyObject]) : .list(of: Self.anyObject)
    }

    private func changed() -> ExpressionType {
        switch name {
        case "set":
            var scope = scope
            scope["input"] = value
            let isList = value.overlaps(Self.anyList)
            scope["item"] = isList && value.overlaps(Self.anyObject) ? .dyn : isList ? element : value
            scope["index"] = .int
            for part in parts { _ = check.check(part, in: scope) }
            return isList ? anyObjects : Self.anyObject
        case "merge":
            _ = types(input: value)
            return Self.anyObject
        default:
            _ = types(input: value)
            return .string
        }
    }

    private func mapped() -> ExpressionType {
        let type = elementTypes().first?.type ?? .dyn
        return collection(of: type)
    }

    private func filtered() -> ExpressionType {
        _ = elementTypes()
        return collection(of: element)
    }

    private func ordered() -> ExpressionType {
        _ = elementTypes()
        return .list(of: element)
    }

    /// A list or an object, as the value is one, of these elements.
    private func collection(of element: ExpressionType) -> ExpressionType {
        if value == .dyn { return .dyn }
        let isList = value.overlaps(Self.anyList)
        if isList, value.overlaps(Self.anyObject) { return .union([.list(of: element), .map(of: element)]) }
        return isList ? .list(of: element) : .map(of: element)
    }

    /// What `item` is.
    private var element: ExpressionType {
        .joining(
            value.members.compactMap { member -> ExpressionType? in
                switch member {
                case .list(let element), .map(let element): element
                case .object(let object): .joining(object.fields.map(\.type) + (object.rest.map { [$0] } ?? []))
                case .dyn: .dyn
                default: nil
                }
            })
    }

    private var flattened: ExpressionType {
        .joining(element.members.map { if case .list(let inner) = $0 { inner } else { $0 } })
    }

    /// The op's expressions, each with its last key, where `input` is the value so far.
    private func types(input: ExpressionType) -> [(name: String, type: ExpressionType)] {
        var scope = scope
        scope["input"] = input
        return parts.map { part in (part.lastKey, check.check(part, in: scope).asJSON) }
    }

    /// The op's expressions, where `item` is an element.
    private func elementTypes() -> [(name: String, type: ExpressionType)] {
        var scope = scope
        scope["input"] = value
        scope["item"] = element
        if value.overlaps(Self.anyList) { scope["index"] = .int }
        if value.overlaps(Self.anyObject) { scope["key"] = .string }
        return parts.map { part in (part.lastKey, check.check(part, in: scope).asJSON) }
    }

    private var source: String? { format("from") }

    private func format(_ field: String) -> String? {
        argument[field]?.stringValue.flatMap { $0 == "value" ? nil : $0 }
    }

    private func converted() -> ExpressionType {
        if format("to") != nil { return .string }
        switch source {
        case nil: return value
        case "csv", "tsv":
            return argument["header"] == false ? .list(of: .list(of: .string)) : .list(of: .map(of: .string))
        case "lines": return .list(of: .string)
        case "jsonl": return Self.anyList
        default: return .dyn
        }
    }

    private func extracted() -> ExpressionType {
        let part: ExpressionType =
            switch argument["what"] {
            case "code_blocks", "regex": .string
            case "front_matter": .fields([("data", .dyn), ("body", .string)])
            default: .dyn
            }
        return argument["first"] == true ? part : .list(of: part)
    }

    private static let diagnostic = ExpressionType.fields([
        ("file", .union([.string, .null])), ("line", .union([.int, .null])), ("column", .union([.int, .null])),
        ("severity", .string), ("message", .string),
    ])
}

extension CheckedPart {
    /// The last key of the path: the name in `aggregate`.
    fileprivate var lastKey: String { if case .key(let key) = path.parts.last { key } else { "" } }
}
