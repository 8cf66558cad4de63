/// The secrets and variables that are kept where a document is checked, by name.
public struct StoredNames: Sendable {
    /// Names that `secrets.` may be followed by.
    public var secrets: Set<String>
    /// Names that `vars.` may be followed by.
    public var variables: Set<String>

    /// Names of both kinds.
    public init(secrets: Set<String>, variables: Set<String>) {
        self.secrets = secrets
        self.variables = variables
    }
}

/// Warns of secrets and variables that are not kept. Warnings: a document may be checked in one place and run in another,
/// and a value can still be stored before it runs.
struct StoredNameCheck {
    let names: StoredNames
    let log: ProblemLog

    func secret(_ name: String, at offset: Int, _ path: DocumentPath) {
        guard !names.secrets.contains(name), !log.isFull else { return }
        log.add(
            .unknownSecret, severity: .warning, at: offset, path, "there is no secret `\(name)` here",
            hint: Suggestion.hint(for: name, among: names.secrets.sorted())
                ?? "store it: `factory secret set \(name)`, or PUT /api/v1/secrets/\(name)")
    }

    func variable(_ name: String, at offset: Int, _ path: DocumentPath) {
        guard !names.variables.contains(name), !log.isFull else { return }
        log.add(
            .unknownVariable, severity: .warning, at: offset, path, "there is no variable `\(name)` here",
            hint: Suggestion.hint(for: name, among: names.variables.sorted())
                ?? "store it with PUT /api/v1/variables/\(name), or write has(vars.\(name)) where it may be absent")
    }

    /// The secrets that code is given by name.
    func check(_ drafts: [StepDraft]) {
        for draft in drafts where draft.typeName == StepType.code.name {
            for (place, node) in (draft.node["with"]?["secrets"]?.elements ?? []).enumerated() {
                guard let name = node.text, DocumentName.isSecretName(name) else { continue }
                secret(name, at: node.range.lowerBound, draft.path + "with" + "secrets" + place)
            }
        }
    }
}
