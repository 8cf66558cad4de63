public import FactoryBlobs
public import FactoryDomain
public import FactoryStore

/// One pass over the ended runs of a store: those that the policy no longer keeps go, oldest first, then the blobs that
/// nothing names, then the room is given back to the disk.
///
/// Every run goes whole, in a short transaction of its own among those of running runs. Interrupted anywhere it leaves
/// whole runs, and at worst blobs that nothing names, which the next thorough pass finds.
public struct Sweep: Sendable {
    /// Runs that are looked up at once.
    private static let batch = 64
    /// Free bytes in the store's file that are worth giving back between two thorough passes.
    private static let worthwhileBytes: Int64 = 1 << 20

    private let store: any RetentionStore
    private let blobs: BlobStore
    private let policy: RetentionPolicy
    private let now: @Sendable () -> Timestamp
    private let stop: StopFlag

    /// A pass over `store` and `blobs`; the caller holds the data folder.
    public init(
        store: any RetentionStore, blobs: BlobStore, policy: RetentionPolicy, now: @escaping @Sendable () -> Timestamp
    ) {
        self.init(store: store, blobs: blobs, policy: policy, now: now, stop: StopFlag())
    }

    init(
        store: any RetentionStore, blobs: BlobStore, policy: RetentionPolicy, now: @escaping @Sendable () -> Timestamp,
        stop: StopFlag
    ) {
        self.store = store
        self.blobs = blobs
        self.policy = policy
        self.now = now
        self.stop = stop
    }

    /// Does it, and tells what went. Stops between two transactions when the task is cancelled, but not before the
    /// first, so that many short lives get on as well as a long one.
    ///
    /// - Parameter thorough: looks at every blob rather than at those of the removed runs alone, and gives back all
    ///   free room.
    public func run(thorough: Bool) async throws(StoreError) -> SweepReport {
        var report = SweepReport()
        if thorough { report.bytesBefore = try await usedBytes() }
        if let before = oldest { try await remove(endedBefore: before, atMost: .max, &report) }
        if let kept = policy.maxRuns {
            try await remove(endedBefore: nil, atMost: try await store.expirableRunCount() - kept, &report)
        }
        if let limit = policy.maxBytes { try await shrink(to: limit, &report) }
        if thorough, !isOver {
            report.add(try await blobs.collectAll { blobs throws(StoreError) in try await store.named(among: blobs) })
        }
        let free = try await store.footprint().freeBytes
        if thorough || free >= Self.worthwhileBytes { try await store.giveRoomBack() }
        if thorough { report.bytesAfter = try await usedBytes() }
        return report
    }

    /// What ``run(thorough:)`` would let go now, runs and their bytes by estimate. Changes nothing.
    public func preview() async throws(StoreError) -> SweepReport {
        var report = SweepReport()
        let used = try await usedBytes()
        let all = try await store.expirableRuns(endedBefore: nil, limit: .max)
        var count = 0
        if let before = oldest { count = try await store.expirableRuns(endedBefore: before, limit: .max).count }
        if let kept = policy.maxRuns { count = max(count, all.count - kept) }
        var freed: Int64 = 0
        var gone: Set<ContentHash> = []
        for (place, run) in all.enumerated() {
            guard place < count || isOverweight(used, freed) else { break }
            let contents = try await store.contents(of: run)
            freed += contents.bytes
            for blob in contents.blobs.subtracting(gone) { freed += (try? blobs.size(of: blob)) ?? 0 }
            gone.formUnion(contents.blobs)
            report.runs += 1
        }
        report.bytesBefore = used
        report.bytesAfter = max(0, used - freed)
        return report
    }

    private func isOverweight(_ used: Int64, _ freed: Int64) -> Bool {
        guard let limit = policy.maxBytes, used > limit else { return false }
        return used - freed > limit - limit / 10
    }

    private var isOver: Bool { stop.isRaised || Task.isCancelled }

    /// What ended before this moment goes.
    private var oldest: Timestamp? { policy.maxAge.map { now().adding(.zero - $0) } }

    private func usedBytes() async throws(StoreError) -> Int64 {
        try await store.footprint().usedBytes + blobs.totalBytes()
    }

    private func shrink(to limit: Int64, _ report: inout SweepReport) async throws(StoreError) {
        let blobBytes = blobs.totalBytes() + report.blobBytes
        var used = try await store.footprint().usedBytes + blobBytes - report.blobBytes
        // A little below the limit, so that not every run that ends calls for the next pass.
        let target = used > limit ? limit - limit / 10 : limit
        while used > target, !isOver || report.runs == 0 {
            let removed = report.runs
            try await remove(endedBefore: nil, atMost: 4, &report)
            guard report.runs > removed else { return }
            used = try await store.footprint().usedBytes + blobBytes - report.blobBytes
        }
    }

    private func remove(
        endedBefore before: Timestamp?, atMost limit: Int, _ report: inout SweepReport
    ) async throws(StoreError) {
        var rest = limit
        while rest > 0, !isOver || report.runs == 0 {
            let runs = try await store.expirableRuns(endedBefore: before, limit: min(Self.batch, rest))
            guard !runs.isEmpty else { return }
            let removal = try await store.remove(runs)
            rest -= removal.handled
            report.runs += removal.removed
            // Only now, when the transaction that dropped them is on the disk.
            report.add(
                try await blobs.collect(removal.blobs) { blobs throws(StoreError) in
                    try await store.named(among: blobs)
                })
        }
    }
}

/// What a ``Sweep`` did, or would do.
public struct SweepReport: Sendable, Hashable {
    /// Runs removed.
    public var runs = 0
    /// Blobs removed.
    public var blobs = 0
    /// Bytes of these blobs.
    public var blobBytes: Int64 = 0
    /// Bytes in use by store and blobs before; nil where a pass that was not thorough did not measure them.
    public var bytesBefore: Int64?
    /// Bytes in use by store and blobs after; of a preview an estimate. Nil as ``bytesBefore``.
    public var bytesAfter: Int64?

    /// Nothing done.
    public init() {}

    mutating func add(_ collection: BlobCollection) {
        blobs += collection.blobs
        blobBytes += collection.bytes
    }
}
