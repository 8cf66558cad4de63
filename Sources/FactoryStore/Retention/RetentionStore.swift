public import FactoryDomain

/// The side of the run store that lets old runs go and gives their room back to the disk.
///
/// For the one who holds the data folder. Every write is a short transaction of its own among those of running runs.
public protocol RetentionStore: Sendable {
    /// Runs that may go, the one that ended first at the front, at most `limit`: ended, and without changes that wait
    /// for a decision. With `before` only those that ended earlier.
    func expirableRuns(endedBefore before: Timestamp?, limit: Int) async throws(StoreError) -> [ID<Run>]

    /// Number of runs that may go.
    func expirableRunCount() async throws(StoreError) -> Int

    /// Removes runs with everything that belongs to them, as many of the first as fit into a short transaction, at
    /// least one. A run that may no longer go is passed over.
    func remove(_ runs: [ID<Run>]) async throws(StoreError) -> RunRemoval

    /// What removing a run would give back: about so many bytes of the store, and the blobs it names.
    func contents(of run: ID<Run>) async throws(StoreError) -> (bytes: Int64, blobs: Set<ContentHash>)

    /// Which of `blobs` something in the store names.
    func named(among blobs: [ContentHash]) async throws(StoreError) -> Set<ContentHash>

    /// What the store takes up.
    func footprint() async throws(StoreError) -> StoreFootprint

    /// Shortens the store's files by what is free in them, in slices between which other writers have their turn.
    func giveRoomBack() async throws(StoreError)
}

/// What one transaction of ``RetentionStore/remove(_:)`` did.
public struct RunRemoval: Sendable, Hashable {
    /// How many of the runs, from the first, are dealt with.
    public var handled: Int
    /// How many of these were removed; the others may no longer go.
    public var removed: Int
    /// Blobs that a removed run named; another may name them too.
    public var blobs: Set<ContentHash>

    /// A removal of these values.
    public init(handled: Int, removed: Int, blobs: Set<ContentHash>) {
        self.handled = handled
        self.removed = removed
        self.blobs = blobs
    }
}

/// What a store takes up on the disk.
public struct StoreFootprint: Sendable, Hashable {
    /// Bytes in use.
    public var usedBytes: Int64
    /// Bytes that are free within the store's file and can be given back.
    public var freeBytes: Int64

    /// A footprint of these values.
    public init(usedBytes: Int64, freeBytes: Int64) {
        self.usedBytes = usedBytes
        self.freeBytes = freeBytes
    }
}
