public import FactoryDomain

/// Keeps secrets, sealed: what is in here cannot be read without a key that is kept elsewhere.
public protocol SecretStore: Sendable {
    /// The secret of this name, exactly there; nil where there is none.
    func secret(_ key: ValueKey) async throws(StoreError) -> SecretRecord?

    /// Secrets of `owner`, by name and environment.
    ///
    /// - Parameter scope: those of one environment, or all.
    func secrets(of owner: String, in scope: ValueScope) async throws(StoreError) -> [SecretRecord]

    /// Keeps `secret`, whose version is one more than that of the stored one, or 1 where there is none.
    ///
    /// - Parameter keyID: the master key that it is sealed with.
    /// - Throws: ``StoreError/changed`` where the stored one has another version; ``StoreError/otherKey(current:)``;
    ///   ``StoreError/full(kind:limit:)``; ``StoreError/notFound(kind:id:)`` for an unknown environment.
    func put(_ secret: SecretRecord, keyID: String) async throws(StoreError)

    /// Removes a secret, if it still has `version`; nil takes any.
    ///
    /// - Throws: ``StoreError/notFound(kind:id:)``, ``StoreError/changed``.
    func removeSecret(_ key: ValueKey, version: Int64?) async throws(StoreError)

    /// Notes that a run was given these.
    func noteUse(of secrets: [ValueKey], at moment: Timestamp) async throws(StoreError)
}

/// Names a secret or a variable.
public struct ValueKey: Sendable, Hashable {
    /// Whose it is.
    public var owner: String
    /// Name of the environment; nil for the values that hold where an environment has none of its own.
    public var environment: String?
    /// Its name.
    public var name: String

    /// A key of these values.
    public init(owner: String, environment: String? = nil, name: String) {
        self.owner = owner
        self.environment = environment
        self.name = name
    }
}

/// Which of an owner's values are meant.
public enum ValueScope: Sendable, Hashable {
    /// All of them.
    case all
    /// Those of one environment alone; nil for those without.
    case environment(String?)
    /// Those that a run in this environment has: its own, and the others where it has none.
    case run(environment: String?)
}

/// A secret as it is kept.
public struct SecretRecord: Sendable, Hashable {
    /// Most of them that one owner can have.
    public static let limit = 500

    /// Names it.
    public var key: ValueKey
    /// What it is for, in the owner's words.
    public var description: String?
    /// The hosts it may be sent to; empty for all.
    public var hosts: [String]
    /// The value, sealed, as text.
    public var sealed: String
    /// Counts the values it had, from 1.
    public var version: Int64
    /// When it was kept first.
    public var createdAt: Timestamp
    /// When it was kept last.
    public var updatedAt: Timestamp
    /// When a run was given it last, to the minute; nil where none was.
    public var usedAt: Timestamp?

    /// A secret of these values.
    public init(
        key: ValueKey, description: String?, hosts: [String], sealed: String, version: Int64, createdAt: Timestamp,
        updatedAt: Timestamp, usedAt: Timestamp? = nil
    ) {
        self.key = key
        self.description = description
        self.hosts = hosts
        self.sealed = sealed
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.usedAt = usedAt
    }
}
