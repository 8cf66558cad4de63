import FactoryDomain
import FactoryTriggers
import Testing

@Suite("A schedule") struct ScheduleTests {
    @Test(
        "fires at the times that its fields name",
        arguments: [
            ("30 8 * * MON-FRI", "2026-07-31T09:00:00.000Z", ["2026-08-03T08:30", "2026-08-04T08:30"]),
            ("*/20 0-1 1 jan *", "2026-05-01T00:00:00.000Z", ["2027-01-01T00:00", "2027-01-01T00:20"]),
            ("5,50 23 31 12 *", "2026-12-31T23:05:00.000Z", ["2026-12-31T23:50", "2027-12-31T23:05"]),
            ("0 12 L * *", "2028-02-01T00:00:00.000Z", ["2028-02-29T12:00", "2028-03-31T12:00"]),
            ("0 0 29 2 *", "2026-01-01T00:00:00.000Z", ["2028-02-29T00:00", "2032-02-29T00:00"]),
            ("0 9 * * FRI#2", "2026-11-01T00:00:00.000Z", ["2026-11-13T09:00", "2026-12-11T09:00"]),
            ("0 9 * * 5L", "2026-11-01T00:00:00.000Z", ["2026-11-27T09:00", "2026-12-25T09:00"]),
            ("0 0 13 * FRI", "2026-11-01T00:00:00.000Z", ["2026-11-06T00:00", "2026-11-13T00:00"]),
            ("0 0 */2 * SAT", "2026-11-01T00:00:00.000Z", ["2026-11-07T00:00", "2026-11-21T00:00"]),
            ("0 0 * * 7", "2026-11-02T00:00:00.000Z", ["2026-11-08T00:00", "2026-11-15T00:00"]),
            ("10/25 4 * * *", "2026-11-02T00:00:00.000Z", ["2026-11-02T04:10", "2026-11-02T04:35"]),
            ("@hourly", "2026-11-02T00:00:00.000Z", ["2026-11-02T01:00", "2026-11-02T02:00"]),
            ("@weekly", "2026-11-02T00:00:00.000Z", ["2026-11-08T00:00", "2026-11-15T00:00"]),
            ("@yearly", "2026-11-02T00:00:00.000Z", ["2027-01-01T00:00", "2028-01-01T00:00"]),
        ])
    func fires(cron: String, after: String, expected: [String]) throws {
        let schedule = try Schedule(cron: cron, timeZone: "UTC")
        #expect(schedule.next(2, after: try Moments.at(after)).map(\.description) == expected.map { "\($0):00.000Z" })
    }

