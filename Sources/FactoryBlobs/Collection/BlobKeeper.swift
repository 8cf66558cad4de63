import FactoryDomain
import Synchronization

/// Remembers which blobs were put for work that has not been settled: no row names them yet, and they must not be taken
/// for garbage.
///
/// Time is counted in steps of its own, so that no clock matters. Work takes a ``BlobLease`` before its first blob and
/// gives it back once a transaction names what it put. A blob is safe from a collection that began at any moment while
/// work that put it held its lease, and from one that began before it was put. After a crash there is no such work.
final class BlobKeeper: Sendable {
    private struct State {
        var moment = 0
        /// When each blob was last put.
        var puts: [ContentHash: Int] = [:]
        /// When each lease was taken.
        var leases: [Int: Int] = [:]
        /// Number of puts from which on the old ones are forgotten.
        var patience = 1_024

        /// Everything put before this moment is settled or given up.
        var floor: Int { leases.values.min() ?? moment }
    }

    private let state = Mutex(State())

    func take() -> Int {
        state.withLock { state in
            state.moment += 1
            state.leases[state.moment] = state.moment
            return state.moment
        }
    }

    func give(back lease: Int) {
        state.withLock { state in
            state.leases[lease] = nil
            state.moment += 1
            guard state.puts.count >= state.patience else { return }
            let floor = state.floor
            state.puts = state.puts.filter { $0.value >= floor }
            state.patience = max(1_024, state.puts.count * 2)
        }
    }

    /// Notes that `blob` is about to be put; from here on no collection that has begun takes it away.
    func note(_ blob: ContentHash) { state.withLock { $0.puts[blob] = $0.moment } }

    /// Begins a collection: gives the moment from which on what was put is safe from it.
    func begin() -> Int {
        state.withLock { state in
            state.moment += 1
            return state.floor
        }
    }

    /// Does `remove`, unless `blob` was put at the moment `floor` or later. Nobody can put it meanwhile.
    func unlessPut<Value>(_ blob: ContentHash, since floor: Int, _ remove: () -> Value) -> Value? {
        state.withLock { state in
            if let put = state.puts[blob], put >= floor { return nil }
            state.puts[blob] = nil
            return remove()
        }
    }

    /// Number of blobs remembered.
    var count: Int { state.withLock { $0.puts.count } }
}

/// Keeps what is put while it lives from being collected; let go of it once a transaction names the blobs.
public final class BlobLease: Sendable {
    private let keeper: BlobKeeper
    private let number: Int

    init(_ keeper: BlobKeeper) {
        self.keeper = keeper
        number = keeper.take()
    }

    deinit { keeper.give(back: number) }
}
