public import FactoryJSON

/// The secrets one run may use, by name, in plain text and in memory only.
///
/// Expressions and templates never see a value: `secrets.NAME` gives an opaque mark that cannot be guessed (it holds a
/// random nonce). An executor turns marks into values at the last moment with ``reveal(_:)-(String)``; whatever is
/// stored or shown goes through ``conceal(_:)``, which turns marks into `{{ secrets.NAME }}`, and through ``redactor``,
/// which finds values that came back from outside.
public struct SecretVault: Sendable {
    private let values: [String: String]
    private let prefix: String

    /// Finds values and their usual encodings in text.
    public let redactor: Redactor

    /// - Parameters:
    ///   - values: plain values by name.
    ///   - nonce: unguessable text, new for every process.
    public init(values: [String: String], nonce: String) {
        self.values = values
        prefix = "\u{E000}secret:\(nonce):"
        redactor = Redactor(secrets: values)
    }

    private static let suffix = "\u{E001}"

    /// Names that have a value, sorted.
    public var names: [String] { values.keys.sorted() }

    /// What `secrets` means in a scope: every name with its mark.
    public var marks: JSON {
        .object(JSONObject(names.map { ($0, .string(mark(for: $0))) }))
    }

    /// The plain value of `name`; nil when there is none.
    public func value(named name: String) -> String? { values[name] }

    /// `text` with every mark replaced by its value.
    public func reveal(_ text: String) -> String {
        replacingMarks(in: text) { values[$0] ?? "" }
    }

    /// `json` with every mark in any string replaced by its value.
    public func reveal(_ json: JSON) -> JSON { json.mappingStrings(reveal) }

    /// `text` with marks shown as `{{ secrets.NAME }}` and surfaced values redacted.
    public func conceal(_ text: String) -> String {
        redactor.redact(replacingMarks(in: text) { "{{ secrets.\($0) }}" })
    }

    /// `json` with marks and surfaced values concealed in every string and key.
    public func conceal(_ json: JSON) -> JSON {
        values.isEmpty ? json : json.mappingStrings(conceal)
    }

    /// True when `text` holds a mark.
    public func holdsMark(_ text: String) -> Bool { !values.isEmpty && text.contains(prefix) }

    private func mark(for name: String) -> String { prefix + name + Self.suffix }

    private func replacingMarks(in text: String, with replacement: (String) -> String) -> String {
        guard holdsMark(text) else { return text }
        var result = text
        for name in values.keys {
            result = result.replacing(mark(for: name), with: replacement(name))
        }
        return result
    }
}

extension JSON {
    /// This value with `transform` applied to every string and every object key.
    func mappingStrings(_ transform: (String) -> String) -> JSON {
        switch self {
        case .string(let text): .string(transform(text))
        case .array(let elements): .array(elements.map { $0.mappingStrings(transform) })
        case .object(let members):
            .object(JSONObject(members.map { (transform($0.key), $0.value.mappingStrings(transform)) }))
        default: self
        }
    }
}
