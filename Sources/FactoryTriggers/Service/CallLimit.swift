import FactoryDomain
import Synchronization

/// How often one webhook may be called: sixty times at once, and then once a second.
final class CallLimit: Sendable {
    private static let burst = 60.0
    private static let perSecond = 1.0
    /// How many webhooks are remembered before those that have all their calls left are forgotten.
    private static let remembered = 10_000

    private struct Bucket {
        var calls: Double
        var at: Timestamp
    }

    private let buckets = Mutex<[String: Bucket]>([:])

    /// Takes one call.
    /// - Returns: nil, or after how many seconds the next is let in.
    func take(_ key: String, at now: Timestamp) -> Int? {
        buckets.withLock { buckets in
            if buckets.count >= Self.remembered { buckets = buckets.filter { Self.calls($0.value, now) < Self.burst } }
            let left = buckets[key].map { Self.calls($0, now) } ?? Self.burst
            guard left >= 1 else { return Int(((1 - left) / Self.perSecond).rounded(.up)) }
            buckets[key] = Bucket(calls: left - 1, at: now)
            return nil
        }
    }

    private static func calls(_ bucket: Bucket, _ now: Timestamp) -> Double {
        let passed = Double(bucket.at.milliseconds < now.milliseconds ? now.milliseconds(since: bucket.at) : 0) / 1_000
        return min(burst, bucket.calls + passed * perSecond)
    }
}
