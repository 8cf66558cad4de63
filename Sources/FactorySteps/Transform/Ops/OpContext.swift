import FactoryDefinition
import FactoryDomain
import FactoryExpressions
import FactoryJSON

/// One op of a `transform` step: its name, its fields as rendered, its compiled expressions, and where it stands.
struct OpContext {
    /// What the op is called.
    let name: String
    /// What stands under its name, rendered.
    let argument: JSON
    private let place: Int
    private let fields: StepFields
    private let scope: Scope

    init(op: JSON, place: Int, fields: StepFields, scope: Scope) throws(StepFailure) {
        guard let members = op.objectValue, members.count == 1, let only = members.first else {
            throw StepFailure(code: "invalid_field", message: "ops[\(place)] is not an object of one op")
        }
        (name, argument) = only
        self.place = place
        self.fields = fields
        self.scope = scope
    }

    /// The value that the op makes of `value`.
    func apply(to value: JSON) throws(OpFailure) -> JSON {
        switch name {
        case "expression": try evaluate(try expression(), input: value)
        case "map": try map(value)
        case "filter": try filter(value)
        case "sort": try sort(value)
        case "pick": try PickPaths(argument).pick(from: value)
        case "convert": try ConvertOp(argument).apply(to: value)
        case "extract": try ExtractOp(argument).apply(to: value)
        case "template": try render(value)
        case "join": try join(value)
        case "validate": try validate(value)
        case "distinct": try distinct(value)
        case "take": try take(value)
        case "skip": try skip(value)
        case "group": try group(value)
        case "aggregate": try aggregate(value)
        case "omit": try omit(value)
        case "rename": try rename(value)
        case "set": try set(value)
        case "merge": try merge(value)
        case "flatten": try flatten(value)
        case "split": try SplitOp(argument).apply(to: value)
        case "trim": try trim(value)
        case "replace": try replace(value)
        case "diff": try diff(value)
        case "hash": try hash(value)
        case "diagnostics": try DiagnosticsOp(argument).apply(to: value)
        default: throw .field("the op", "\"\(name)\" is unknown")
        }
    }

    /// What went wrong, with op and place in front.
    func failure(_ failure: OpFailure) -> StepFailure {
        StepFailure(
            code: failure.code, class: failure.failureClass, message: "ops[\(place)] (\(name)): \(failure.message)",
            hint: failure.hint)
    }

    /// The CEL under `path` of the op, such as `/by`; the op's own when empty.
    func expression(_ path: String = "") throws(OpFailure) -> Expression {
        guard let expression = fields.expression(at: "/ops/\(place)/\(name)\(path)") else {
            throw .field(path.isEmpty ? "the expression" : String(path.dropFirst()), "is missing")
        }
        return expression
    }

    /// The value of `expression`, where `input` is the value so far.
    func evaluate(_ expression: Expression, input: JSON) throws(OpFailure) -> JSON {
        var scope = scope
        scope["input"] = input
        do {
            return try expression.json(in: scope)
        } catch {
            throw .expression(error)
        }
    }

    /// The values of `expression` for every element, in order.
    func evaluate(_ expression: Expression, each elements: Elements, input: JSON) throws(OpFailure) -> [JSON] {
        var values: [JSON] = []
        values.reserveCapacity(elements.count)
        try forEach(of: elements, input: input) { scope, place throws(OpFailure) in
            do throws(ExpressionError) {
                values.append(try expression.json(in: scope))
            } catch {
                throw .expression(error, at: elements.name(of: place))
            }
        }
        return values
    }

    /// Calls `body` with each element as `item`, and its `index` or `key`.
    func forEach(
        of elements: Elements, input: JSON, _ body: (Scope, Int) throws(OpFailure) -> Void
    ) throws(OpFailure) {
        var scope = scope
        scope["input"] = input
        for place in 0..<elements.count {
            if Task.isCancelled { throw .cancelled }
            scope["item"] = elements.values[place]
            switch elements.keys {
            case let keys?: scope["key"] = .string(keys[place])
            case nil: scope["index"] = .int(Int64(place))
            }
            try body(scope, place)
        }
    }

    private func render(_ value: JSON) throws(OpFailure) -> JSON {
        guard let template = fields.template(at: "/ops/\(place)/template") else {
            throw .field("the template", "is missing")
        }
        var scope = scope
        scope["input"] = value
        do {
            return try template.render(in: scope)
        } catch {
            throw .expression(error)
        }
    }
}

/// The elements of a list or the members of an object.
struct Elements {
    let values: [JSON]
    /// The keys of an object, nil for a list.
    let keys: [String]?

    init(_ value: JSON) throws(OpFailure) {
        switch value {
        case .array(let elements): (values, keys) = (elements, nil)
        case .object(let members): (values, keys) = (members.values, members.keys)
        default: throw .kind(value.kindName, wanted: "a list or an object")
        }
    }

    var count: Int { values.count }

    /// How a message calls an element.
    func name(of place: Int) -> String { keys.map { "key \"\($0[place])\"" } ?? "element \(place)" }

    /// A value of the same kind with `values` in the places of the elements, and nothing where one is nil.
    func replacing(_ values: [JSON?]) -> JSON {
        guard let keys else { return .array(values.compactMap(\.self)) }
        return .object(JSONObject(zip(keys, values).compactMap { key, value in value.map { (key, $0) } }))
    }
}
