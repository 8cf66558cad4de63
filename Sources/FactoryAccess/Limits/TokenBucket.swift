/// A right that comes back at a steady rate, up to a bound: as many at once as fit into the bucket.
public struct TokenBucket: Sendable, Hashable {
    /// How many come back in a second.
    public let perSecond: Double
    /// How many there are at the most.
    public let capacity: Double

    private var level: Double
    private var filledAt: Duration

    /// A full bucket at the moment `now` of some clock.
    public init(perSecond: Double, capacity: Double, now: Duration) {
        self.perSecond = perSecond
        self.capacity = capacity
        level = capacity
        filledAt = now
    }

    /// Takes one; nil where there was one, otherwise in how many seconds there will be.
    public mutating func take(at now: Duration) -> Double? {
        fill(now)
        guard level >= 1 else { return (1 - level) / perSecond }
        level -= 1
        return nil
    }

    /// True when nothing is missing, so that a new bucket would be the same.
    public func isFull(at now: Duration) -> Bool {
        var copy = self
        copy.fill(now)
        return copy.level >= capacity
    }

    private mutating func fill(_ now: Duration) {
        let passed = max(0, (now - filledAt) / .seconds(1))
        level = min(capacity, level + passed * perSecond)
        filledAt = max(filledAt, now)
    }
}
