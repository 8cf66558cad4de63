/// A point in time to the nanosecond, from year 1 to year 9999, in UTC.
public struct Moment: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z, rounded down.
    public var seconds: Int64
    /// Nanoseconds after ``seconds``, 0 to 999,999,999.
    public var nanoseconds: Int32

    /// A moment. Nanoseconds outside 0 to 999,999,999 are carried into the seconds.
    public init(seconds: Int64, nanoseconds: Int32 = 0) {
        let carry =
            nanoseconds >= 0 ? nanoseconds / 1_000_000_000 : (nanoseconds - 999_999_999) / 1_000_000_000
        self.seconds = seconds + Int64(carry)
        self.nanoseconds = nanoseconds - carry * 1_000_000_000
    }

    /// Earlier or not.
    public static func < (left: Moment, right: Moment) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z: what CEL's timestamps can hold.
    static let validSeconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    var isValid: Bool { Self.validSeconds.contains(seconds) }

    /// This moment and `nanoseconds` more; nil outside years 1 to 9999.
    func adding(nanoseconds added: Int64) -> Moment? {
        let (whole, rest) = (added / 1_000_000_000, Int32(added % 1_000_000_000))
        let moment = Moment(seconds: seconds + whole, nanoseconds: nanoseconds + rest)
        return moment.isValid ? moment : nil
    }

    /// Nanoseconds from `other` to this moment; nil where they do not fit 64 bits (about 292 years).
    func nanoseconds(since other: Moment) -> Int64? {
        let (whole, overflow) = (seconds - other.seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = whole.addingReportingOverflow(Int64(nanoseconds - other.nanoseconds))
        return overflow || carry ? nil : sum
    }
}
