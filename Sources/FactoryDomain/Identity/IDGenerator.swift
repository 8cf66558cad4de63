import Synchronization

/// Makes new ids: 48 bits of time, then 80 random bits, in lower-case base 32, so that ids sort by creation.
///
/// Ids made in the same millisecond count up from the last one, so they sort in the order they were made.
/// Source of the form: the ULID specification (Crockford's alphabet).
public final class IDGenerator: Sendable {
    private struct State {
        var millisecond: UInt64 = 0
        var high: UInt16 = 0
        var low: UInt64 = 0
        var random: any RandomNumberGenerator & Sendable
        /// Random bits that were drawn and not used: the system's generator is asked anew for each 64.
        var spare: UInt64 = 0
        var spareBits = 0

        mutating func random16() -> UInt16 {
            if spareBits == 0 { (spare, spareBits) = (random.next(), 64) }
            defer {
                spare >>= 16
                spareBits -= 16
            }
            return UInt16(truncatingIfNeeded: spare)
        }
    }

    private let state: Mutex<State>
    private let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - now: the wall clock.
    ///   - random: the source of the random part; seed it in tests.
    public init(
        now: @escaping @Sendable () -> Timestamp,
        random: some RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.now = now
        state = Mutex(State(random: random))
    }

    /// A new id of `entity`.
    public func make<Entity>(_ entity: Entity.Type = Entity.self) -> ID<Entity> {
        let millisecond = UInt64(max(0, now().milliseconds))
        let (time, high, low) = state.withLock { state -> (UInt64, UInt16, UInt64) in
            if millisecond > state.millisecond {
                state.millisecond = millisecond
                state.high = state.random16()
                state.low = state.random.next()
            } else {
                let (next, overflow) = state.low.addingReportingOverflow(UInt64(state.random16()) + 1)
                state.low = next
                if overflow { state.high &+= 1 }
            }
            return (state.millisecond, state.high, state.low)
        }
        return ID(rawValue: Self.text(after: Entity.idPrefix, time: time, high: high, low: low))
    }

    private static let alphabet: StaticString = "0123456789abcdefghjkmnpqrstvwxyz"

    private static func text(after prefix: String, time: UInt64, high: UInt16, low: UInt64) -> String {
        let start = prefix.utf8.count
        let digits = alphabet.utf8Start
        return String(unsafeUninitializedCapacity: start + 26) { bytes in
            _ = bytes.initialize(fromContentsOf: prefix.utf8)
            for place in 0..<10 { bytes[start + 9 - place] = digits[Int((time >> (UInt64(place) * 5)) & 31)] }
            var (top, bottom) = (UInt64(high), low)
            for place in 0..<16 {
                bytes[start + 25 - place] = digits[Int(bottom & 31)]
                bottom = (bottom >> 5) | (top << 59)
                top >>= 5
            }
            return start + 26
        }
    }
}
