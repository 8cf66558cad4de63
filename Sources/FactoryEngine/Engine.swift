public import FactoryBlobs
import FactoryDefinition
public import FactoryDomain
import FactoryJSON
public import FactorySecrets
public import FactoryStore
import Synchronization

/// Runs pipelines durably: whatever it reports has reached the store, and what a crash interrupts goes on from there.
///
/// ``run()`` drives runs until ``shutdown()``; it must be running for anything to happen. One engine works on a store
/// at a time: making an engine takes the store over from the one before.
public final class Engine: Sendable {
    private struct State {
        var drivers: [ID<Run>: RunDriver] = [:]
        var failures: [ID<Run>: StoreError] = [:]
        var nextWaiter = 0
        var isStopping = false
    }

    let context: EngineContext
    private let state = Mutex(State())
    private let arrivals: AsyncStream<(ID<Run>, RunDriver)>
    private let arrival: AsyncStream<(ID<Run>, RunDriver)>.Continuation

    /// Takes `store` over and stands ready.
    ///
    /// - Parameters:
    ///   - executors: one per step type.
    ///   - changes: carries change sets over into workspaces.
    ///   - jitter: draws a delay between zero and the given one.
    public init(
        store: any RunStore, blobs: BlobStore, executors: [any StepExecutor], changes: any ChangeApplying,
        widths: LaneWidths, ids: IDGenerator, clock: any Clock<Duration>, now: @escaping @Sendable () -> Timestamp,
        jitter: @escaping @Sendable (Duration) -> Duration
    ) async throws(StoreError) {
        let values = ValueStore(blobs: blobs)
        let byType = Dictionary(uniqueKeysWithValues: executors.map { ($0.type, $0) })
        context = EngineContext(
            store: store, lease: try await store.takeOver(), values: values,
            runner: AttemptRunner(executors: byType, values: values, clock: clock, now: now),
            lanesByType: byType.mapValues(\.lane), lanes: Lanes(widths: widths), hub: EventHub(), changes: changes,
            ids: ids, clock: clock, now: now, jitter: jitter)
        (arrivals, arrival) = AsyncStream.makeStream()
    }

    /// Drives runs until ``shutdown()`` was called and the last of them ended.
    public func run() async {
        await withDiscardingTaskGroup { group in
            for await (id, driver) in arrivals {
                group.addTask { [self] in
                    do throws(StoreError) {
                        try await driver.drive()
                        leave(id, failure: nil)
                    } catch { leave(id, failure: error) }
                }
            }
        }
    }

    /// Takes no further runs; ``run()`` returns when those it drives have ended.
    public func shutdown() {
        state.withLock { $0.isStopping = true }
        arrival.finish()
    }

    /// Starts a run. When this returns the run is in the store and its first steps are on their way.
    public func start(_ request: RunRequest) async throws(EngineError) -> DrivenRun {
        let id: ID<Run> = request.id ?? context.ids.make()
        let start: RunStart
        do throws(BlobError) {
            start = try .new(request, id: id, ids: context.ids, values: context.values, now: context.now())
        } catch { throw .storage(reason: error.description) }
        let driver = try enter(id, start, request.pipeline, request.secrets)
        let events = context.hub.watch(id)
        do throws(StoreError) { try await driver.create() } catch {
            await driver.leavePlaces()
            leave(id, failure: error)
            throw .store(error)
        }
        return try await driven(id, driver, events)
    }

    /// Continues a run that was interrupted, failed or was cancelled: steps that succeeded are kept, the others run.
    ///
    /// A run that was interrupted while it was being cancelled ends as cancelled.
    public func resume(_ id: ID<Run>, secrets: SecretVault) async throws(EngineError) -> DrivenRun {
        let record = try await stored { store throws(StoreError) in try await store.run(id) }
        guard record.status != .succeeded else { throw .hasEnded(id, record.status) }
        return try await takeOver(record, secrets: secrets)
    }

    /// Cancels a run: at once if this engine drives it; one that was interrupted is brought to its end as cancelled.
    public func cancel(_ id: ID<Run>) async throws(EngineError) {
        if let driver = state.withLock({ $0.drivers[id] }) { return driver.cancel() }
        var record = try await stored { store throws(StoreError) in try await store.run(id) }
        guard !record.status.isFinal else { throw .hasEnded(id, record.status) }
        record.cancelRequestedAt = record.cancelRequestedAt ?? context.now()
        let driven = try await takeOver(record, secrets: SecretVault(values: [:], nonce: id.rawValue))
        for await _ in driven.events {}
        if let failure = failure(of: id) { throw .store(failure) }
    }

    /// Why the engine stopped driving a run before it ended; nil if it did not.
    public func failure(of id: ID<Run>) -> StoreError? { state.withLock { $0.failures[id] } }

