public import FactoryDomain

/// How a failed attempt is tried again.
public struct RetryPolicy: Sendable, Hashable {
    /// How the delay grows.
    public enum Backoff: String, Sendable, CaseIterable {
        /// It doubles with every retry.
        case exponential
        /// It stays.
        case fixed
    }

    /// Attempts in all, the first included; from 1 to 100.
    public var maxAttempts: Int
    /// Before the first retry.
    public var delay: Duration
    /// How the delay grows.
    public var backoff: Backoff
    /// The most that ``delay(beforeRetry:)`` grows to.
    public var maxDelay: Duration
    /// True when the wait is drawn uniformly from zero to the delay, so that many steps do not return at once.
    public var jitter: Bool
    /// The classes of failure that are tried again.
    public var on: Set<StepFailure.Class>
    /// True when every failure is tried again.
    public var onAny: Bool

    /// A policy, each part with the default of ``standard``.
    public init(
        maxAttempts: Int = 1, delay: Duration = .seconds(1), backoff: Backoff = .exponential,
        maxDelay: Duration = .seconds(300), jitter: Bool = true,
        on: Set<StepFailure.Class> = [.rateLimit, .timeout, .serverError, .network], onAny: Bool = false
    ) {
        self.maxAttempts = maxAttempts
        self.delay = delay
        self.backoff = backoff
        self.maxDelay = maxDelay
        self.jitter = jitter
        self.on = on
        self.onAny = onAny
    }

    /// What a step without `retry` has: one attempt; with `max_attempts` alone 1, 2, 4 … 256, 300 s, with jitter, after
    /// rate limits, timeouts, server errors and network errors.
    public static let standard = RetryPolicy()

    /// True when a failure of `class` is tried again, attempts left.
    public func covers(_ class: StepFailure.Class) -> Bool { onAny || on.contains(`class`) }

    /// The delay before retry number `retry` (from 1), before jitter: `min(maxDelay, delay × 2^(retry − 1))`, or
    /// `min(maxDelay, delay)` when fixed.
    public func delay(beforeRetry retry: Int) -> Duration {
        guard backoff == .exponential else { return min(delay, maxDelay) }
        var current = delay
        for _ in 1..<max(2, retry) {
            guard current < maxDelay else { break }
            current *= 2
        }
        return retry <= 1 ? min(delay, maxDelay) : min(current, maxDelay)
    }
}
