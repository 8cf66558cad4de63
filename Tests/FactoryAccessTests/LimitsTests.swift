import FactoryAccess
import Synchronization
import Testing

/// A clock that a test sets.
private final class Watch: Sendable {
    private let moment = Mutex(Duration.zero)
    func now() -> Duration { moment.withLock { $0 } }
    func pass(_ seconds: Double) { moment.withLock { $0 += .seconds(seconds) } }
}

@Suite("Limits") struct LimitsTests {
    private let watch = Watch()

    @Test("give back at a steady rate what was taken, up to a bound")
    func buckets() {
        var bucket = TokenBucket(perSecond: 2, capacity: 3, now: .zero)
        for _ in 0..<3 { #expect(bucket.take(at: .zero) == nil) }
        #expect(bucket.take(at: .zero) == 0.5)
        #expect(bucket.take(at: .seconds(0.5)) == nil)
        #expect(bucket.take(at: .seconds(0.5)) == 0.5)
        // A clock that jumps back gives nothing.
        #expect(bucket.take(at: .zero) != nil)
        for _ in 0..<3 { #expect(bucket.take(at: .seconds(100)) == nil) }
        #expect(bucket.take(at: .seconds(100)) != nil)
    }

    @Test("count each name by itself, also among many")
    func names() {
        let limiter = RateLimiter(perSecond: 1, capacity: 1, now: watch.now)
        for number in 0..<3_000 { #expect(limiter.take("\(number)") == nil) }
        #expect(limiter.take("2999") != nil)
        watch.pass(1)
        #expect(limiter.take("2999") == nil)
    }

    @Test("bound how many there are at a time")
    func gauges() {
        let gauge = Gauge(limit: 2)
        #expect(gauge.enter("a"))
        #expect(gauge.enter("a"))
        #expect(!gauge.enter("a"))
        #expect(gauge.enter("b"))
        gauge.leave("a")
        #expect(gauge.enter("a"))
    }

    @Test("slow who guesses at an account, longer with each failure, and never for more than a quarter of an hour")
    func delays() {
        let throttle = SignInThrottle(now: watch.now)
        for _ in 0..<5 {
            #expect(throttle.take("ada", from: "192.0.2.1", isKnown: true) == nil)
            throttle.failed("ada", from: "192.0.2.1")
        }
        #expect(throttle.take("ada", from: "192.0.2.1", isKnown: true) != nil)
        var longest = 0.0
        for _ in 0..<20 {
            watch.pass(1_000)
            #expect(throttle.take("ada", from: "192.0.2.1", isKnown: true) == nil)
            throttle.failed("ada", from: "192.0.2.1")
            let wait = throttle.take("ada", from: "192.0.2.1", isKnown: true) ?? 0
            #expect(wait >= longest)
            longest = wait
        }
        #expect(longest == 900)
        watch.pass(900)
        #expect(throttle.take("ada", from: "192.0.2.1", isKnown: true) == nil)
        throttle.succeeded("ada", from: "192.0.2.1")
        watch.pass(60)
        for _ in 0..<5 { #expect(throttle.take("ada", from: "192.0.2.1", isKnown: true) == nil) }
    }

    @Test("shut nobody out who has signed in from there before, whatever strangers try")
    func strangers() {
        let throttle = SignInThrottle(now: watch.now)
        for number in 0..<50 {
            if throttle.take("ada", from: "203.0.113.\(number)", isKnown: false) == nil {
                throttle.failed("ada", from: "203.0.113.\(number)")
            }
        }
        #expect(throttle.take("ada", from: "203.0.113.99", isKnown: false) != nil)
        #expect(throttle.take("ada", from: "192.0.2.1", isKnown: true) == nil)
        watch.pass(60)
        #expect(throttle.take("ada", from: "203.0.113.99", isKnown: false) == nil)
    }

    @Test("count an address whomever it tries, and a network of IPv6 as one")
    func addresses() {
        let throttle = SignInThrottle(now: watch.now)
        for number in 0..<20 {
            #expect(throttle.take("name\(number)", from: "2001:db8::\(number)", isKnown: false) == nil)
        }
        #expect(throttle.take("other", from: "2001:db8:0:0:1:2:3:4", isKnown: false) != nil)
        #expect(throttle.take("other", from: "2001:db8:0:1::1", isKnown: false) == nil)
    }
}
