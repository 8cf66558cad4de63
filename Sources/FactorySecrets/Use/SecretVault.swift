public import FactoryJSON

/// The secrets one run may use, by name, in plain text and in memory only.
///
/// Expressions and templates never see a value: `secrets.NAME` gives an opaque mark that cannot be guessed (it holds a
/// random nonce). An executor turns marks into values at the last moment with ``reveal(_:for:)-(String,_)``, which says
/// where they go; whatever is stored or shown goes through ``conceal(_:)``, which turns marks into `{{ secrets.NAME }}`,
/// and through ``redactor``, which finds values that came back from outside.
public struct SecretVault: Sendable {
    private let secrets: [String: RunSecret]
    private let prefix: String

    /// Finds values and their usual encodings in text.
    public let redactor: Redactor

    /// - Parameters:
    ///   - secrets: by name.
    ///   - nonce: unguessable text, new for every process.
    public init(secrets: [String: RunSecret], nonce: String) {
        self.secrets = secrets
        prefix = "\u{E000}secret:\(nonce):"
        redactor = Redactor(secrets: secrets.mapValues(\.value))
    }

    /// A vault of secrets that may be used everywhere.
    public init(values: [String: String], nonce: String) {
        self.init(secrets: values.mapValues { RunSecret(value: $0) }, nonce: nonce)
    }

    private static let suffix = "\u{E001}"

    /// Names that have a value, sorted.
    public var names: [String] { secrets.keys.sorted() }

    /// What `secrets` means in a scope: every name with its mark.
    public var marks: JSON {
        .object(JSONObject(names.map { ($0, .string(mark(for: $0))) }))
    }

    /// The plain value of `name`, for use within this machine.
    ///
    /// - Throws: where there is none, or it is bound to hosts.
    public func value(named name: String) throws(SecretRefusal) -> String {
        guard let secret = secrets[name] else { throw .missing(name) }
        guard secret.hosts.isEmpty else { throw .boundToHosts(name, secret.hosts) }
        return secret.value
    }

    /// `text` with every mark replaced by its value, to be sent to `destination`.
    ///
    /// - Throws: where a mark stands for a secret that is bound to other hosts; nothing has been revealed then.
    public func reveal(_ text: String, for destination: SecretDestination) throws(SecretRefusal) -> String {
        guard holdsMark(text) else { return text }
        for (name, secret) in secrets where text.contains(mark(for: name)) {
            guard secret.mayGo(to: destination) else { throw .otherHost(name, destination, secret.hosts) }
        }
        return replacingMarks(in: text) { secrets[$0]?.value ?? "" }
    }

    /// `json` with every mark in any string replaced by its value, to be sent to `destination`.
    ///
    /// - Throws: as ``reveal(_:for:)-(String,_)``.
    public func reveal(_ json: JSON, for destination: SecretDestination) throws(SecretRefusal) -> JSON {
        try json.mappingTexts { text throws(SecretRefusal) in try reveal(text, for: destination) }
    }

    /// `text` with marks shown as `{{ secrets.NAME }}` and surfaced values redacted.
    public func conceal(_ text: String) -> String {
        redactor.redact(replacingMarks(in: text) { "{{ secrets.\($0) }}" })
    }

    /// `json` with marks and surfaced values concealed in every string, key and number.
    ///
    /// A number whose digits are a secret becomes text.
    public func conceal(_ json: JSON) -> JSON {
        guard !secrets.isEmpty else { return json }
        return switch json {
        case .string(let text): .string(conceal(text))
        case .array(let elements): .array(elements.map(conceal))
        case .object(let members):
            .object(JSONObject(members.map { (conceal($0.key), conceal($0.value)) }))
        case .int, .double: concealed(number: json)
        case .null, .bool: json
        }
    }

    /// True when `text` holds a mark.
    public func holdsMark(_ text: String) -> Bool { !secrets.isEmpty && text.contains(prefix) }

    private func concealed(number: JSON) -> JSON {
        let text = number.serialized()
        guard text.utf8.count >= Redactor.minimumBytes else { return number }
        let shown = redactor.redact(text)
        return shown == text ? number : .string(shown)
    }

    private func mark(for name: String) -> String { prefix + name + Self.suffix }

    private func replacingMarks(in text: String, with replacement: (String) -> String) -> String {
        guard holdsMark(text) else { return text }
        var result = text
        for name in secrets.keys {
            result = result.replacing(mark(for: name), with: replacement(name))
        }
        return result
    }
}

extension JSON {
    /// This value with `transform` applied to every string and every object key.
    fileprivate func mappingTexts<Failure: Error>(
        _ transform: (String) throws(Failure) -> String
    ) throws(Failure) -> JSON {
        switch self {
        case .string(let text): return .string(try transform(text))
        case .array(let elements):
            var mapped: [JSON] = []
            for element in elements { mapped.append(try element.mappingTexts(transform)) }
            return .array(mapped)
        case .object(let members):
            var mapped: [(String, JSON)] = []
            for (key, value) in members { mapped.append((try transform(key), try value.mappingTexts(transform))) }
            return .object(JSONObject(mapped))
        default: return self
        }
    }
}
