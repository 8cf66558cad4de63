import FactoryDomain
import FactorySecrets
import FactoryStore

/// What every run of one engine shares.
struct EngineContext: Sendable {
    let store: any RunStore
    let lease: LeaseToken
    let values: ValueStore
    let runner: AttemptRunner
    /// Lane of each step type.
    let lanesByType: [String: Lane]
    let lanes: Lanes
    let hub: EventHub
    let room: RoomWatch
    let changes: any ChangeApplying
    let ids: IDGenerator
    let clock: any Clock<Duration>
    /// Time since the engine was made.
    let elapsed: @Sendable () -> Duration
    let now: @Sendable () -> Timestamp
    /// Draws a delay between zero and the given one.
    let jitter: @Sendable (Duration) -> Duration
}
