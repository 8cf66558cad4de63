public import FactoryJSON

/// Prints a document in its one canonical form, the same for documents that mean the same.
///
/// Keys stand in the order of the format's tables, unknown ones behind them as they were; steps are kept in order, with
/// a blank line between them. Comments and style of a source are not kept: to change a text and keep them, use
/// ``DocumentEditor``.
public enum DocumentPrinter {
    /// The document as YAML, with a line end at its end; read again, it is the same value.
    public static func yaml(_ document: JSON) -> String {
        guard case .object(let members) = canonical(document), !members.isEmpty else { return YAML.print(document) }
        return members.map { key, value -> String in
            let steps = value.arrayValue ?? []
            guard key == "steps", !steps.isEmpty else {
                return FlowText.key(key) + ":" + BlockPrinter.suffix(value, column: 0) + "\n"
            }
            return "steps:\n" + steps.map { "  - " + BlockPrinter.block($0, indent: 4) + "\n" }.joined(separator: "\n")
        }.joined()
    }

    /// The document as indented JSON, with a line end at its end.
    public static func json(_ document: JSON) -> String { canonical(document).serialized(pretty: true) + "\n" }

    /// The document with its keys in the order of the format's tables.
    public static func canonical(_ document: JSON) -> JSON {
        guard case .object(var members) = document else { return document }
        if case .object(var defaults)? = members["defaults"] {
            order(&defaults, "retry", RetryReader.keys)
            members["defaults"] = .object(ordered(defaults, StepDefaults.keys))
        }
        if let steps = members["steps"]?.arrayValue { members["steps"] = .array(steps.map(step)) }
        return .object(ordered(members, PipelineReader.keys))
    }

    private static func step(_ value: JSON) -> JSON {
        guard case .object(var members) = value else { return value }
        order(&members, "retry", RetryReader.keys)
        if let type = members["type"]?.stringValue.flatMap(StepType.named), let fields = members["with"] {
            members["with"] = object(fields, type.fields)
        }
        return .object(ordered(members, StepReader.keys))
    }

    private static func object(_ value: JSON, _ specs: [FieldSpec]) -> JSON {
        guard case .object(var members) = value else { return value }
        for spec in specs {
            if let inner = members[spec.name] { members[spec.name] = shaped(inner, spec.shape) }
        }
        return .object(ordered(members, specs.map(\.name)))
    }

    private static func shaped(_ value: JSON, _ shape: FieldShape) -> JSON {
        switch shape {
        case .value: return value
        case .list(let element, _), .oneOrMany(let element, _):
            guard let elements = value.arrayValue else { return shaped(value, element) }
            return .array(elements.map { shaped($0, element) })
        case .map(let element):
            guard case .object(let members) = value else { return value }
            return .object(JSONObject(members.map { ($0.key, shaped($0.value, element)) }))
        case .object(let specs, _), .oneKey(let specs): return object(value, specs)
        }
    }

    private static func order(_ members: inout JSONObject, _ key: String, _ keys: [String]) {
        if case .object(let inner)? = members[key] { members[key] = .object(ordered(inner, keys)) }
    }

    private static func ordered(_ members: JSONObject, _ keys: [String]) -> JSONObject {
        var result = JSONObject()
        for key in keys { result[key] = members[key] }
        for (key, value) in members where !result.contains(key) { result[key] = value }
        return result
    }
}