    @Test("is read on the clock of its zone")
    func zones() throws {
        let kathmandu = try Schedule(cron: "0 9 * * *", timeZone: "Asia/Kathmandu")
        #expect(
            kathmandu.next(after: try Moments.at("2026-11-02T00:00:00.000Z"))?.description == "2026-11-02T03:15:00.000Z"
        )
        let fixed = try Schedule(cron: "0 9 * * *", timeZone: "-03:30")
        #expect(
            fixed.next(after: try Moments.at("2026-11-02T00:00:00.000Z"))?.description == "2026-11-02T12:30:00.000Z")
    }

    @Test("that names a time which is left out fires once, when the gap is over")
    func gap() throws {
        // Berlin goes from 02:00 to 03:00 at 01:00 UTC on the 29th of March 2026.
        let schedule = try Schedule(cron: "*/15 2 * * *", timeZone: "Europe/Berlin")
        #expect(
            schedule.next(6, after: try Moments.at("2026-03-28T01:30:00.000Z")).map(\.description) == [
                "2026-03-28T01:45:00.000Z", "2026-03-29T01:00:00.000Z", "2026-03-30T00:00:00.000Z",
                "2026-03-30T00:15:00.000Z", "2026-03-30T00:30:00.000Z", "2026-03-30T00:45:00.000Z",
            ])
    }

    @Test("that names a time which comes twice fires the first time")
    func overlap() throws {
        // Berlin goes from 03:00 back to 02:00 at 01:00 UTC on the 25th of October 2026.
        let schedule = try Schedule(cron: "30 2 * * *", timeZone: "Europe/Berlin")
        #expect(
            schedule.next(3, after: try Moments.at("2026-10-24T12:00:00.000Z")).map(\.description) == [
                "2026-10-25T00:30:00.000Z", "2026-10-26T01:30:00.000Z", "2026-10-27T01:30:00.000Z",
            ])
    }

    @Test("of every hour goes by time that passes, over both changes of the clocks")
    func elapsed() throws {
        let schedule = try Schedule(cron: "30 * * * *", timeZone: "Europe/Berlin")
        for day in ["2026-03-28T22:00:00.000Z", "2026-10-24T22:00:00.000Z"] {
            let start = try Moments.at(day)
            let fires = schedule.next(48, after: start)
            #expect(
                fires.enumerated().allSatisfy { $1.milliseconds(since: start) == Int64($0) * 3_600_000 + 1_800_000 })
        }
    }

    @Test("survives a day that a zone left out as a whole")
    func leftOutDay() throws {
        // Samoa went from the end of the 29th to the beginning of the 31st of December 2011.
        let schedule = try Schedule(cron: "0 12 * * *", timeZone: "Pacific/Apia")
        #expect(
            schedule.next(3, after: try Moments.at("2011-12-29T00:00:00.000Z")).map(\.description) == [
                "2011-12-29T22:00:00.000Z", "2011-12-30T10:00:00.000Z", "2011-12-30T22:00:00.000Z",
            ])
    }

    @Test("ends with the calendar")
    func end() throws {
        let schedule = try Schedule(cron: "@yearly", timeZone: "UTC")
        #expect(schedule.next(after: try Moments.at("9999-06-01T00:00:00.000Z")) == nil)
    }

    @Test(
        "is refused with the place and what to write",
        arguments: [
            ("60 * * * *", "“60” is no minute", 1), ("* 24 * * *", "“24” is no hour", 3),
            ("* * 0 * *", "“0” is no day of the month", 5), ("* * * MAI *", "“MAI” is no month", 7),
            ("* * * * MON-XYZ", "“XYZ” is no day of the week", 13), ("0 8,,9 * * *", "an entry is missing", 5),
            ("*/0 * * * *", "“0” is no step", 3), ("*/90 * * * *", "never comes to a second minute", 3),
            ("5-1 * * * *", "ends before it begins", 1), ("* * * *", "five fields, not 4", 8),
            ("* * * * * *", "five fields, not 6", 11), ("", "five fields, not 0", 1), ("@often", "is no schedule", 1),
            ("@reboot", "is no schedule", 1), ("* * * * FRI#6", "“6” is no week of a month", 13),
            ("0 0 30 2 *", "no day ever matches", 1), ("0 0 31 4,6,9,11 *", "no day ever matches", 1),
            ("0 0 */31 * MON#2", "no day ever matches", 1), ("1-2-3 * * * *", "a range has two ends", 4),
            ("1/2/3 * * * *", "one step is enough", 4), ("-5 * * * *", "nothing is no minute", 1),
            ("１ * * * *", "“１” is no minute", 1), ("* * L-3 * *", "“L” is no day of the month", 5),
            ("é * * * x", "“é” is no minute", 1),
        ])
    func refusals(cron: String, message: String, column: Int) {
        let error = #expect(throws: ScheduleError.self) { try Schedule(cron: cron, timeZone: "UTC") }
        guard case .cron(let problem)? = error else { return }
        #expect(problem.message.contains(message) && problem.column == column && !problem.hint.isEmpty, "\(problem)")
    }

    @Test("has at most 256 characters")
    func length() throws {
        let longest = Array(repeating: "0", count: 124).joined(separator: ",") + " * * * *"
        #expect(longest.utf8.count == 255)
        _ = try Schedule(cron: longest, timeZone: "UTC")
        #expect(throws: ScheduleError.self) { try Schedule(cron: longest + "  ", timeZone: "UTC") }
    }

    @Test("wants a zone that is there", arguments: ["Europe/Atlantis", "", "../etc/passwd", "CEST+1"])
    func unknownZone(name: String) {
        #expect(throws: ScheduleError.unknownTimeZone(name)) { try Schedule(cron: "@daily", timeZone: name) }
    }
}
