import FactoryJSON

/// A document's graph in a few words, with the needs that the format's rules give it, worked out without haste.
struct Sketch: CustomStringConvertible {
    struct Step {
        var id: String
        var written: [String]?
        var references: [String] = []
        var branches: [[String]] = []
        var isCondition = false
    }

    private(set) var steps: [Step] = []

    /// Reads `id`, `id <- a b`, `id ~ a`, `id ? a b : c`, in this order of parts.
    init(_ lines: [String]) {
        for line in lines {
            var words = line.split(separator: " ").map(String.init)
            var step = Step(id: words.removeFirst())
            var mode = ""
            for word in words {
                switch word {
                case "<-":
                    step.written = []
                    mode = word
                case "~": mode = word
                case "?", ":":
                    step.isCondition = true
                    step.branches.append([])
                    mode = word
                default:
                    switch mode {
                    case "<-": step.written?.append(word)
                    case "~": step.references.append(word)
                    default: step.branches[step.branches.count - 1].append(word)
                    }
                }
            }
            steps.append(step)
        }
    }

    /// Up to nine steps that mostly look upwards.
    init(random: inout SeededRandom) {
        let ids = (0..<Int.random(in: 1...9, using: &random)).map { "s\($0)" }
        func some(_ range: some RandomAccessCollection<String>, _ random: inout SeededRandom) -> [String] {
            range.shuffled(using: &random).prefix(Int.random(in: 0...2, using: &random)).map { $0 }
        }
        for (index, id) in ids.enumerated() {
            var step = Step(id: id)
            if Int.random(in: 0..<3, using: &random) == 0 { step.written = some(ids[..<index], &random) }
            if Int.random(in: 0..<4, using: &random) == 0 { step.references = some(ids[..<index], &random) }
            if Int.random(in: 0..<4, using: &random) == 0 {
                step.isCondition = true
                step.branches = [some(ids[(index + 1)...], &random), some(ids[(index + 1)...], &random)]
                if step.branches[0].isEmpty { step.branches[0] = ["end"] }
            }
            steps.append(step)
        }
    }

    /// The document, made of conditions and transforms.
    var document: JSONObject {
        [
            "version": 1, "name": "sketch",
            "steps": .array(
                steps.map { step in
                    var object: JSONObject = ["id": .string(step.id)]
                    object["type"] = step.isCondition ? "condition" : "transform"
                    if let written = step.written { object["needs"] = .array(written.map(JSON.string)) }
                    var fields = JSONObject()
                    if step.isCondition {
                        fields["if"] = "1 == 1"
                        for (name, branch) in zip(["then", "else"], step.branches) {
                            fields[name] = .array(branch.map(JSON.string))
                        }
                    }
                    let references = step.references.map { "has(steps.\($0).output)" }
                    if !references.isEmpty { object["if"] = .string(references.joined(separator: " && ")) }
                    if !fields.isEmpty { object["with"] = .object(fields) }
                    return .object(object)
                }),
        ]
    }

    /// Each step's needs in document order, straight from the rules.
    var expectedNeeds: [[String]] {
        var needs: [[String]] = []
        for (index, step) in steps.enumerated() {
            var found: Set<String> = []
            var isTarget = false
            for condition in steps where condition.isCondition {
                for branch in condition.branches {
                    guard let place = branch.firstIndex(of: step.id) else { continue }
                    isTarget = true
                    found.insert(step.written != nil || place == 0 ? condition.id : branch[place - 1])
                }
            }
            if let written = step.written {
                found.formUnion(written)
            } else if !isTarget {
                let needed = Set(needs.joined())
                found.formUnion(steps[..<index].map(\.id).filter { !needed.contains($0) })
            }
            found.formUnion(step.references)
            needs.append(steps.map(\.id).filter(found.contains))
        }
        return needs
    }

    var description: String { JSON.object(document).serialized() }
}
