public import FactoryJSON

/// A text with `{{ expressions }}`, `{% if %}` and `{% for %}`, parsed and compiled once.
///
/// It is rendered once: what a value contains is never read as a template.
public struct Template: Sendable {
    /// The text it was parsed from.
    public let source: String
    /// The expression where the text is exactly one `{{ … }}` with nothing around it; its positions count from its own
    /// beginning.
    public let soleExpression: Expression?
    /// Free names of all its expressions, in the order of the source; loop variables are not among them.
    public let references: [Reference]
    /// Names of the functions and macros that its expressions call.
    public let calledFunctions: Set<String>
    let parts: [TemplatePart]

    /// Parses and compiles `source`.
    ///
    /// - Throws: ``ExpressionError`` for expressions as ``Expression/init(parsing:)``, and for tags that are unknown,
    ///   not closed or in the wrong place. Positions are those in `source`.
    public init(parsing source: String) throws(ExpressionError) {
        self.source = source
        let bytes = Array(source.utf8)
        do {
            var parser = TemplateParser(bytes)
            parts = try parser.parse()
            references = Reference.all(parser.references, in: bytes)
            calledFunctions = parser.calledFunctions
        } catch {
            throw ExpressionError(error, in: source)
        }
        if parts.count == 1, case .output(_, let text) = parts[0], text.isWhole {
            soleExpression = try Expression(parsing: String(decoding: bytes[text.inner], as: UTF8.self))
        } else {
            soleExpression = nil
        }
    }

    /// True for plain text, where there is nothing to render (comments and `{% raw %}` are resolved already).
    public var isConstant: Bool {
        parts.allSatisfy { if case .text = $0 { true } else { false } }
    }

    /// Renders the template in `scope`: the value itself where it is a sole expression, otherwise a string.
    ///
    /// In text, strings stand as they are, null as nothing, bools and numbers as in JSON, lists and maps as compact
    /// JSON. `limits` hold for all expressions of the template together.
    /// - Throws: ``ExpressionError`` for whatever goes wrong in an expression, and for a text beyond
    ///   ``EvaluationLimits/textBytes``.
    public func render(in scope: Scope, limits: EvaluationLimits = .standard) throws(ExpressionError)
        -> JSON
    {
        do throws(Failure) {
            var renderer = TemplateRenderer(scope, limits: limits)
            if soleExpression != nil, case .output(let program, _) = parts[0] {
                let value = try renderer.evaluate(program)
                do throws(ConversionFailure) {
                    return try value.json(limits: limits)
                } catch {
                    throw Failure(error, at: program.spans[program.root])
                }
            }
            try renderer.render(parts)
            return .string(renderer.text)
        } catch {
            throw ExpressionError(error, in: source)
        }
    }
}
