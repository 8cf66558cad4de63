public import FactoryAccess
public import FactoryStore

/// What decides who is let in and who may do what.
public struct AccessServices: Sendable {
    /// Tells who asks.
    public var authenticator: any Authenticator
    /// Tells whose objects are.
    public var objects: any AccessStore
    /// Accounts, sessions and keys.
    public var accounts: Accounts
    /// How much one account may ask for.
    public var limits: AccessLimits
    /// Whose word is taken for where a request comes from.
    public var network: NetworkTrust

    /// Who did what.
    public var audit: AuditLog { accounts.audit }

    /// Services of these parts.
    public init(
        authenticator: any Authenticator, objects: any AccessStore, accounts: Accounts, limits: AccessLimits,
        network: NetworkTrust
    ) {
        self.authenticator = authenticator
        self.objects = objects
        self.accounts = accounts
        self.limits = limits
        self.network = network
    }
}
