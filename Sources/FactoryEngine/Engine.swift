public import FactoryBlobs
public import FactoryDomain
public import FactoryStore

/// Runs pipelines durably: whatever it reports has reached the store, and what a crash interrupts goes on from there.
///
/// ``run()`` drives runs until ``shutdown()``; it must be running for anything to happen. One engine works on a store
/// at a time: making an engine takes the store over from the one before.
public final class Engine: Sendable {
    let context: EngineContext
    let register = RunRegister()
    private let housekeeper: Housekeeper?
    private let stop = StopFlag()
    private let arrivals: AsyncStream<(ID<Run>, RunDriver)>
    private let arrival: AsyncStream<(ID<Run>, RunDriver)>.Continuation

    /// Takes `store` over and stands ready.
    ///
    /// - Parameters:
    ///   - executors: one per step type.
    ///   - changes: carries change sets over into workspaces.
    ///   - jitter: draws a delay between zero and the given one.
    ///   - whenDiskFull: whether runs wait for room.
    ///   - retention: what becomes of runs that ended long ago; nil keeps them and whatever they left.
    ///   - observers: told of every decision once it is on the disk.
    public init(
        store: any RunStore, blobs: BlobStore, executors: [any StepExecutor], changes: any ChangeApplying,
        widths: LaneWidths, ids: IDGenerator, clock: any Clock<Duration>, now: @escaping @Sendable () -> Timestamp,
        jitter: @escaping @Sendable (Duration) -> Duration, whenDiskFull: FullDiskPolicy = .giveUp,
        retention: Retention? = nil, observers: [any RunObserver] = []
    ) async throws(StoreError) {
        let values = ValueStore(blobs: blobs)
        let byType = Dictionary(uniqueKeysWithValues: executors.map { ($0.type, $0) })
        let room = RoomWatch(policy: whenDiskFull, clock: clock, now: now)
        context = EngineContext(
            store: store, lease: try await store.takeOver(), values: values,
            runner: AttemptRunner(
                executors: byType, values: values, deadlines: Deadlines(clock: clock), room: room, now: now),
            lanesByType: byType.mapValues(\.lane), lanes: Lanes(widths: widths), hub: EventHub(observers: observers),
            room: room, changes: changes, ids: ids, clock: clock,
            elapsed: clock.stopwatch(), now: now, jitter: jitter)
        housekeeper = retention.map { [stop] in Housekeeper($0, blobs: blobs, now: now, stop: stop) }
        (arrivals, arrival) = AsyncStream.makeStream()
    }

    /// Drives runs until ``shutdown()`` was called and the last of them ended.
    public func run() async {
        await withDiscardingTaskGroup { group in
            if let housekeeper { group.addTask { await housekeeper.begin() } }
            for await (id, driver) in arrivals {
                group.addTask { [self] in
                    do throws(StoreError) {
                        try await driver.drive()
                        leave(id, failure: nil)
                    } catch { leave(id, failure: error) }
                    await housekeeper?.runEnded()
                }
            }
        }
    }

    /// Takes no further runs; ``run()`` returns when those it drives have ended. A paused run is left in the store,
    /// as it stands, once what runs in it has ended.
    public func shutdown() {
        for driver in register.close() { driver.tell(.stopping) }
        stop.raise()
        arrival.finish()
    }

    /// Starts a run, and watches it. When this returns the run is in the store and its first steps are on their way.
    public func start(_ request: RunRequest) async throws(EngineError) -> DrivenRun {
        let id: ID<Run> = request.id ?? context.ids.make()
        let events = context.hub.watch(id)
        try await launch(request, as: id)
        return DrivenRun(id: id, events: events)
    }

    /// Starts a run that nobody watches, as ``start(_:)`` does otherwise.
    public func launch(_ request: RunRequest) async throws(EngineError) -> ID<Run> {
        let id: ID<Run> = request.id ?? context.ids.make()
        try await launch(request, as: id)
        return id
    }

    /// Returns once the engine does not drive the run: it has ended, or was left as it stands in the store
    /// (``failure(of:)`` then tells why). When the surrounding task is cancelled it returns at once.
    public func end(of id: ID<Run>) async { await register.end(of: id) }

    private func launch(_ request: RunRequest, as id: ID<Run>) async throws(EngineError) {
        let start: RunStart
        let lease = context.values.blobs.lease()
        defer { withExtendedLifetime(lease) {} }
        do throws(BlobError) {
            start = try .new(request, id: id, ids: context.ids, values: context.values, now: context.now())
        } catch { throw error == .diskFull ? .store(.diskFull) : .storage(reason: error.description) }
        let driver = RunDriver(
            context: context, pipeline: request.pipeline, secrets: request.secrets, waiterID: register.nextNumber(),
            start: start)
        try register.enter(id, driver)
        context.hub.open(id, after: start.lastSequence)
        do throws(StoreError) { try await driver.create() } catch {
            await driver.leavePlaces()
            leave(id, failure: error)
            throw .store(error)
        }
        try await drive(id, driver)
    }

    /// Whether the engine can write down what it decides.
    public var health: EngineHealth { context.room.health }

    /// How many runs it drives.
    public var drivenRuns: Int { register.driven }

    /// Why the engine stopped driving a run before it ended; nil if it did not.
    public func failure(of id: ID<Run>) -> StoreError? { register.failure(of: id) }
}

// MARK: - Driving

extension Engine {
    /// Hands the run to ``run()``. An engine that was shut down meanwhile leaves it in the store, to be resumed.
    func drive(_ id: ID<Run>, _ driver: RunDriver) async throws(EngineError) {
        guard case .terminated = arrival.yield((id, driver)) else { return }
        await driver.leavePlaces()
        leave(id, failure: nil)
        throw .isStopping
    }

    func leave(_ id: ID<Run>, failure: StoreError?) {
        // Who sees the events end asks why.
        register.note(failure, of: id)
        // Whoever drives the run next opens it anew, so it is closed first.
        context.hub.close(id)
        register.release(id, failure: failure)
    }

    func keep(_ commit: RunCommit) async throws(EngineError) {
        try await stored { store throws(StoreError) in try await store.commit(commit) }
    }

    func stored<Value: Sendable>(
        _ body: (any RunStore) async throws(StoreError) -> Value
    ) async throws(EngineError) -> Value {
        do throws(StoreError) { return try await body(context.store) } catch { throw .store(error) }
    }
}
