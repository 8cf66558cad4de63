public import FactoryDomain
public import FactoryStore

/// What triggers work with.
public struct TriggerParts: Sendable {
    /// Where they are kept.
    public var store: any TriggerStore
    /// Starts their runs.
    public var starter: RunStarter
    /// Seals their keys.
    public var keys: SignatureKeys
    /// Makes ids.
    public var ids: IDGenerator
    /// The wall clock.
    public var now: @Sendable () -> Timestamp
    /// The clock of waits.
    public var clock: any Clock<Duration>
    /// Random bytes that nobody can guess.
    public var random: @Sendable (_ count: Int) -> [UInt8]
    /// How often one webhook may be called in a minute, and at once.
    public var callsPerMinute: Int
    /// Is told, in a sentence, of what could not be done and will be tried again.
    public var warn: @Sendable (String) -> Void

    /// Parts.
    public init(
        store: any TriggerStore, starter: RunStarter, keys: SignatureKeys, ids: IDGenerator,
        now: @escaping @Sendable () -> Timestamp, clock: any Clock<Duration>,
        random: @escaping @Sendable (_ count: Int) -> [UInt8], callsPerMinute: Int,
        warn: @escaping @Sendable (String) -> Void
    ) {
        self.store = store
        self.starter = starter
        self.keys = keys
        self.ids = ids
        self.now = now
        self.clock = clock
        self.random = random
        self.callsPerMinute = callsPerMinute
        self.warn = warn
    }
}
