public import FactoryDomain

/// Keeps triggers and every occasion on which they were set off.
public protocol TriggerStore: Sendable {
    /// Keeps a new trigger.
    ///
    /// - Parameter keyID: id of the master key that its key is sealed with; nil where it has none.
    /// - Throws: ``StoreError/otherKey(current:)`` where that is not the present one.
    func create(_ trigger: TriggerRecord, keyID: String?) async throws(StoreError)

    /// The trigger `id`.
    func trigger(_ id: ID<TriggerRecord>) async throws(StoreError) -> TriggerRecord

    /// The triggers of a pipeline, oldest first.
    func triggers(of pipeline: ID<PipelineRecord>) async throws(StoreError) -> [TriggerRecord]

    /// The webhook whose address has this digest; nil where there is none.
    func trigger(addressDigest: String) async throws(StoreError) -> TriggerRecord?

    /// Keeps `trigger` with the next revision if the stored one still has its revision.
    ///
    /// - Parameter keyID: as for a new one, where its key is new.
    /// - Throws: ``StoreError/changed`` where it has another.
    func replace(_ trigger: TriggerRecord, keyID: String?) async throws(StoreError)

    /// Removes a trigger with its deliveries.
    func removeTrigger(_ id: ID<TriggerRecord>) async throws(StoreError)

    /// Enabled schedules that are due at `moment` or before, the longest due first, at most `limit`.
    func dueTriggers(at moment: Timestamp, limit: Int) async throws(StoreError) -> [TriggerRecord]

    /// When the next schedule is due; nil without one.
    func nextFire() async throws(StoreError) -> Timestamp?

    /// Writes down what a schedule's fire came to and when it fires next, in one transaction.
    ///
    /// - Parameter trigger: the trigger as it was read: where its revision or its next fire is another by now, nothing
    ///   is written.
    /// - Returns: whether it was written.
    func fire(
        _ trigger: TriggerRecord, _ deliveries: [DeliveryRecord], next: Timestamp?
    ) async throws(StoreError) -> Bool

    /// Writes down a delivery, or gives the one that is kept of the same occasion. Of one trigger the latest
    /// ``DeliveryRecord/kept`` remain.
    func take(_ delivery: DeliveryRecord) async throws(StoreError) -> DeliveryRecord?

    /// Writes down what a pending delivery came to.
    func settle(
        _ delivery: ID<DeliveryRecord>, as status: DeliveryRecord.Status, reason: String?
    ) async throws(StoreError)

    /// Deliveries whose runs have not been started, oldest first.
    func pendingDeliveries() async throws(StoreError) -> [DeliveryRecord]

    /// The delivery `id` of a trigger.
    func delivery(
        _ id: ID<DeliveryRecord>, of trigger: ID<TriggerRecord>
    ) async throws(StoreError) -> DeliveryRecord

    /// Deliveries of a trigger, newest first, without bodies, at most `limit`, before the one called `id`.
    func deliveries(
        of trigger: ID<TriggerRecord>, before id: ID<DeliveryRecord>?, limit: Int
    ) async throws(StoreError) -> [DeliveryRecord]

    /// A run that a trigger started and that has not ended, other than `run`; nil without one.
    func unfinishedRun(of trigger: ID<TriggerRecord>, except run: ID<Run>?) async throws(StoreError) -> ID<Run>?
}

extension DeliveryRecord {
    /// How many deliveries of one trigger are kept. At the rate that webhooks are let in, that is longer than a
    /// signature is valid, so that no delivery is forgotten before it can no longer be sent again by somebody else.
    public static let kept = 1_000
    /// Largest body that is kept once a delivery is settled: 64 KiB.
    public static let keptBodyBytes = 64 << 10
}
