public import FactorySecrets
public import FactoryStore

/// What keeps secrets, variables and environments, and gives them to runs.
public struct SecretServices: Sendable {
    /// Where they are kept.
    public typealias Store = EnvironmentStore & SecretStore & VariableStore

    /// Seals, opens and checks.
    public var values: OwnedValues
    /// Where they are kept.
    public var store: any Store

    /// Services of these parts.
    public init(values: OwnedValues, store: any Store) {
        self.values = values
        self.store = store
    }
}
