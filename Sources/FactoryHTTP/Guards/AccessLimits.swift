import FactoryAPI
import FactoryAccess

/// How much one account may ask for. The key of the installation is not counted: whoever has it has the machine.
public struct AccessLimits: Sendable {
    /// Looks at one-time links from one address in a second, and at once.
    static let looksPerSecond = 0.5
    static let looksAtOnce = 20.0

    private let requests: RateLimiter
    private let runs: RateLimiter
    private let looks: RateLimiter
    private let streams: Gauge
    private let streamCount: Int

    /// - Parameters:
    ///   - requestsPerSecond: what one credential may ask for in the long run; twice as much at once.
    ///   - runsPerMinute: runs that one account may start in the long run; half as many at once.
    ///   - streams: streams of events that one account may have open.
    ///   - now: a clock that is never set back.
    public init(
        requestsPerSecond: Int, runsPerMinute: Int, streams: Int, now: @escaping @Sendable () -> Duration
    ) {
        requests = RateLimiter(
            perSecond: Double(requestsPerSecond), capacity: Double(2 * requestsPerSecond), now: now)
        runs = RateLimiter(
            perSecond: Double(runsPerMinute) / 60, capacity: Double(max(1, runsPerMinute / 2)), now: now)
        looks = RateLimiter(perSecond: Self.looksPerSecond, capacity: Self.looksAtOnce, now: now)
        self.streams = Gauge(limit: streams)
        streamCount = streams
    }

    /// Counts a request.
    func check(_ operation: FactoryAPI.Operation, by principal: Principal?) throws(APIProblem) {
        guard let principal, let name = Self.name(principal) else { return }
        if let wait = requests.take(name) { throw .tooOften(wait, "requests") }
        guard operation == .startRun || operation == .forkRun else { return }
        if let wait = runs.take(principal.owner) { throw .tooOften(wait, "starts of runs") }
    }

    /// Counts a look at a one-time link by somebody who is nobody yet.
    func checkLook(from address: String) throws(APIProblem) {
        if let wait = looks.take(address) { throw .tooOften(wait, "looks at one-time links") }
    }

    /// Counts a stream that begins.
    func beginStream(of principal: Principal?) throws(APIProblem) {
        guard let principal, Self.name(principal) != nil else { return }
        guard streams.enter(principal.owner) else {
            throw APIProblem(
                .tooManyRequests, "this account has \(streamCount) streams of events open, which is the most it may",
                hint: "close one", headers: [(name: "Retry-After", value: "15")])
        }
    }

    /// Counts a stream that ended.
    func endStream(of principal: Principal?) {
        guard let principal, Self.name(principal) != nil else { return }
        streams.leave(principal.owner)
    }

    private static func name(_ principal: Principal) -> String? {
        switch principal.credential {
        case .installation: nil
        case .key(let id), .session(let id): id
        }
    }
}

extension APIProblem {
    /// Something was done too often; after `seconds` it may be done again.
    static func tooOften(_ seconds: Double, _ what: String) -> APIProblem {
        let wait = max(1, Int(seconds.rounded(.up)))
        return APIProblem(
            .tooManyRequests, "too many \(what); wait \(wait) second\(wait == 1 ? "" : "s")",
            headers: [(name: "Retry-After", value: String(wait))])
    }
}
