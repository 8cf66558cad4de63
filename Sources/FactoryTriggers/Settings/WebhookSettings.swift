public import FactoryExpressions
public import FactoryJSON

/// What a webhook wants to know.
public struct WebhookSettings: Sendable {
    /// The names of the members. `secret` is taken and never shown.
    public static let names = ["preset", "signed", "if", "inputs", "environment"]

    /// How calls prove where they come from.
    public let preset: WebhookPreset
    /// False where the address alone is proof enough; only with the preset `generic`.
    public let isSigned: Bool
    /// Whether a call starts a run; nil for always.
    public let filter: Expression?
    /// The inputs of its runs, by name.
    public let inputs: [NamedInput]
    /// The environment whose secrets and variables its runs have; nil for those of none.
    public let environment: String?

    /// An input and where its value comes from.
    public struct NamedInput: Sendable {
        /// Its name.
        public let name: String
        /// Its value, of what `trigger` holds.
        public let expression: Expression
    }

    /// Reads settings.
    ///
    /// - Throws: ``TriggerError/invalid(_:)`` with everything that is wrong.
    public init(_ members: JSONObject) throws(TriggerError) {
        var reader = SettingsReader(members, known: Self.names, nullable: ["if", "environment"])
        preset = reader.choice("preset", or: .generic)
        isSigned = reader.flag("signed", or: true)
        if !isSigned, preset != .generic {
            reader.note(
                TriggerProblem(
                    "signed", "calls of the preset \(preset.rawValue) are always signed",
                    hint: "leave signed out, or use the preset generic"))
        }
        filter = reader.text("if").flatMap { Self.expression($0, at: "if", &reader) }
        environment = reader.text("environment", maxBytes: 200)
        inputs = reader.object("inputs").compactMap { name, value in
            guard let text = value.stringValue else {
                reader.note(
                    TriggerProblem(
                        "inputs.\(name)", "an input of a webhook is an expression, as text",
                        hint: "as in \"trigger.body.issue.title\"; a fixed text is \"'text'\", a number \"5\""))
                return nil
            }
            return Self.expression(text, at: "inputs.\(name)", &reader).map { NamedInput(name: name, expression: $0) }
        }
        guard reader.problems.isEmpty else { throw .invalid(reader.problems) }
    }

    private static func expression(_ text: String, at path: String, _ reader: inout SettingsReader) -> Expression? {
        do throws(ExpressionError) {
            let expression = try Expression(parsing: text)
            if let other = expression.references.first(where: { $0.path.first != "trigger" }) {
                reader.note(
                    TriggerProblem(
                        path, "“\(other.path.first ?? "")” means nothing here",
                        hint: "a webhook knows trigger.body, trigger.headers, trigger.event and trigger.id",
                        column: other.position.column))
                return nil
            }
            return expression
        } catch {
            reader.note(TriggerProblem(path, error.message, hint: error.hint, column: error.position.column))
            return nil
        }
    }

    /// The settings as they are kept and shown.
    public var json: JSONObject {
        var json: JSONObject = ["preset": .string(preset.rawValue), "signed": .bool(isSigned)]
        json["environment"] = environment.map(JSON.string) ?? .null
        json["if"] = filter.map { .string($0.source) } ?? .null
        json["inputs"] = .object(JSONObject(inputs.map { ($0.name, .string($0.expression.source)) }))
        return json
    }
}