    /// Decides about the changes of a succeeded run that wait: carries them out, or drops them. What was accepted
    /// before and interrupted is carried out in any case.
    ///
    /// - Returns: the plan as it stands afterwards; a path whose file has changed meanwhile is in `conflict`.
    public func settleChanges(of id: ID<Run>, accept: Bool) async throws(EngineError) -> [PlannedChange] {
        var record = try await stored { store throws(StoreError) in try await store.run(id) }
        var plan = try await stored { store throws(StoreError) in try await store.plan(of: id) }
        guard record.status == .succeeded, ChangesStatus(plan) == .pending else { throw .nothingPending(id) }
        for place in plan.indices {
            switch plan[place].state {
            case .pending: plan[place].state = accept ? .planned : .discarded
            // What cannot be applied can still be dropped.
            case .conflict where !accept: plan[place].state = .discarded
            default: break
            }
        }
        var sequence = try await stored { store throws(StoreError) in try await store.lastEvent(of: id) }
        var commit = RunCommit(run: id, lease: context.lease)
        if plan.contains(where: { $0.state == .planned }) {
            commit.plan = plan
            try await keep(commit)
            do throws(StepFailure) {
                // The policy asked for this person's word and has it: what can be applied is, whatever else cannot.
                plan = try await context.changes.carryOut(
                    plan, of: id, policy: .review, workspace: record.workspace)
            } catch { throw .storage(reason: error.message) }
        }
        record.changes = ChangesStatus(plan)
        sequence += 1
        commit = RunCommit(run: id, lease: context.lease)
        commit.plan = plan
        commit.runState = RunState(record)
        commit.events = [
            RunEvent(
                sequence: sequence, at: context.now(), kind: .runChanges,
                data: ["status": .string(record.changes.rawValue)])
        ]
        try await keep(commit)
        return plan
    }
}

// MARK: - Driving

extension Engine {
    private func takeOver(_ record: RunRecord, secrets: SecretVault) async throws(EngineError) -> DrivenRun {
        let id = record.id
        let reading = DocumentReader().read(record.document)
        guard let pipeline = reading.pipeline else { throw .invalidDocument(reading.problems) }
        let inputs: JSON
        do throws(BlobError) { inputs = try context.values.load(record.inputs) } catch {
            throw .storage(reason: error.description)
        }
        let (steps, attempts, changes, last) = try await stored { store throws(StoreError) in
            (
                try await store.steps(of: id), try await store.attempts(of: id), try await store.changes(of: id),
                try await store.lastEvent(of: id)
            )
        }
        let start = RunStart.stored(
            record, steps, attempts, changes: changes, lastSequence: last, pipeline: pipeline, inputs: inputs,
            secrets: secrets)
        let driver = try enter(id, start, pipeline, secrets)
        let events = context.hub.watch(id)
        do throws(StoreError) {
            try await driver.takeOver(lost: start.lostAttempts, reopened: start.reopened)
        } catch {
            await driver.leavePlaces()
            leave(id, failure: error)
            throw .store(error)
        }
        return try await driven(id, driver, events)
    }

    /// Hands the run to ``run()``. An engine that was shut down meanwhile leaves it in the store, to be resumed.
    private func driven(
        _ id: ID<Run>, _ driver: RunDriver, _ events: AsyncStream<RunEvent>
    ) async throws(EngineError) -> DrivenRun {
        if case .terminated = arrival.yield((id, driver)) {
            await driver.leavePlaces()
            leave(id, failure: nil)
            throw .isStopping
        }
        return DrivenRun(id: id, events: events)
    }

    private func enter(
        _ id: ID<Run>, _ start: RunStart, _ pipeline: Pipeline, _ secrets: SecretVault
    ) throws(EngineError) -> RunDriver {
        let entered = state.withLock { state -> Result<RunDriver, EngineError> in
            guard !state.isStopping else { return .failure(.isStopping) }
            guard state.drivers[id] == nil else { return .failure(.isRunning(id)) }
            state.nextWaiter += 1
            let driver = RunDriver(
                context: context, pipeline: pipeline, secrets: secrets, waiterID: state.nextWaiter, start: start)
            state.drivers[id] = driver
            state.failures[id] = nil
            return .success(driver)
        }
        return try entered.get()
    }

    private func leave(_ id: ID<Run>, failure: StoreError?) {
        state.withLock { state in
            state.drivers[id] = nil
            state.failures[id] = failure
        }
        context.hub.close(id)
    }

    private func keep(_ commit: RunCommit) async throws(EngineError) {
        try await stored { store throws(StoreError) in try await store.commit(commit) }
    }

    private func stored<Value: Sendable>(
        _ body: (any RunStore) async throws(StoreError) -> Value
    ) async throws(EngineError) -> Value {
        do throws(StoreError) { return try await body(context.store) } catch { throw .store(error) }
    }
}
