import FactoryDomain
public import FactoryJSON

/// The document's format as JSON Schema (2020-12), made from the tables that the reader itself follows.
///
/// Every key and field has a description, its default and its words where it has some, and `x-kind`: `static` text means
/// what is written, an `expression` is CEL, a `template` is rendered. Good for forms and for completion in editors; what
/// only the whole document shows (names, order, cycles) is left to the reader. What this build refuses is left out.
public enum FormatSchema {
    /// The schema of a whole document.
    public static func document() -> JSON {
        var schema: JSONObject = [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Pipeline",
            "description": "A pipeline document, format version 1.",
        ]
        let top = FormatKeys.top
        for (key, value) in closed(top, known: PipelineReader.keys, required: ["version", "name", "steps"]) {
            schema[key] = value
        }
        schema["$defs"] = ["step": step(), "retry": retry()]
        return .object(schema)
    }

    /// The schema of one step: what all types have, and `with` by type.
    private static func step() -> JSON {
        let types = StepType.all.filter(\.isInThisBuild)
        var schema = closed(FormatKeys.step(types), known: StepReader.keys, required: ["id", "type"])
        schema["title"] = "Step"
        schema["allOf"] = .array(types.map(branch))
        return .object(schema)
    }

    private static func branch(of type: StepType) -> JSON {
        var fields = FieldSchema.object(type.fields, rules: type.rules)
        fields["title"] = .string(type.name)
        fields["description"] = .string(type.summary)
        fields["x-kind"] = "static"
        fields["x-result"] = ResultShape.object(type.resultMembers).schema
        let timeout = type.defaultTimeout.documentText
        var then = JSONObject()
        // `with` may be left out, or be empty, where one without fields would do.
        if let fits = try? JSONSchema(.object(fields)).accepts([:]), fits {
            fields["type"] = ["object", "null"]
        } else {
            then["required"] = ["with"]
        }
        then["properties"] = ["with": .object(fields), "timeout": ["default": .string(timeout)]]
        return [
            "if": ["properties": ["type": ["const": .string(type.name)]], "required": ["type"]],
            "then": .object(then),
        ]
    }

    private static func retry() -> JSON {
        var schema = closed(FormatKeys.retry, known: RetryReader.keys, required: [])
        schema["title"] = "Retry"
        schema["description"] = "When a failed attempt is repeated."
        return .object(schema)
    }

    /// An object of the described keys; keys that the reader knows and refuses have no description and are left out.
    static func closed(_ keys: [FormatKey], known: [String], required: [String]) -> JSONObject {
        var properties = JSONObject()
        for name in known {
            guard let key = keys.first(where: { $0.name == name }) else { continue }
            var schema = key.schema
            schema["title"] = .string(FieldSchema.title(name))
            schema["description"] = .string(key.summary)
            if let kind = key.kind { schema["x-kind"] = .string(kind.rawValue) }
            properties[name] = .object(schema)
        }
        var object: JSONObject = [
            "type": "object", "properties": .object(properties), "additionalProperties": false,
        ]
        if !required.isEmpty { object["required"] = .array(required.map(JSON.string)) }
        return object
    }
}

/// One of the document's own keys, as the schema describes it.
struct FormatKey {
    var name: String
    var kind: FieldKind?
    var schema: JSONObject
    var summary: String

    init(_ name: String, _ schema: JSONObject, kind: FieldKind? = .static, _ summary: String) {
        self.name = name
        self.kind = kind
        self.schema = schema
        self.summary = summary
    }
}
