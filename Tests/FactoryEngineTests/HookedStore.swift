import FactoryDomain
import FactoryStore

/// What a test does at the writes of an engine.
struct StoreHooks: Sendable {
    /// Called before a new run is written.
    var willCreate: @Sendable () async throws(StoreError) -> Void = {}
    /// Called with every later decision before it is written.
    var willCommit: @Sendable (RunCommit) async throws(StoreError) -> Void = { _ in }
}

/// A store that lets a test look at writes, hold them up and refuse them; the rest is the real one.
struct HookedStore: RunStore {
    let store: any RunStore
    let hooks: StoreHooks

    func takeOver() async throws(StoreError) -> LeaseToken { try await store.takeOver() }

    func create(_ run: RunRecord, steps: [StepRunRecord], first: RunCommit) async throws(StoreError) -> Int64 {
        try await hooks.willCreate()
        return try await store.create(run, steps: steps, first: first)
    }

    func commit(_ commit: RunCommit) async throws(StoreError) {
        try await hooks.willCommit(commit)
        try await store.commit(commit)
    }

    func run(_ id: ID<Run>) async throws(StoreError) -> RunRecord { try await store.run(id) }
    func run(number: Int64) async throws(StoreError) -> RunRecord { try await store.run(number: number) }
    func runs(_ filter: RunFilter) async throws(StoreError) -> RunPage { try await store.runs(filter) }
    func unfinished(after id: ID<Run>?, limit: Int) async throws(StoreError) -> [ID<Run>] {
        try await store.unfinished(after: id, limit: limit)
    }
    func steps(of run: ID<Run>) async throws(StoreError) -> [StepRunRecord] { try await store.steps(of: run) }
    func attempts(of run: ID<Run>) async throws(StoreError) -> [AttemptRecord] { try await store.attempts(of: run) }
    func events(of run: ID<Run>, after sequence: Int64, limit: Int) async throws(StoreError) -> [RunEvent] {
        try await store.events(of: run, after: sequence, limit: limit)
    }
    func lastEvent(of run: ID<Run>) async throws(StoreError) -> Int64 { try await store.lastEvent(of: run) }
    func logs(of run: ID<Run>, _ range: LogRange) async throws(StoreError) -> LogPage {
        try await store.logs(of: run, range)
    }
    func texts(of run: ID<Run>) async throws(StoreError) -> [LogText] { try await store.texts(of: run) }
    func chunks(
        of text: LogText, in run: ID<Run>, after row: Int64, limit: Int
    ) async throws(StoreError) -> [LogTextChunk] {
        try await store.chunks(of: text, in: run, after: row, limit: limit)
    }
    func changes(of run: ID<Run>) async throws(StoreError) -> [SettledChange] { try await store.changes(of: run) }
    func plan(of run: ID<Run>) async throws(StoreError) -> [PlannedChange] { try await store.plan(of: run) }
}
