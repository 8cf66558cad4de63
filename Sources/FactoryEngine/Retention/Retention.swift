public import FactoryStore

/// What an engine does about runs that ended long ago.
public struct Retention: Sendable {
    /// Which of them stay.
    public var policy: RetentionPolicy
    /// The store they are in: the engine's own.
    public var store: any RetentionStore
    /// Hears of every pass: what it removed, or why it could not.
    public var report: @Sendable (Result<SweepReport, StoreError>) -> Void

    /// Keeps to `policy` in `store`.
    public init(
        policy: RetentionPolicy, store: any RetentionStore,
        report: @escaping @Sendable (Result<SweepReport, StoreError>) -> Void = { _ in }
    ) {
        self.policy = policy
        self.store = store
        self.report = report
    }
}
