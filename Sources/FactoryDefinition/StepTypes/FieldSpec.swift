public import FactoryJSON

/// One field of a step type, as validation, the JSON Schema and the documentation read it.
public struct FieldSpec: Sendable {
    /// The key.
    public var name: String
    /// What it holds.
    public var shape: FieldShape
    /// True when it must be written.
    public var isRequired: Bool
    /// Its value where none is written; nil when absence means something of its own.
    public var defaultValue: JSON?
    /// Names beyond the usual ones that its CEL sees, such as `item`.
    public var extraNames: [String]
    /// True where `{{ secrets.X }}` may stand.
    public var allowsSecrets: Bool
    /// False for a part of the format that this build refuses.
    public var isInThisBuild: Bool
    /// What it does, in a sentence.
    public var summary: String
    /// When and why to write it, its unit, and what bounds it beside its shape; nil where the summary says all.
    public var details: String?
    /// What holds where it is not written and there is no default, in a few words.
    public var absence: String?

    init(
        _ name: String, _ shape: FieldShape, required: Bool = false, default defaultValue: JSON? = nil,
        names extraNames: [String] = [], secrets allowsSecrets: Bool = false, absent absence: String? = nil,
        _ summary: String, _ details: String? = nil
    ) {
        self.name = name
        self.shape = shape
        isRequired = required
        self.defaultValue = defaultValue
        self.extraNames = extraNames
        self.allowsSecrets = allowsSecrets
        isInThisBuild = true
        self.summary = summary
        self.details = details
        self.absence = absence
    }

    /// Summary and details in one text.
    public var description: String { details.map { "\(summary) \($0)" } ?? summary }

    /// How to write the field, as a hint.
    var writingHint: String {
        if case .value(_, .choice(let words, _)) = shape {
            return "add `\(name)`: one of " + words.joined(separator: ", ")
        }
        return "add `\(name)`: " + summary.prefix(1).lowercased()
            + summary.dropFirst().dropLast(summary.hasSuffix(".") ? 1 : 0)
    }

    /// A field that the format has and this build refuses.
    static func later(_ name: String, _ summary: String) -> FieldSpec {
        var spec = FieldSpec(name, .value(.static, .any), summary)
        spec.isInThisBuild = false
        return spec
    }
}

/// What holds between the fields of one object.
public enum FieldRule: Sendable, Hashable {
    /// At most one of these is written.
    case atMostOne([String])
    /// Exactly one of these is written.
    case exactlyOne([String])
    /// Exactly one of `fields` is written when `key` has one of `values`.
    case requiresOne([String], when: String, in: [String])
    /// Each of `fields` is written when `key` has one of `values`.
    case requires([String], when: String, in: [String])
    /// `field` means something only when `key` has one of `values`; it is refused otherwise.
    case only(String, when: String, in: [String])
    /// `field` has one of `words` when `key` has one of `values`.
    case words(String, [String], when: String, in: [String])
    /// `field` means something only beside `other`.
    case onlyBeside(String, other: String)
}
