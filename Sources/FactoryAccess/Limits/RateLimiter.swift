import Synchronization

/// One ``TokenBucket`` for each name, for as long as something is missing in it.
public final class RateLimiter: Sendable {
    private struct State {
        var buckets: [String: TokenBucket] = [:]
        var sweepAt = 1_024
    }

    private let state = Mutex(State())
    private let perSecond: Double
    private let capacity: Double
    private let now: @Sendable () -> Duration

    /// - Parameters:
    ///   - perSecond: how often each name may in the long run.
    ///   - capacity: how often at once.
    ///   - now: a clock that is never set back.
    public init(perSecond: Double, capacity: Double, now: @escaping @Sendable () -> Duration) {
        self.perSecond = perSecond
        self.capacity = capacity
        self.now = now
    }

    /// Counts one for `name`; nil where it may, otherwise in how many seconds it may again.
    public func take(_ name: String) -> Double? {
        let now = now()
        return state.withLock { state in
            if state.buckets.count >= state.sweepAt {
                state.buckets = state.buckets.filter { !$0.value.isFull(at: now) }
                state.sweepAt = max(1_024, state.buckets.count * 2)
            }
            var bucket = state.buckets[name] ?? TokenBucket(perSecond: perSecond, capacity: capacity, now: now)
            defer { state.buckets[name] = bucket }
            return bucket.take(at: now)
        }
    }
}
