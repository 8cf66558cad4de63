import FactoryDomain
import FactoryExpressions

/// Why an op has no value.
struct OpFailure: Error {
    var code: String
    var failureClass: StepFailure.Class = .other
    /// As a sentence without a full stop; the op and its place are put in front.
    var message: String
    var hint: String?

    /// The attempt was stopped meanwhile.
    static let cancelled = OpFailure(code: "cancelled", message: "it was stopped")

    /// A value that the op does not take.
    static func input(_ message: String, hint: String? = nil) -> OpFailure {
        OpFailure(code: "invalid_input", message: message, hint: hint)
    }

    /// A value of the wrong kind.
    static func kind(_ actual: String, wanted: String) -> OpFailure {
        .input("it takes \(wanted), not \(actual.withArticle)")
    }

    /// A field of the op that cannot be used.
    static func field(_ name: String, _ problem: String, hint: String? = nil) -> OpFailure {
        OpFailure(code: "invalid_field", message: "\(name) \(problem)", hint: hint)
    }

    /// CEL without a value, for one element where there are several.
    static func expression(_ error: ExpressionError, at element: String? = nil) -> OpFailure {
        let place = element.map { " for \($0)" } ?? ""
        return OpFailure(
            code: "expression_error",
            message: "\(error.message)\(place), at line \(error.position.line), column \(error.position.column) of "
                + "\(error.sourceLine.trimmedForMessage)",
            hint: error.hint)
    }

    /// A text that is not what it should be.
    static func format(_ failure: ValueFormat.Failure) -> OpFailure { .input(failure.message, hint: failure.hint) }
}

extension String {
    /// `a list`, `an object`, `null`.
    var withArticle: String {
        switch self {
        case "null": self
        case "integer", "object": "an \(self)"
        default: "a \(self)"
        }
    }

    fileprivate var trimmedForMessage: String { "`" + (count > 120 ? String(prefix(120)) + "…" : self) + "`" }
}
