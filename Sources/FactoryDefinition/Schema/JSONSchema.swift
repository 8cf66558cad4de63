public import FactoryJSON

/// A JSON Schema (draft 2020-12), checked when made, that says what is wrong with a value.
///
/// References stay within the schema. Unknown keywords are ignored and `format` is an annotation, as the standard says;
/// keywords of the standard it does not take (`unevaluatedProperties`, `unevaluatedItems`, `$dynamicRef`) make
/// the schema an error rather than a weaker check. Source: json-schema.org, draft 2020-12, core and validation.
public struct JSONSchema: Sendable {
    let root: JSON
    /// Compiled `pattern`s and `patternProperties`, by their source.
    let patterns: [String: SchemaPattern]
    /// Schemas that `$anchor` names.
    let anchors: [String: JSON]

    /// - Throws: the first thing wrong with the schema.
    public init(_ schema: JSON) throws(SchemaError) {
        var check = SchemaCheck(root: schema)
        try check.check(schema, at: .root, depth: 0)
        try check.resolveReferences()
        root = schema
        patterns = check.patterns
        anchors = check.anchors
    }

    /// Everything wrong with `value`, at most 50 violations; empty when it fits.
    public func violations(of value: JSON) -> [SchemaViolation] {
        var run = SchemaRun(schema: self, value: value)
        run.evaluate(value, against: root, at: .root, depth: 0)
        return run.violations
    }

    /// True when `value` fits.
    public func accepts(_ value: JSON) -> Bool { violations(of: value).isEmpty }

    /// The schema that a `$ref` within this document names.
    func target(of reference: String) -> JSON? {
        SchemaPointer.target(of: reference, in: root, anchors: anchors)
    }
}

/// What does not fit a schema.
public struct SchemaViolation: Sendable, Hashable, CustomStringConvertible {
    /// Where in the value: `files[0].name`; empty for the value itself.
    public var path: String
    /// What is wrong there.
    public var message: String

    /// A violation at `path`.
    public init(path: String, message: String) {
        self.path = path
        self.message = message
    }

    /// Place and message in one sentence.
    public var description: String { path.isEmpty ? message : "\(path) \(message)" }
}

/// Why a value is no JSON Schema that can be used.
public struct SchemaError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public var message: String
    /// Where in the schema: `properties.name.type`; empty for the schema itself.
    public var path: String

    /// An error at `path` of the schema.
    public init(message: String, path: String) {
        self.message = message
        self.path = path
    }

    /// The place as a phrase; nil for the schema itself.
    var place: String? { path.isEmpty ? nil : "look at `\(path)` of the schema" }

    /// Place and message.
    public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}
