public import FactoryExpressions
public import FactoryJSON

/// A step's `with`, compiled against the field table of its type.
public struct StepFields: Sendable {
    /// As it was written.
    public let raw: JSON
    /// Every name that its expressions and templates look up.
    public let references: [Reference]
    private let compiled: CompiledValue
    private let expressions: [String: Expression]
    private let templates: [String: Template]

    init(
        raw: JSON, references: [Reference], compiled: CompiledValue, expressions: [String: Expression],
        templates: [String: Template]
    ) {
        self.raw = raw
        self.references = references
        self.compiled = compiled
        self.expressions = expressions
        self.templates = templates
    }

    /// No fields at all.
    static let none = StepFields(raw: [:], references: [], compiled: .constant([:]), expressions: [:], templates: [:])

    /// The fields with templates rendered and the table's defaults filled in; static and expression fields, and
    /// templates that the executor renders itself, stay as written.
    /// - Throws: the first template that cannot be rendered, with its place.
    public func render(in scope: Scope) throws(FieldError) -> JSON {
        try compiled.render(in: scope, path: "with")
    }

    /// The CEL of the expression field at a JSON Pointer into `with`, for example `/cases/0/when`.
    public func expression(at pointer: String) -> Expression? { expressions[pointer] }

    /// The template, at a JSON Pointer into `with`, that the executor renders itself.
    public func template(at pointer: String) -> Template? { templates[pointer] }
}

/// A template of a step's field could not be rendered.
public struct FieldError: Error, Sendable, Hashable {
    /// Where, from the step: `with.messages[0].content`.
    public var path: String
    /// What was wrong.
    public var error: ExpressionError

    /// An error at `path`.
    public init(path: String, error: ExpressionError) {
        self.path = path
        self.error = error
    }
}

/// A value of `with`, ready to be rendered; parts without templates are kept whole.
indirect enum CompiledValue: Sendable {
    case constant(JSON)
    case template(Template)
    case list([CompiledValue])
    case object([(key: String, value: CompiledValue)])

    /// The value, if nothing is left to render.
    var constant: JSON? { if case .constant(let value) = self { value } else { nil } }

    static func list(folding elements: [CompiledValue]) -> CompiledValue {
        let constants = elements.compactMap(\.constant)
        return constants.count == elements.count ? .constant(.array(constants)) : .list(elements)
    }

    static func object(folding members: [(key: String, value: CompiledValue)]) -> CompiledValue {
        var object = JSONObject()
        for (key, value) in members {
            guard let constant = value.constant else { return .object(members) }
            object[key] = constant
        }
        return .constant(.object(object))
    }

    func render(in scope: Scope, path: String) throws(FieldError) -> JSON {
        switch self {
        case .constant(let value): return value
        case .template(let template):
            do {
                return try template.render(in: scope)
            } catch {
                throw FieldError(path: path, error: error)
            }
        case .list(let elements):
            var rendered: [JSON] = []
            rendered.reserveCapacity(elements.count)
            for (index, element) in elements.enumerated() {
                rendered.append(try element.render(in: scope, path: "\(path)[\(index)]"))
            }
            return .array(rendered)
        case .object(let members):
            var object = JSONObject()
            for (key, value) in members { object[key] = try value.render(in: scope, path: "\(path).\(key)") }
            return .object(object)
        }
    }
}
