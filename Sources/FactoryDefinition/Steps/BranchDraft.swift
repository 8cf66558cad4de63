import FactoryJSON

/// A branch as it was written, before its targets are known to exist.
struct BranchDraft {
    struct Target {
        var text: String
        var node: Node
        var path: DocumentPath
    }

    /// `then`, `else` or `cases[0]`.
    let name: String
    private(set) var targets: [Target] = []

    /// Reads one target or a list of them.
    init(_ node: Node, at path: DocumentPath, pointer: String, log: ProblemLog) {
        let parts = pointer.split(separator: "/")
        name = parts.count == 3 ? "\(parts[0])[\(parts[1])]" : String(parts.last ?? "")
        for (index, element) in (node.elements ?? [node]).enumerated() {
            let place = node.elements == nil ? path : path + index
            guard let text = log.text(element, place, "a branch target") else { continue }
            targets.append(Target(text: text, node: element, path: place))
        }
    }

    /// The branch with `end` and `fail` told from step ids.
    var branch: Branch {
        Branch(
            name: name,
            targets: targets.map { target in
                switch target.text {
                case "end": .end
                case "fail": .fail
                default: .step(target.text)
                }
            })
    }
}
