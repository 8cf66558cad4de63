import FactoryExpressions
import FactoryJSON

/// Checks what the ops of a transform say outright and every run would refuse: patterns that are none, and numbers and
/// words that do not go together.
struct OpCheck {
    private let log: ProblemLog

    init(log: ProblemLog) { self.log = log }

    func check(_ drafts: [StepDraft]) {
        for draft in drafts where draft.typeName == StepType.transform.name {
            let path = draft.path + "with" + "ops"
            for (place, op) in (draft.node["with"]?["ops"]?.elements ?? []).enumerated() {
                guard let member = op.members?.first else { continue }
                check(member.key, member.value, path + place + member.key)
            }
        }
    }

    private func check(_ op: String, _ node: Node, _ path: DocumentPath) {
        switch op {
        case "replace": pattern(node["pattern"], path + "pattern", "pattern")
        case "extract" where node["what"]?.text == "regex": pattern(node["pattern"], path + "pattern", "pattern")
        case "split":
            if node["by"]?.text == "regex" { pattern(node["at"], path + "at", "at") }
            overlap(of: node, path)
        case "convert": delimiter(of: node, path)
        default: return
        }
    }

    private func pattern(_ node: Node?, _ path: DocumentPath, _ field: String) {
        guard let node, let text = node.text, let template = try? Template(parsing: text), template.isConstant,
            case .string(let plain)? = try? template.render(in: Scope())
        else { return }
        do { _ = try Pattern(plain) } catch {
            log.add(
                .invalidValue, at: node, path, "`\(field)` is no regular expression: \(error.message)",
                hint: error.hint ?? "patterns have the syntax of RE2")
        }
    }

    private func overlap(of node: Node, _ path: DocumentPath) {
        guard let overlap = node["overlap"]?.scalar?.intValue, let size = node["size"]?.scalar?.intValue,
            overlap >= size, let place = node["overlap"]
        else { return }
        log.add(
            .invalidValue, at: place, path + "overlap", "`overlap` is \(overlap), and `size` is \(size)",
            hint: "a piece has to hold more than it repeats")
    }

    private func delimiter(of node: Node, _ path: DocumentPath) {
        guard let place = node["delimiter"], let text = place.text else { return }
        let bytes = Array(text.utf8)
        guard bytes.count == 1, bytes[0] != UInt8(ascii: "\""), bytes[0] >= 0x20 || bytes[0] == 0x09
        else {
            return log.add(
                .invalidValue, at: place, path + "delimiter",
                "`delimiter` is not one character of ASCII, other than a quote or a line break",
                hint: #"usual are ",", ";", "|" and "\t""#)
        }
        guard node["from"]?.text != "csv", node["to"]?.text != "csv" else { return }
        log.add(
            .conflict, at: place, path + "delimiter", "`delimiter` means nothing without csv",
            hint: "remove it, or convert from or to csv; tsv has its own")
    }
}
