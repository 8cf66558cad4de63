import FactoryJSON

/// The fields of one object as a Markdown table, those inside them below with their names joined by dots, and behind it
/// what holds between them.
struct FieldTable {
    private let specs: [FieldSpec]
    private let rules: [FieldRule]
    private let title: String

    init(_ specs: [FieldSpec], rules: [FieldRule], title: String = "field") {
        (self.specs, self.rules, self.title) = (specs, rules, title)
    }

    var text: String {
        var lines = ["| \(title) | kind | takes | default | meaning |", "| --- | --- | --- | --- | --- |"]
        add(specs, rules, prefix: "", to: &lines)
        let later = later(specs, prefix: "")
        if !later.isEmpty { lines += ["", "Not in this build: \(later.joined(separator: ", "))."] }
        return lines.map { $0 + "\n" }.joined()
    }

    private func add(_ specs: [FieldSpec], _ rules: [FieldRule], prefix: String, to lines: inout [String]) {
        for spec in specs where spec.isInThisBuild {
            let text = FieldText(spec, rules: rules)
            let cells = ["`\(prefix)\(spec.name)`", text.kind, text.takes, text.usual, text.meaning]
            lines.append("| " + cells.map(\.asCell).joined(separator: " | ") + " |")
            if let inner = Self.members(of: spec.shape) {
                add(inner.specs, inner.rules, prefix: prefix + spec.name + inner.suffix + ".", to: &lines)
            }
        }
    }

    private func later(_ specs: [FieldSpec], prefix: String) -> [String] {
        specs.flatMap { spec -> [String] in
            guard spec.isInThisBuild else { return ["`\(prefix)\(spec.name)`"] }
            if case .value(_, .choice(_, let words)) = spec.shape {
                return words.map { "`\(prefix)\(spec.name): \($0)`" }
            }
            guard let inner = Self.members(of: spec.shape) else { return [] }
            return later(inner.specs, prefix: prefix + spec.name + inner.suffix + ".")
        }
    }

    /// The fields inside a field; a list of ops has a table of its own.
    private static func members(of shape: FieldShape) -> (specs: [FieldSpec], rules: [FieldRule], suffix: String)? {
        switch shape {
        case .object(let specs, let rules): (specs, rules, "")
        case .oneKey(let specs): (specs, [], "")
        case .list(.object(let specs, let rules), _): (specs, rules, "[]")
        default: nil
        }
    }
}
