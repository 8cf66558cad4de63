import FactoryDomain

/// What was found when readiness was last looked at. However often it is asked for, the store is written to and the
/// sandbox asked once a second at most, and never twice at the same time.
actor ReadinessMemory {
    private let look: @Sendable () async -> [HTTPServices.Check]
    private let now: @Sendable () -> Timestamp
    private var found: (at: Timestamp, checks: [HTTPServices.Check])?
    private var looking: Task<[HTTPServices.Check], Never>?

    init(_ look: @escaping @Sendable () async -> [HTTPServices.Check], now: @escaping @Sendable () -> Timestamp) {
        self.look = look
        self.now = now
    }

    /// How it stands, as of a second ago at the most.
    func checks() async -> [HTTPServices.Check] {
        let time = now()
        if let found, (0..<1_000).contains(time.milliseconds - found.at.milliseconds) { return found.checks }
        if let looking { return await looking.value }
        let task = Task { [look] in await look() }
        looking = task
        let checks = await task.value
        found = (now(), checks)
        looking = nil
        return checks
    }
}
