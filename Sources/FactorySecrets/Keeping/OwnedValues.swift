public import FactoryJSON
public import FactoryStore

/// What of an owner's secrets, variables and environments a run is given.
public struct OwnedValues: Sendable {
    /// The secrets.
    public let secrets: SecretKeeper
    /// The variables and environments.
    public let variables: VariableKeeper

    private let environments: any EnvironmentStore
    /// Knows what owners of pipelines let others use.
    let sharing: any PipelineSharingStore

    /// Values that these keep.
    public init(
        secrets: SecretKeeper, variables: VariableKeeper, environments: any EnvironmentStore,
        sharing: any PipelineSharingStore
    ) {
        self.secrets = secrets
        self.variables = variables
        self.environments = environments
        self.sharing = sharing
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
        try await requireEnvironment(environment, of: owner)
        return RunValues(
            secrets: try await secrets.vault(of: owner, in: environment, naming: names, overriding: overriding),
            variables: withVariables ? try await variables.values(of: owner, in: environment) : [:])
    }

    /// The variables that a run of `owner` would be given in `environment`.
    ///
    /// - Throws: as ``forRun(of:in:naming:withVariables:overriding:)``.
    public func variables(of owner: String, in environment: String?) async throws(SecretError) -> JSONObject {
        try await requireEnvironment(environment, of: owner)
        return try await variables.values(of: owner, in: environment)
    }

    private func requireEnvironment(_ name: String?, of owner: String) async throws(SecretError) {
        guard let name else { return }
        do throws(StoreError) {
            guard try await environments.environment(name, of: owner) != nil else {
                throw .notFound(kind: "environment", id: name)
            }
        } catch { throw .store(error) }
    }
}

/// The secrets and variables that a run is given.
public struct RunValues: Sendable {
    /// The secrets.
    public var secrets: SecretVault
    /// The variables, by name.
    public var variables: JSONObject
    /// Whose they are, where they are not those of who starts the run.
    public var lender: String?

    /// Values of a run.
    public init(secrets: SecretVault, variables: JSONObject, lender: String? = nil) {
        self.secrets = secrets
        self.variables = variables
        self.lender = lender
    }
}
