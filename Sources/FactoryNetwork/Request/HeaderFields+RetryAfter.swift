extension HeaderFields {
    /// The wait that the other side asks for before the next request; nil without one.
    ///
    /// `retry-after-ms` (milliseconds) goes before `Retry-After`: seconds, fractions allowed, or a date (RFC 9110,
    /// section 10.2.3). A date counts from the answer's own `Date`, so that the two clocks need not agree; without one
    /// it says nothing. Waits over an hour count as none, and so does a date that has passed.
    public var retryAfter: Duration? {
        let milliseconds = self["retry-after-ms"].flatMap(Double.init).map { $0 / 1_000 }
        guard let wait = milliseconds ?? self["Retry-After"].flatMap(wait), wait > 0, wait <= 3_600 else { return nil }
        return .milliseconds(Int64(wait * 1_000))
    }

    /// Seconds.
    private func wait(_ text: String) -> Double? {
        if let seconds = Double(text) { return seconds }
        guard let until = HTTPDate(text), let now = self["Date"].flatMap(HTTPDate.init) else { return nil }
        return Double(until.seconds - now.seconds)
    }
}
