public import FactoryDomain

/// Keeps environments: names such as `dev` and `prod` under which secrets and variables have values of their own.
public protocol EnvironmentStore: Sendable {
    /// The environment of this name; nil where there is none.
    func environment(_ name: String, of owner: String) async throws(StoreError) -> EnvironmentRecord?

    /// Environments of `owner`, by name.
    func environments(of owner: String) async throws(StoreError) -> [EnvironmentRecord]

    /// Keeps `environment`, whose version is one more than that of the stored one, or 1 where there is none.
    ///
    /// - Throws: ``StoreError/changed``, ``StoreError/full(kind:limit:)``.
    func put(_ environment: EnvironmentRecord) async throws(StoreError)

    /// Removes an environment with the values that it has, if it still has `version`; nil takes any.
    ///
    /// - Throws: ``StoreError/notFound(kind:id:)``, ``StoreError/changed``.
    func removeEnvironment(_ name: String, of owner: String, version: Int64?) async throws(StoreError)
}

/// An environment as it is kept.
public struct EnvironmentRecord: Sendable, Hashable {
    /// Most of them that one owner can have.
    public static let limit = 50

    /// Whose it is.
    public var owner: String
    /// Its name.
    public var name: String
    /// What it is for, in the owner's words.
    public var description: String?
    /// Counts its changes, from 1.
    public var version: Int64
    /// When it was kept first.
    public var createdAt: Timestamp
    /// When it was kept last.
    public var updatedAt: Timestamp
    /// How many secrets it has of its own; not kept but counted.
    public var secretCount: Int
    /// How many variables it has of its own; not kept but counted.
    public var variableCount: Int

    /// An environment of these values.
    public init(
        owner: String, name: String, description: String?, version: Int64, createdAt: Timestamp, updatedAt: Timestamp,
        secretCount: Int = 0, variableCount: Int = 0
    ) {
        self.owner = owner
        self.name = name
        self.description = description
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.secretCount = secretCount
        self.variableCount = variableCount
    }
}
