public import FactoryDomain

/// Keeps variables: plain values that documents refer to as `vars.NAME`.
public protocol VariableStore: Sendable {
    /// The variable of this name, exactly there; nil where there is none.
    func variable(_ key: ValueKey) async throws(StoreError) -> VariableRecord?

    /// Variables of `owner`, by name and environment.
    func variables(of owner: String, in scope: ValueScope) async throws(StoreError) -> [VariableRecord]

    /// Keeps `variable`, whose version is one more than that of the stored one, or 1 where there is none.
    ///
    /// - Throws: ``StoreError/changed``, ``StoreError/full(kind:limit:)``; ``StoreError/notFound(kind:id:)`` for an
    ///   unknown environment.
    func put(_ variable: VariableRecord) async throws(StoreError)

    /// Removes a variable, if it still has `version`; nil takes any.
    ///
    /// - Throws: ``StoreError/notFound(kind:id:)``, ``StoreError/changed``.
    func removeVariable(_ key: ValueKey, version: Int64?) async throws(StoreError)
}

/// A variable as it is kept.
public struct VariableRecord: Sendable, Hashable {
    /// Most of them that one owner can have.
    public static let limit = 500

    /// Names it.
    public var key: ValueKey
    /// What it is for, in the owner's words.
    public var description: String?
    /// Its value.
    public var value: String
    /// Counts the values it had, from 1.
    public var version: Int64
    /// When it was kept first.
    public var createdAt: Timestamp
    /// When it was kept last.
    public var updatedAt: Timestamp

    /// A variable of these values.
    public init(
        key: ValueKey, description: String?, value: String, version: Int64, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.key = key
        self.description = description
        self.value = value
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
