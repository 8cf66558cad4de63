/// Checks the texts of a document that are for people, and the defaults of inputs: nothing in them is ever rendered.
struct PlainTextCheck {
    private let log: ProblemLog

    init(log: ProblemLog) { self.log = log }

    func check(_ root: Node, _ drafts: [StepDraft]) {
        check(root, .root, keys: ["title", "description"])
        for input in root["inputs"]?.members ?? [] {
            let path = DocumentPath.root + "inputs" + input.key
            check(input.value, path, keys: ["title", "description"])
            if let value = input.value["default"] { check(value, path + "default", "a default") }
        }
        for draft in drafts {
            check(draft.node, draft.path, keys: ["title", "description"])
            checkSecretInput(of: draft)
        }
    }

    private func check(_ node: Node, _ path: DocumentPath, keys: [String]) {
        for key in keys { if let value = node[key] { check(value, path + key, "`\(key)`") } }
    }

    private func check(_ node: Node, _ path: DocumentPath, _ what: String) {
        switch node.content {
        case .scalar:
            guard let text = node.text, let found = TemplateLook.tag(in: text) else { return }
            if found.contains("secrets") {
                log.add(
                    .secretNotAllowed, at: node, path, "a secret cannot stand here: \(what) is never rendered",
                    hint: "write `{{ secrets.NAME }}` in the step that needs it")
            } else {
                log.add(
                    .neverRendered, severity: .warning, at: node, path,
                    "\(what) is never rendered, but holds `\(found)`", hint: "write the text itself")
            }
        case .list(let elements):
            for (place, element) in elements.enumerated() { check(element, path + place, what) }
        case .mapping(let members):
            for member in members { check(member.value, path + member.key, what) }
        }
    }

    /// Secrets are a member of what the code sees as its inputs, so no input may have their name.
    private func checkSecretInput(of draft: StepDraft) {
        guard draft.typeName == StepType.code.name, let with = draft.node["with"],
            with["secrets"]?.elements?.isEmpty == false,
            let member = with["inputs"]?.members?.first(where: { $0.key == "secrets" })
        else { return }
        log.add(
            .conflict, at: member.keyRange.lowerBound, draft.path + "with" + "inputs" + "secrets",
            "an input cannot be called `secrets` beside the step's `secrets`, which take its place",
            hint: "call the input something else")
    }
}
