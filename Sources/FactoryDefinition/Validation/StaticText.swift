import FactoryJSON

/// Refuses `{{ … }}` inside values that are never rendered.
struct StaticText {
    let log: ProblemLog

    func refuseTemplates(in node: Node, _ path: DocumentPath, _ what: String) {
        switch node.content {
        case .scalar: ValueCheck(log: log, path: path, what: what).refusesTemplate(node, .any)
        case .list(let elements):
            for (index, element) in elements.enumerated() { refuseTemplates(in: element, path + index, what) }
        case .mapping(let members):
            for member in members { refuseTemplates(in: member.value, path + member.key, what) }
        }
    }
}
