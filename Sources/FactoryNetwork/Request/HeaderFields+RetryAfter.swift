extension HeaderFields {
    /// The wait that the other side asks for before the next request; nil without one.
    ///
    /// `retry-after-ms` (milliseconds) goes before `Retry-After` (seconds, fractions allowed). A date is not read,
    /// because a wait that depends on two clocks agreeing is no better than one's own; waits over an hour count as none.
    public var retryAfter: Duration? {
        let milliseconds = self["retry-after-ms"].flatMap(Double.init)
        let seconds = self["Retry-After"].flatMap(Double.init)
        guard let wait = milliseconds.map({ $0 / 1_000 }) ?? seconds, wait > 0, wait <= 3_600 else { return nil }
        return .milliseconds(Int64(wait * 1_000))
    }
}
