import FactoryDomain
import FactoryExpressions
import FactoryTriggers
import Testing

/// Goes through time minute by minute, as slowly and plainly as the rules are written down.
private struct Reference {
    let schedule: RandomSchedule
    let zone: TimeZoneRules

    func fires(from start: Int64, minutes: Int) -> [Int64] {
        var fires: [Int64] = []
        // A clock that was set back shows what it has shown before.
        var latest = (start - 3 * 86_400)...(start - 1)
        var shown = Int64.min
        for second in stride(from: latest.lowerBound, to: start, by: 60) {
            shown = max(shown, second + Int64(zone.offset(at: second)))
        }
        latest = start...(start + Int64(minutes) * 60)
        for second in stride(from: latest.lowerBound, to: latest.upperBound, by: 60) {
            let wall = second + Int64(zone.offset(at: second))
            if schedule.hours.count == 24 {
                if schedule.matches(wall) { fires.append(second) }
            } else if wall > shown {
                let times = stride(from: shown + 60, through: wall, by: 60)
                if times.contains(where: schedule.matches) { fires.append(second) }
            }
            shown = max(shown, wall)
        }
        return fires
    }
}

/// A schedule as sets of numbers, and as the text that means them.
private struct RandomSchedule {
    var minutes: Set<Int>
    var hours: Set<Int>
    var days: Set<Int>
    var weekdays: Set<Int>
    var text: String

    init(using random: inout some RandomNumberGenerator) {
        func field(_ range: ClosedRange<Int>) -> (Set<Int>, String) {
            switch Int.random(in: 0..<4, using: &random) {
            case 0: return (Set(range), "*")
            case 1:
                let step = Int.random(in: 2...min(range.count, 20), using: &random)
                return (Set(stride(from: range.lowerBound, through: range.upperBound, by: step)), "*/\(step)")
            case 2:
                let (first, second) = (Int.random(in: range, using: &random), Int.random(in: range, using: &random))
                let (low, high) = (min(first, second), max(first, second))
                return (Set(low...high), "\(low)-\(high)")
            default:
                let values = (0...Int.random(in: 0...2, using: &random)).map { _ in
                    Int.random(in: range, using: &random)
                }
                return (Set(values), values.map(String.init).joined(separator: ","))
            }
        }
        let minute = field(0...59)
        let hour = Bool.random(using: &random) ? field(0...4) : field(0...23)
        // Steps of `0...4` are written out: in the text they would mean all hours of the day.
        let hourText = hour.1.hasPrefix("*") && hour.0.isSubset(of: 0...4) && hour.0 != Set(0...23)
        (minutes, hours) = (minute.0, hour.0)
        (days, weekdays) = (Set(1...31), Set(0...6))
        var dayTexts = ["*", "*"]
        if Int.random(in: 0..<4, using: &random) == 0 {
            let day = field(1...28)
            (days, dayTexts[0]) = (day.0, day.0.sorted().map(String.init).joined(separator: ","))
        } else if Bool.random(using: &random) {
            let weekday = field(0...6)
            (weekdays, dayTexts[1]) = (weekday.0, weekday.0.sorted().map(String.init).joined(separator: ","))
        }
        let listed = hour.0.sorted().map(String.init).joined(separator: ",")
        text = "\(minute.1) \(hourText ? listed : hour.1) \(dayTexts[0]) * \(dayTexts[1])"
    }

    func matches(_ wall: Int64) -> Bool {
        let date = CivilDate(seconds: wall)
        return minutes.contains(date.minute) && hours.contains(date.hour) && days.contains(date.day)
            && weekdays.contains(date.weekday)
    }
}

@Suite("A schedule beside a minute-by-minute count") struct ScheduleReferenceTests {
    /// Zones with changes of an hour and half an hour, at midnight, to the south, twice a year around Ramadan, of a
    /// whole day, and far from UTC; each with weeks in which its clocks change.
    private static let weeks = [
        ("Europe/Berlin", "2026-03-26T00:00:00.000Z"), ("Europe/Berlin", "2026-10-22T00:00:00.000Z"),
        ("Europe/Berlin", "2041-03-28T00:00:00.000Z"), ("America/New_York", "2026-03-05T00:00:00.000Z"),
        ("America/New_York", "2026-10-29T00:00:00.000Z"), ("Australia/Lord_Howe", "2026-04-02T00:00:00.000Z"),
        ("Australia/Lord_Howe", "2026-10-01T00:00:00.000Z"), ("Africa/Cairo", "2026-04-22T00:00:00.000Z"),
        ("Africa/Casablanca", "2026-02-12T00:00:00.000Z"), ("Africa/Casablanca", "2026-03-19T00:00:00.000Z"),
        ("Pacific/Apia", "2011-12-28T00:00:00.000Z"), ("Pacific/Kiritimati", "2026-03-28T00:00:00.000Z"),
        ("America/St_Johns", "2026-03-06T00:00:00.000Z"), ("America/Santiago", "2026-09-04T00:00:00.000Z"),
        ("UTC", "2026-12-29T00:00:00.000Z"),
    ]

    @Test("fires at the same minutes", arguments: weeks)
    func agrees(zone: String, week: String) throws {
        let rules = try #require(TimeZoneRules(zone))
        let start = try Moments.at(week).milliseconds / 1_000
        var random = SeededGenerator(seed: UInt64(bitPattern: start))
        for _ in 0..<20 {
            let drawn = RandomSchedule(using: &random)
            let schedule = try Schedule(cron: drawn.text, timeZone: zone)
            let expected = Reference(schedule: drawn, zone: rules).fires(from: start, minutes: 6 * 1_440)
            var found: [Int64] = []
            var moment = Timestamp(milliseconds: (start - 1) * 1_000)
            while let next = schedule.next(after: moment), next.milliseconds < (start + 6 * 86_400) * 1_000 {
                found.append(next.milliseconds / 1_000)
                moment = next
            }
            #expect(found == expected, "\(drawn.text) in \(zone)")
            // From any moment in between the next is the same.
            let place = start + Int64.random(in: 0..<5 * 86_400, using: &random)
            let next = schedule.next(after: Timestamp(milliseconds: place * 1_000))
            if let later = expected.first(where: { $0 > place }) { #expect(next?.milliseconds == later * 1_000) }
        }
    }
}
