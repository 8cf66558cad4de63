import Synchronization

/// How many of something each name has at a time, up to a bound.
public final class Gauge: Sendable {
    private let counts = Mutex<[String: Int]>([:])
    private let limit: Int

    /// At most `limit` for each name.
    public init(limit: Int) { self.limit = limit }

    /// Counts one more for `name`; false where it has as many as it may.
    public func enter(_ name: String) -> Bool {
        counts.withLock { counts in
            guard counts[name, default: 0] < limit else { return false }
            counts[name, default: 0] += 1
            return true
        }
    }

    /// Counts one less for `name`.
    public func leave(_ name: String) {
        counts.withLock { counts in
            guard let count = counts[name] else { return }
            counts[name] = count > 1 ? count - 1 : nil
        }
    }
}
