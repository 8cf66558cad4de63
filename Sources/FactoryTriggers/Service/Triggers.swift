public import FactoryDomain
public import FactoryStore

/// The triggers of an installation: makes and changes them, fires schedules, takes calls.
///
/// ``run()`` fires schedules; calls are taken without it.
public final class Triggers: Sendable {
    let parts: TriggerParts
    let finisher: DeliveryFinisher
    let limit: CallLimit
    let bell: AsyncStream<Scheduler.Ring>.Continuation
    private let rings: AsyncStream<Scheduler.Ring>

    /// Triggers that work with `parts`.
    public init(_ parts: TriggerParts) {
        self.parts = parts
        finisher = DeliveryFinisher(parts)
        limit = CallLimit(perMinute: parts.callsPerMinute)
        (rings, bell) = AsyncStream.makeStream()
    }

    /// Fires schedules, after what an earlier process left half-done was finished; returns when the task is cancelled.
    /// To be called once.
    public func run() async {
        bell.yield(.changed)
        await Scheduler(parts, finisher, bell).run(rings)
    }
}

// MARK: - Reading

extension Triggers {
    /// The triggers of a pipeline, oldest first.
    public func list(of pipeline: ID<PipelineRecord>) async throws(StoreError) -> [TriggerRecord] {
        try await parts.store.triggers(of: pipeline)
    }

    /// The trigger `id` of a pipeline.
    public func trigger(
        _ id: ID<TriggerRecord>, of pipeline: ID<PipelineRecord>
    ) async throws(StoreError) -> TriggerRecord {
        let trigger = try await parts.store.trigger(id)
        guard trigger.pipeline == pipeline else { throw .notFound(kind: "trigger", id: id.rawValue) }
        return trigger
    }

    /// Deliveries of a trigger, newest first, without bodies.
    public func deliveries(
        of trigger: ID<TriggerRecord>, before id: ID<DeliveryRecord>?, limit: Int
    ) async throws(StoreError) -> [DeliveryRecord] {
        try await parts.store.deliveries(of: trigger, before: id, limit: limit)
    }

    /// A delivery with its body.
    public func delivery(
        _ id: ID<DeliveryRecord>, of trigger: ID<TriggerRecord>
    ) async throws(StoreError) -> DeliveryRecord {
        try await parts.store.delivery(id, of: trigger)
    }
}
