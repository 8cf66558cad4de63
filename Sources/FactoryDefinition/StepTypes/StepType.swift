/// One step type: its fields, what holds between them and what a step of it gives.
///
/// This table is the only place where fields are listed: reading, checking, rendering, the JSON Schema and the
/// documentation follow it, and a test holds the executors equal to it.
public struct StepType: Sendable {
    /// The word under `type`.
    public var name: String
    /// Raised when a field's meaning changes; part of what a run remembers.
    public var version: Int
    /// What a step of this type does, in a sentence.
    public var summary: String
    /// Its fields under `with`, in the order they are documented.
    public var fields: [FieldSpec]
    /// What holds between them.
    public var rules: [FieldRule]
    /// The members of its result object.
    public var result: [ResultField]
    /// `timeout` where neither the step nor `defaults` sets one.
    public var defaultTimeout: Duration
    /// The longest an attempt may take, whatever `timeout` says; nil where the `timeout` alone counts.
    public var maximumTimeout: Duration?
    /// False for a type that this build refuses.
    public var isInThisBuild: Bool

    init(
        _ name: String, _ summary: String, fields: [FieldSpec], rules: [FieldRule] = [], result: [ResultField],
        defaultTimeout: Duration = .seconds(60), maximumTimeout: Duration? = nil, isInThisBuild: Bool = true
    ) {
        self.name = name
        version = 1
        self.summary = summary
        self.fields = fields
        self.rules = rules
        self.result = result
        self.defaultTimeout = defaultTimeout
        self.maximumTimeout = maximumTimeout
        self.isInThisBuild = isInThisBuild
    }

    /// All types of the format, in the order they are documented.
    public static let all: [StepType] = [
        .prompt, .code, .file, .api, .condition, .transform, .loop, .pipeline, .approval,
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The type with this name.
    public static func named(_ name: String) -> StepType? { byName[name] }
}
