public import FactoryJSON

/// Makes a run's inputs of the values that were given: defaults filled in, optional ones null, all checked.
public struct InputCheck: Sendable {
    private let fields: [InputField]

    /// For the inputs of a pipeline.
    public init(_ fields: [InputField]) {
        self.fields = fields
    }

    /// The final inputs, in the document's order, or everything wrong with what was given.
    public func check(_ given: JSONObject) -> InputReading {
        var problems: [Problem] = []
        var values = JSONObject()
        let names = Set(fields.map(\.name))
        for name in given.keys where !names.contains(name) { problems.append(unknown(name)) }
        for field in fields {
            guard let value = given[field.name] else {
                values[field.name] = field.defaultValue ?? .null
                if field.isRequired { problems.append(missing(field)) }
                continue
            }
            values[field.name] = value
            if value.isNull, field.isOptional { continue }
            problems += check(value, field)
        }
        return InputReading(values: problems.isEmpty ? .object(values) : nil, problems: problems)
    }

    /// The value that `text`, given on a command line, stands for by the schema of the input `name`.
    ///
    /// Text stays text where the schema takes a string; otherwise it is read as JSON, and must be of a type that the
    /// schema takes.
    /// - Throws: the problem, with a hint on how to write the value.
    public func value(fromText text: String, for name: String) throws(Problem) -> JSON {
        guard let field = fields.first(where: { $0.name == name }) else { throw unknown(name) }
        let types = Self.types(of: field.schema)
        if types.isEmpty || types.contains("string") { return untyped(text, types) }
        guard let value = try? JSON(parsing: text) else {
            if field.isOptional, text.isEmpty { return .null }
            throw conversion(text, field, types)
        }
        guard types.contains(where: { SchemaValue.has(value, type: $0) }) || value.isNull && field.isOptional else {
            throw conversion(text, field, types)
        }
        return value
    }

    /// Where a string would do, a value that is more exactly of another type is taken as that type: `3` for
    /// `[integer, string]`, `{"a": 1}` where the schema says nothing.
    private func untyped(_ text: String, _ types: [String]) -> JSON {
        guard types != ["string"], let value = try? JSON(parsing: text) else { return .string(text) }
        let others = types.filter { $0 != "string" }
        if types.isEmpty { return value.stringValue == nil ? value : .string(text) }
        return others.contains { SchemaValue.has(value, type: $0) } ? value : .string(text)
    }

    /// The types that a schema names, by `type` or by the kinds of `enum` and `const`; empty where it says nothing.
    private static func types(of schema: JSON) -> [String] {
        if let name = schema["type"]?.stringValue { return [name] }
        if let names = schema["type"]?.arrayValue { return names.compactMap(\.stringValue) }
        let values = schema["enum"]?.arrayValue ?? schema["const"].map { [$0] } ?? []
        let names = SchemaCheck.types.filter { $0 != "number" }
        return names.filter { name in values.contains { SchemaValue.has($0, type: name) } }
    }

    private func check(_ value: JSON, _ field: InputField) -> [Problem] {
        guard let schema = try? JSONSchema(field.schema) else { return [] }
        return schema.violations(of: value).map { violation in
            Problem(
                .invalidInput, message: "input `\(field.name)`: \(violation)", hint: hint(for: field),
                path: "inputs.\(field.name)" + (violation.path.isEmpty ? "" : Self.joined(violation.path)))
        }
    }

    private static func joined(_ path: String) -> String { path.hasPrefix("[") ? path : ".\(path)" }

    private func unknown(_ name: String) -> Problem {
        let names = fields.map(\.name)
        let known = names.isEmpty ? "the pipeline has no inputs" : "known: " + names.joined(separator: ", ")
        return Problem(
            .unknownInput, message: "unknown input `\(name.prefix(80))`",
            hint: Suggestion.hint(for: name, among: names) ?? known, path: "inputs.\(name.prefix(80))")
    }

    private func missing(_ field: InputField) -> Problem {
        Problem(
            .missingInput, message: "the input `\(field.name)` is missing",
            hint: hint(for: field) ?? "give it a value; it has no default", path: "inputs.\(field.name)")
    }

    private func conversion(_ text: String, _ field: InputField, _ types: [String]) -> Problem {
        let kinds = types.map(SchemaValue.withArticle).joined(separator: " or ")
        let example =
            types.compactMap { Self.examples[$0] }.first.map { ", such as `\(field.name)=\($0)`" } ?? ""
        return Problem(
            .invalidInput, message: "input `\(field.name)` takes \(kinds), and `\(text.prefix(60))` is none",
            hint: "write it as JSON\(example)", path: "inputs.\(field.name)")
    }

    private static let examples = [
        "integer": "3", "number": "0.5", "boolean": "true", "array": #"["a", "b"]"#, "object": #"{"key": 1}"#,
        "null": "null",
    ]

    private func hint(for field: InputField) -> String? {
        if let choices = field.schema["enum"]?.arrayValue { return "one of \(SchemaValue.list(choices))" }
        if field.isFile { return "give the path of a file" }
        if let description = field.schema["description"]?.stringValue { return description }
        return Self.types(of: field.schema).first.map { "give \(SchemaValue.withArticle($0))" }
    }
}

/// What given inputs came to.
public struct InputReading: Sendable {
    /// An object with every input of the pipeline; nil when there are problems.
    public let values: JSON?
    /// Everything wrong, without line and column.
    public let problems: [Problem]
}
