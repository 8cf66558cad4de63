public import FactoryDomain
public import FactoryExpressions
public import FactoryJSON

/// A pipeline as a document describes it, checked, with its expressions and templates compiled.
public struct Pipeline: Sendable {
    /// The identity within its owner: lower-case letters, digits and `-`, 1 to 64.
    public var name: String
    /// For people; the name where none is given.
    public var title: String
    /// What it does.
    public var description: String?
    /// Words to find it by.
    public var tags: [String]
    /// What a run is given, in order.
    public var inputs: [InputField]
    /// What becomes of written files.
    public var changes: ChangePolicy
    /// In document order.
    public var steps: [Step]
    /// The run's outputs; nil for those of the steps that no other step needs (see ``endSteps``).
    public var outputs: [NamedExpression]?
    /// The document as it was read.
    public var document: JSON

    /// The ids of the steps that no other step needs, in document order.
    public var endSteps: [String] {
        let needed = Set(steps.flatMap(\.needs))
        return steps.map(\.id).filter { !needed.contains($0) }
    }
}

/// One input of a pipeline.
public struct InputField: Sendable, Hashable {
    /// The name under `inputs`.
    public var name: String
    /// Its JSON Schema, `default` and `optional` included as written.
    public var schema: JSON
    /// The value where none is given.
    public var defaultValue: JSON?
    /// True when the value is null where none is given.
    public var isOptional: Bool

    /// An input of these parts.
    public init(name: String, schema: JSON, defaultValue: JSON? = nil, isOptional: Bool = false) {
        self.name = name
        self.schema = schema
        self.defaultValue = defaultValue
        self.isOptional = isOptional
    }

    /// True when the value is the workspace path of a file uploaded at start.
    public var isFile: Bool { schema["format"] == "file" }
    /// True when a run cannot start without it.
    public var isRequired: Bool { defaultValue == nil && !isOptional }
}

/// A name and the CEL that gives its value.
public struct NamedExpression: Sendable {
    /// The name in the outputs.
    public var name: String
    /// What gives the value.
    public var expression: Expression
}
