import FactoryExpressions
import FactoryJSON

extension Pipeline {
    /// Names of the secrets that its steps refer to, in templates or in the `secrets` of code.
    public var secretNames: Set<String> {
        var names: Set<String> = []
        for step in steps {
            for reference in step.fields.references where reference.path.first == "secrets" {
                names.formUnion(reference.path.dropFirst().prefix(1))
            }
            names.formUnion((step.fields.raw["secrets"]?.arrayValue ?? []).compactMap(\.stringValue))
        }
        return names
    }
}
