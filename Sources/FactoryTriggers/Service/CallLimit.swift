import FactoryDomain
import Synchronization

/// How often one webhook may be called: as often in a minute as at once.
final class CallLimit: Sendable {
    /// How many webhooks are remembered before those that have all their calls left are forgotten.
    private static let remembered = 10_000

    private struct Bucket {
        var calls: Double
        var at: Timestamp
    }

    private let burst: Double
    private let buckets = Mutex<[String: Bucket]>([:])

    /// So many calls in a minute.
    init(perMinute: Int) { burst = Double(perMinute) }

    /// Takes one call.
    /// - Returns: nil, or after how many seconds the next is let in.
    func take(_ key: String, at now: Timestamp) -> Int? {
        buckets.withLock { buckets in
            if buckets.count >= Self.remembered { buckets = buckets.filter { calls($0.value, now) < burst } }
            let left = buckets[key].map { calls($0, now) } ?? burst
            guard left >= 1 else { return Int(((1 - left) * 60 / burst).rounded(.up)) }
            buckets[key] = Bucket(calls: left - 1, at: now)
            return nil
        }
    }

    private func calls(_ bucket: Bucket, _ now: Timestamp) -> Double {
        let passed = Double(bucket.at.milliseconds < now.milliseconds ? now.milliseconds(since: bucket.at) : 0) / 1_000
        return min(burst, bucket.calls + passed * burst / 60)
    }
}
