public import FactoryStore

/// What people need to do things with pipelines together.
public struct CollaborationServices: Sendable {
    /// Tells which accounts there are.
    public var accounts: any AccountDirectory
    /// Makes the token of a link: text that nobody can guess.
    public var newToken: @Sendable () -> String
    /// Hands on what happens with pipelines.
    public var live: LiveHub
    /// Lets the runs of a pipeline go that is removed for good.
    public var retention: any RetentionStore

    /// Services of these parts.
    public init(
        accounts: any AccountDirectory, newToken: @escaping @Sendable () -> String, live: LiveHub,
        retention: any RetentionStore
    ) {
        self.accounts = accounts
        self.newToken = newToken
        self.live = live
        self.retention = retention
    }
}
