/// What a field's value looks like.
public indirect enum FieldShape: Sendable {
    /// One value.
    case value(FieldKind, ValueType)
    /// A list of at most `max` elements.
    case list(FieldShape, max: Int)
    /// One element or a list of them.
    case oneOrMany(FieldShape, max: Int)
    /// An object with free keys.
    case map(FieldShape)
    /// An object with known keys.
    case object([FieldSpec], rules: [FieldRule])
    /// An object with exactly one of these keys.
    case oneKey([FieldSpec])
}

/// What a single value may be. Text with `{{ … }}` in a template field may stand for any of them.
public enum ValueType: Sendable, Hashable {
    /// Any value; strings inside it, at any depth, are of the field's kind.
    case any
    case bool
    case integer(ClosedRange<Int64>)
    case number(ClosedRange<Double>)
    case text
    /// A program.
    case code
    /// Text, a number or a bool, written as text.
    case scalar
    /// One of these words. `later` are known words that are not in this build.
    case choice([String], later: [String] = [])
    /// `250ms`, `30s`, `5m`, `2h`.
    case duration(ClosedRange<Duration>)
    /// Bytes: an integer or `512MiB`.
    case size(ClosedRange<Int64>)
    /// A path within the workspace.
    case path
    /// `provider/name` or an alias.
    case model
    /// A JSON Schema.
    case schema
    /// The name of a secret.
    case secretName
    /// A step's id, `end` or `fail`.
    case branchTarget
    /// An HTTP status, `2xx` or `200-299`.
    case statusRange
}
