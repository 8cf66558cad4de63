public import FactoryExpressions

/// One member of a step's result.
public struct ResultField: Sendable, Hashable {
    /// The key.
    public var name: String
    /// What it holds, in a sentence.
    public var summary: String
    /// What it holds, for the check of expressions.
    public var shape: ResultRule
    /// When it is there.
    public var presence: ResultPresence

    init(
        _ name: String, _ shape: ResultRule, if presence: ResultPresence = .always, _ summary: String
    ) {
        self.name = name
        self.shape = shape
        self.presence = presence
        self.summary = summary
    }

    init(
        _ name: String, _ type: ExpressionType, if presence: ResultPresence = .always, _ summary: String
    ) {
        self.init(name, .type(type), if: presence, summary)
    }
}

/// What is known of a member of a result before the step runs.
public enum ResultRule: Sendable, Hashable {
    /// It is of this type.
    case type(ExpressionType)
    /// It fits the JSON Schema in this field.
    case schema(field: String)
    /// Its type goes by the word in this field, or by the field's default.
    case word(field: String, [String: ExpressionType])
    /// It is of the first type where this field is written, otherwise of the second.
    case written(field: String, ExpressionType, otherwise: ExpressionType)
    /// It is what the field `ops` makes of the field `input`.
    case transformed
}

/// When a member of a result is there, for a step that succeeded.
public enum ResultPresence: Sendable, Hashable {
    /// Always.
    case always
    /// Where this field is written.
    case written(field: String)
    /// Where this field, or its default, is one of these words.
    case word(field: String, in: [String])
    /// Where this field, or its default, is one of the first words; for the last, that depends on the run.
    case sometimes(field: String, surely: [String], perhaps: String)
}
