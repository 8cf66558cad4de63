import Synchronization

/// How often signing in may be tried: per address, and per account.
///
/// An account that strangers try is not shut for its owner: who has signed in to it before from an address is counted
/// for that address alone. Nothing shuts for longer than ``longestDelaySeconds``.
public final class SignInThrottle: Sendable {
    /// Tries in a minute from one address, whomever they concern.
    static let perAddress = 20.0
    /// Tries in a minute at one account from one address that has signed in to it, or from all others together.
    static let perAccount = 5.0
    /// Tries that may fail one after the other before the time between them doubles with each.
    static let freeFailures = 5
    /// The longest time between two tries.
    static let longestDelaySeconds = 900.0

    private struct Failures {
        var count = 0
        var until = Duration.zero
    }

    private let failures = Mutex<[String: Failures]>([:])
    private let addresses: RateLimiter
    private let accounts: RateLimiter
    private let now: @Sendable () -> Duration

    /// - Parameter now: a clock that is never set back.
    public init(now: @escaping @Sendable () -> Duration) {
        self.now = now
        addresses = RateLimiter(perSecond: Self.perAddress / 60, capacity: Self.perAddress, now: now)
        accounts = RateLimiter(perSecond: Self.perAccount / 60, capacity: Self.perAccount, now: now)
    }

    /// Counts a try; nil where it may be made, otherwise in how many seconds.
    ///
    /// - Parameters:
    ///   - account: what the account is called, whether there is one or not.
    ///   - address: where the try comes from.
    ///   - isKnown: whether somebody has signed in to this account from there before.
    public func take(_ account: String, from address: String, isKnown: Bool) -> Double? {
        let address = Self.group(of: address)
        if let wait = addresses.take(address) { return wait }
        let now = now()
        if let until = failures.withLock({ $0[Self.name(account, address)]?.until }), until > now {
            return (until - now) / .seconds(1)
        }
        return accounts.take(isKnown ? Self.name(account, address) : account)
    }

    /// Notes that a try failed.
    public func failed(_ account: String, from address: String) {
        let (now, name) = (now(), Self.name(account, Self.group(of: address)))
        failures.withLock { failures in
            if failures.count >= 10_000 { failures = failures.filter { $0.value.until > now } }
            var entry = failures[name] ?? Failures()
            entry.count += 1
            let doublings = max(0, entry.count - Self.freeFailures)
            // Six seconds after the sixth, twice that after each further one.
            let delay = doublings == 0 ? 0 : min(Self.longestDelaySeconds, 6 * Double(1 << min(doublings - 1, 16)))
            entry.until = now + .seconds(delay)
            failures[name] = entry
        }
    }

    /// Notes that a try succeeded.
    public func succeeded(_ account: String, from address: String) {
        failures.withLock { _ = $0.removeValue(forKey: Self.name(account, Self.group(of: address))) }
    }

    private static func name(_ account: String, _ address: String) -> String { "\(account) \(address)" }

    /// Who has one IPv6 address has 2⁶⁴ of them: they count as one.
    static func group(of address: String) -> String {
        guard address.contains(":") else { return address }
        let halves = address.split(separator: "%", maxSplits: 1)[0]
        let parts = halves.split(separator: ":", omittingEmptySubsequences: false)
        guard let gap = parts.firstIndex(of: "") else { return parts.prefix(4).joined(separator: ":") }
        // What `::` stands for are zeros; only those among the first four groups matter.
        let head = parts[..<gap].prefix(4)
        let tail = parts[gap...].filter { !$0.isEmpty }
        let zeros = max(0, 8 - head.count - tail.count)
        let all = head.map(String.init) + Array(repeating: "0", count: zeros) + tail.map(String.init)
        return all.prefix(4).joined(separator: ":")
    }
}
