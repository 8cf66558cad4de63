public import FactoryDomain

/// Which of the fires that have come due are made, and which are left out.
public struct DueFires: Sendable, Hashable {
    /// How late a fire may be and still count as made in time: one minute.
    public static let grace = Duration.seconds(60)

    /// The fires to make, oldest first.
    public var fires: [Timestamp]
    /// The first fire that is left out; nil where none is.
    public var leftOutFrom: Timestamp?

    /// What is to be made of the fires of `settings` from `first`, the one that was waited for, until `now`.
    public init(_ settings: ScheduleSettings, from first: Timestamp, until now: Timestamp) {
        let wanted = settings.catchUp == .all ? settings.catchUpLimit + 1 : 1
        var latest = Self.latest(wanted, of: settings.schedule, from: first, until: now)
        let isInTime = latest.last.map { now.milliseconds(since: $0) <= Self.grace.wholeMilliseconds } ?? false
        switch settings.catchUp {
        case .none: if !isInTime { latest = [] }
        case .last: break
        case .all: if !isInTime, latest.count == wanted { latest.removeFirst() }
        }
        fires = latest
        leftOutFrom = first <= now && latest.first != first ? first : nil
    }

    /// The last `count` fires. Looked for from now backwards in growing steps, so that a clock that was years behind
    /// costs no more than one that was not.
    private static func latest(
        _ count: Int, of schedule: Schedule, from first: Timestamp, until now: Timestamp
    ) -> [Timestamp] {
        let day: Int64 = 86_400_000
        for window in [day / 24, day, 32 * day, 400 * day, 10_000 * day, Int64.max / 2] {
            let start = max(first.milliseconds, now.milliseconds - window) - 1
            var fires: [Timestamp] = []
            var moment = Timestamp(milliseconds: start)
            while let next = schedule.next(after: moment), next <= now {
                fires.append(next)
                moment = next
            }
            if fires.count >= count || start == first.milliseconds - 1 { return fires.suffix(count) }
        }
        return []
    }
}
