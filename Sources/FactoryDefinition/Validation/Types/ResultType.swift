import FactoryExpressions
import FactoryJSON

/// Works out the result of a step from its type's table and what is written under `with`.
struct ResultType {
    let type: StepType
    /// As written.
    let with: JSON
    /// What a transform's ops come to.
    let transformed: ExpressionType

    /// The result of a step that succeeded.
    var success: ExpressionType { object(isFailure: false) }

    /// What a failed step may leave: any of the members.
    var failure: ExpressionType { object(isFailure: true) }

    private func object(isFailure: Bool) -> ExpressionType {
        var fields: [ObjectType.Field] = []
        for field in type.result {
            guard isFailure || isThere(field.presence) != .never else { continue }
            fields.append(
                ObjectType.Field(
                    field.name, shape(field.shape), isOptional: isFailure || isThere(field.presence) == .perhaps))
        }
        return .object(ObjectType(fields))
    }

    private enum Presence { case never, perhaps, surely }

    private func isThere(_ presence: ResultPresence) -> Presence {
        switch presence {
        case .always: return .surely
        case .written(let field): return isWritten(field) ? .surely : .never
        case .word(let field, let words):
            guard let word = word(field) else { return .perhaps }
            return words.contains(word) ? .surely : .never
        case .sometimes(let field, let surely, let perhaps):
            guard let word = word(field) else { return .perhaps }
            return surely.contains(word) ? .surely : word == perhaps ? .perhaps : .never
        }
    }

    private func shape(_ shape: ResultRule) -> ExpressionType {
        switch shape {
        case .type(let type): type
        case .schema(let field): with[field].map { SchemaType.of($0) } ?? .dyn
        case .word(let field, let types): word(field).flatMap { types[$0] } ?? .dyn
        case .written(let field, let type, let otherwise): isWritten(field) ? type : otherwise
        case .transformed: transformed
        }
    }

    private func isWritten(_ field: String) -> Bool { with[field].map { !$0.isNull } ?? false }

    /// The word in a static field, or its default.
    private func word(_ field: String) -> String? {
        with[field]?.stringValue ?? type.fields.first { $0.name == field }?.defaultValue?.stringValue
    }
}
