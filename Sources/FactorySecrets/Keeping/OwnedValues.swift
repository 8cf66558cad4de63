public import FactoryJSON
public import FactoryStore

/// What of an owner's secrets, variables and environments a run is given.
public struct OwnedValues: Sendable {
    /// The secrets.
    public let secrets: SecretKeeper
    /// The variables and environments.
    public let variables: VariableKeeper

    private let environments: any EnvironmentStore

    /// Values that these keep.
    public init(secrets: SecretKeeper, variables: VariableKeeper, environments: any EnvironmentStore) {
        self.secrets = secrets
        self.variables = variables
        self.environments = environments
    }

    /// What a new run of `owner` is given in `environment`.
    ///
    /// - Parameters:
    ///   - names: the secrets that its document names.
    ///   - withVariables: whether its document looks at variables.
    ///   - overriding: secrets that go before those that are kept.
    /// - Throws: in ``SecretError/store(_:)`` a ``StoreError/notFound(kind:id:)`` for an environment that is not there.
    public func forRun(
        of owner: String, in environment: String?, naming names: Set<String>, withVariables: Bool,
        overriding: [String: RunSecret] = [:]
    ) async throws(SecretError) -> RunValues {
        if let environment {
            do throws(StoreError) {
                guard try await environments.environment(environment, of: owner) != nil else {
                    throw .notFound(kind: "environment", id: environment)
                }
            } catch { throw .store(error) }
        }
        return RunValues(
            secrets: try await secrets.vault(of: owner, in: environment, naming: names, overriding: overriding),
            variables: withVariables ? try await variables.values(of: owner, in: environment) : [:])
    }
}

/// The secrets and variables that a run is given.
public struct RunValues: Sendable {
    /// The secrets.
    public var secrets: SecretVault
    /// The variables, by name.
    public var variables: JSONObject
}
