import FactoryJSON

/// One field in the words of a reference.
struct FieldText {
    private let spec: FieldSpec
    private let rules: [FieldRule]

    init(_ spec: FieldSpec, rules: [FieldRule]) { (self.spec, self.rules) = (spec, rules) }

    /// How its text is read.
    var kind: String { Self.kind(of: spec.shape) }

    /// What it takes, with the bounds of its shape.
    var takes: String { Self.takes(spec.shape) }

    /// What holds where it is not written.
    var usual: String {
        if spec.isRequired { return "required" }
        if let value = spec.defaultValue { return "`\(value.stringValue.map(Self.quoted) ?? value.serialized())`" }
        return spec.absence ?? ""
    }

    /// Everything else there is to say of it.
    var meaning: String {
        var sentences = [spec.description] + rules.compactMap(sentence)
        if !spec.extraNames.isEmpty {
            sentences.append("Sees \(Self.listed(spec.extraNames, "and")) besides.")
        }
        if spec.allowsSecrets, kind == "template" { sentences.append("Secrets may stand here.") }
        return sentences.joined(separator: " ")
    }

    private func sentence(_ rule: FieldRule) -> String? {
        switch rule {
        case .requires(let names, let key, let values) where names.contains(spec.name):
            "Required for \(Self.listed(values, "and", of: key))."
        case .requiresOne(let names, let key, let values) where names.contains(spec.name):
            "One of \(Self.listed(names, "and")) is required for \(Self.listed(values, "and", of: key))."
        case .only(spec.name, let key, let values): "Only for \(Self.listed(values, "and", of: key))."
        case .words(spec.name, let words, let key, let values):
            "For \(Self.listed(values, "and", of: key)): \(Self.listed(words, "or"))."
        case .onlyBeside(spec.name, let other): "Only beside `\(other)`."
        case .exactlyOne(let names) where names.contains(spec.name):
            "Exactly one of \(Self.listed(names, "and")) is written."
        case .atMostOne(let names) where names.contains(spec.name):
            "Not beside \(Self.listed(names.filter { $0 != spec.name }, "or"))."
        default: nil
        }
    }

    private static func kind(of shape: FieldShape) -> String {
        switch shape {
        case .value(let kind, _): kind == .deferredTemplate ? FieldKind.template.rawValue : kind.rawValue
        case .list(let element, _), .oneOrMany(let element, _), .map(let element): Self.kind(of: element)
        case .object, .oneKey: ""
        }
    }

    private static func takes(_ shape: FieldShape) -> String {
        switch shape {
        case .value(let kind, let type): kind == .expression ? type == .bool ? "CEL, a bool" : "CEL" : takes(type)
        case .list(.oneKey, let max): "a list of at most \(grouped(max)) ops"
        case .list(let element, let max): "a list of at most \(grouped(max)): \(takes(element))"
        case .oneOrMany(let element, let max): "\(takes(element)), or a list of at most \(grouped(max))"
        case .map(let element): "an object of names: \(takes(element))"
        case .object: "an object"
        case .oneKey: "an object with one of the keys below"
        }
    }

    private static func takes(_ type: ValueType) -> String {
        switch type {
        case .any: return "any value"
        case .bool: return "`true` or `false`"
        case .integer(let range):
            if range == .min ... .max { return "an integer" }
            return "an integer from \(grouped(Int(range.lowerBound))) to \(grouped(Int(range.upperBound)))"
        case .number(let range): return "a number from \(plain(range.lowerBound)) to \(plain(range.upperBound))"
        case .text: return "text"
        case .code: return "a program"
        case .scalar: return "text, a number or a bool"
        case .choice(let words, _): return listed(words, "or")
        case .duration(let range):
            return "a duration from \(range.lowerBound.documentText) to \(range.upperBound.documentText)"
        case .size(let range):
            return "a size from \(ByteSize.text(of: range.lowerBound)) to \(ByteSize.text(of: range.upperBound))"
        case .path: return "a path"
        case .model: return "a model"
        case .schema: return "a JSON Schema"
        case .secretName: return "a secret's name"
        case .branchTarget: return "a step's id, `end` or `fail`"
        case .statusRange: return "`204`, `2xx` or `200-299`"
        }
    }

    /// `a`, `b` or `c`; with `key` each as `key: a`, the key said once.
    static func listed(_ words: [String], _ last: String, of key: String? = nil) -> String {
        let quoted = words.enumerated().map { place, word in
            place == 0 ? "`\(key.map { "\($0): " } ?? "")\(word)`" : "`\(word)`"
        }
        guard quoted.count > 1, let end = quoted.last else { return quoted.joined() }
        return quoted.dropLast().joined(separator: ", ") + " \(last) \(end)"
    }

    private static func quoted(_ text: String) -> String { text == "\n" ? #""\n""# : text }

    private static func plain(_ number: Double) -> String {
        Int64(exactly: number).map(String.init) ?? String(number)
    }

    /// `10,000`.
    static func grouped(_ number: Int) -> String {
        var digits = Array(String(number.magnitude))
        for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
        return (number < 0 ? "-" : "") + String(digits)
    }
}
