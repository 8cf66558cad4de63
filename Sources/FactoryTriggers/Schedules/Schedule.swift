public import FactoryDomain
import FactoryExpressions

/// When something happens again and again: a cron text, and the time zone whose clock it is read on.
///
/// Where the clocks change: a schedule that names every hour (`*`, `*/1`, `0-23`) goes by time that passes, so
/// `*/15 * * * *` fires each quarter of an hour and in an hour that comes twice it fires in both. Any other names times
/// of day: one that comes twice fires the first time only, and one that is left out fires at the moment after the gap,
/// once however many times were left out.
public struct Schedule: Sendable {
    /// The cron text as it was written.
    public let cron: String
    /// The zone's name.
    public let timeZone: String
    private let days: CronDays
    private let rules: TimeZoneRules

    /// Reads a schedule.
    ///
    /// - Throws: ``ScheduleError`` that says what is wrong where.
    public init(cron: String, timeZone: String) throws(ScheduleError) {
        self.cron = cron
        self.timeZone = timeZone
        do throws(CronError) {
            guard let days = CronDays(try CronParser.parse(cron)) else {
                throw CronError(
                    "no day ever matches “\(cron)”", hint: "check the day against the month, as in 29 2 or L", column: 1
                )
            }
            self.days = days
        } catch { throw .cron(error) }
        guard let rules = TimeZoneRules(timeZone) else { throw .unknownTimeZone(timeZone) }
        self.rules = rules
    }

    /// The first fire after `moment`; nil after the year 9999.
    public func next(after moment: Timestamp) -> Timestamp? {
        let seconds = moment.milliseconds.flooredQuotient(by: 1_000)
        let next = days.namesEveryHour ? elapsed(after: seconds) : fixed(after: seconds)
        return next.map { Timestamp(milliseconds: $0 * 1_000) }
    }

    /// The next `count` fires after `moment`.
    public func next(_ count: Int, after moment: Timestamp) -> [Timestamp] {
        var fires: [Timestamp] = []
        while fires.count < count, let next = next(after: fires.last ?? moment) { fires.append(next) }
        return fires
    }

    /// Each stretch of one offset is looked through by itself, so nothing is left out and nothing comes twice.
    private func elapsed(after seconds: Int64) -> Int64? {
        var start = seconds + 1
        while true {
            let offset = Int64(rules.offset(at: start))
            let minute = -(-(start + offset)).flooredQuotient(by: 60)
            guard let next = days.next(from: Int(minute)) else { return nil }
            let fire = Int64(next) * 60 - offset
            guard let end = rules.transition(after: start), end <= fire else { return fire }
            start = end
        }
    }

    /// Times of day in order; their moments are in the same order.
    private func fixed(after seconds: Int64) -> Int64? {
        var minute = Int((seconds + Int64(rules.offset(at: seconds))).flooredQuotient(by: 60))
        while let next = days.next(from: minute) {
            let fire = moment(ofWallClock: Int64(next) * 60)
            if fire > seconds { return fire }
            minute = next + 1
        }
        return nil
    }

    /// The first moment at which the clock on the wall shows `time` (seconds since 1970) or, where it never does, the
    /// moment at which it is set forward over it.
    private func moment(ofWallClock time: Int64) -> Int64 {
        // No zone is further from UTC than 26 hours.
        var start = time - 26 * 3_600
        while true {
            let moment = max(start, time - Int64(rules.offset(at: start)))
            guard let end = rules.transition(after: start), end <= moment else { return moment }
            start = end
        }
    }
}

/// Why there is no such schedule.
public enum ScheduleError: Error, Sendable, Hashable {
    /// The cron text is wrong.
    case cron(CronError)
    /// No time zone has this name on this machine.
    case unknownTimeZone(String)
}

extension Int64 {
    /// This number divided by `divisor`, rounded down.
    fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
        let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? quotient - 1 : quotient
    }
}
