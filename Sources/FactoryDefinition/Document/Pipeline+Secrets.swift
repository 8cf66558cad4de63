import FactoryExpressions
public import FactoryJSON

extension Pipeline {
    /// Names of the secrets that its steps refer to, in templates or in the `secrets` of code.
    public var secretNames: Set<String> { secretNames(ofStep: nil) }

    /// Those that one step refers to; nil for all steps.
    public func secretNames(ofStep id: String?) -> Set<String> {
        var names: Set<String> = []
        for step in steps where id == nil || step.id == id {
            for reference in step.fields.references where reference.path.first == "secrets" {
                names.formUnion(reference.path.dropFirst().prefix(1))
            }
            names.formUnion((step.fields.raw["secrets"]?.arrayValue ?? []).compactMap(\.stringValue))
        }
        return names
    }

    /// Those of `variables` that its expressions and templates look at; all of them where one looks at `vars` as a whole.
    public func variables(among variables: JSONObject) -> JSONObject {
        var names: Set<String> = []
        for reference in references where reference.path.first == "vars" {
            guard reference.path.count > 1 else { return variables }
            names.insert(reference.path[1])
        }
        return JSONObject(variables.filter { names.contains($0.key) }.map { ($0.key, $0.value) })
    }

    /// True when an expression or a template looks at `vars`.
    public var usesVariables: Bool { references.contains { $0.path.first == "vars" } }

    private var references: [Reference] {
        steps.flatMap { step in
            (step.condition?.references ?? []) + step.fields.references
                + (step.outputs ?? []).flatMap(\.expression.references)
        } + (outputs ?? []).flatMap(\.expression.references)
    }
}
