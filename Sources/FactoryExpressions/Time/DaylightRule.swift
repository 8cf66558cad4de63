/// A rule for all years to come, such as `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// Source: the TZ string of POSIX, with the extension of RFC 8536 (hours up to 167, also negative).
struct DaylightRule: Sendable {
    private var standardOffset: Int
    private var daylight: (offset: Int, start: Change, end: Change)?

    /// A day of the year and a time of that day, in local time.
    private struct Change: Sendable {
        enum Day: Sendable {
            /// Week 1 to 5 (5 is the last) of a month, and a weekday from Sunday.
            case weekday(month: Int, week: Int, day: Int)
            /// 1 to 365, never counting the 29th of February.
            case withoutLeapDay(Int)
            /// 0 to 365.
            case withLeapDay(Int)
        }

        var day: Day
        var time: Int
    }

    init?(_ text: String) {
        var reader = Reader(text)
        guard reader.skipName(), let west = reader.time() else { return nil }
        standardOffset = -west
        guard !reader.isAtEnd else { return }
        guard reader.skipName() else { return nil }
        var offset = standardOffset + 3600
        if !reader.isNext(",") {
            guard let west = reader.time() else { return nil }
            offset = -west
        }
        guard reader.skip(","), let start = Self.change(&reader), reader.skip(","),
            let end = Self.change(&reader),
            reader.isAtEnd
        else { return nil }
        daylight = (offset, start, end)
    }

    /// Seconds east of UTC at a moment.
    func offset(at seconds: Int64) -> Int {
        guard let daylight else { return standardOffset }
        let year = CivilDate(seconds: seconds, offset: standardOffset).year
        let start = Self.seconds(of: daylight.start, in: year) - standardOffset
        let end = Self.seconds(of: daylight.end, in: year) - daylight.offset
        let isDaylight =
            start < end
            ? (start..<end).contains(Int(seconds)) : !(end..<start).contains(Int(seconds))
        return isDaylight ? daylight.offset : standardOffset
    }

    /// The first second after `seconds` from which another offset holds.
    func change(after seconds: Int64) -> Int64? {
        guard let daylight, daylight.offset != standardOffset else { return nil }
        let year = CivilDate(seconds: seconds, offset: standardOffset).year
        let changes = (year - 1...year + 2).flatMap { year in
            [
                Int64(Self.seconds(of: daylight.start, in: year) - standardOffset),
                Int64(Self.seconds(of: daylight.end, in: year) - daylight.offset),
            ]
        }
        // Where daylight time is kept all year, its end is the beginning of the next.
        return changes.sorted().first { $0 > seconds && offset(at: $0) != offset(at: $0 - 1) }
    }

    /// Local seconds since the epoch.
    private static func seconds(of change: Change, in year: Int) -> Int {
        let day: Int
        switch change.day {
        case .withLeapDay(let number): day = CivilDate.days(year: year, month: 1, day: 1) + number
        case .withoutLeapDay(let number):
            let leap = CivilDate.isLeap(year) && number >= 60 ? 1 : 0
            day = CivilDate.days(year: year, month: 1, day: 1) + number - 1 + leap
        case .weekday(let month, let week, let weekday):
            let first = CivilDate.days(year: year, month: month, day: 1)
            let firstWeekday = ((first + 4) % 7 + 7) % 7
            var date = 1 + (weekday - firstWeekday + 7) % 7 + 7 * (week - 1)
            while date > CivilDate.daysIn(month: month, of: year) { date -= 7 }
            day = first + date - 1
        }
        return day * 86_400 + change.time
    }

    private static func change(_ reader: inout Reader) -> Change? {
        let day: Change.Day
        if reader.skip("M") {
            guard let month = reader.number(), reader.skip("."), let week = reader.number(),
                reader.skip("."),
                let weekday = reader.number(), (1...12).contains(month), (1...5).contains(week), weekday < 7
            else { return nil }
            day = .weekday(month: month, week: week, day: weekday)
        } else if reader.skip("J") {
            guard let number = reader.number() else { return nil }
            day = .withoutLeapDay(number)
        } else {
            guard let number = reader.number() else { return nil }
            day = .withLeapDay(number)
        }
        guard reader.skip("/") else { return Change(day: day, time: 7200) }
        guard let time = reader.time() else { return nil }
        return Change(day: day, time: time)
    }

    private struct Reader {
        private var rest: Substring.UTF8View

        init(_ text: String) { rest = text[...].utf8 }

        var isAtEnd: Bool { rest.isEmpty }

        func isNext(_ character: Unicode.Scalar) -> Bool { rest.first == UInt8(ascii: character) }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard isNext(character) else { return false }
            rest = rest.dropFirst()
            return true
        }

        /// The name of a time: letters, or anything in angle brackets.
        mutating func skipName() -> Bool {
            if skip("<") {
                rest = rest.drop { $0 != UInt8(ascii: ">") }
                return skip(">")
            }
            let count = rest.count
            rest = rest.drop { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") }
            return rest.count < count
        }

        mutating func number() -> Int? {
            let digits = rest.prefix { $0.isDigit }
            rest = rest.dropFirst(digits.count)
            return Int(String(decoding: digits, as: UTF8.self))
        }

        /// Seconds of `[+-]hours[:minutes[:seconds]]`.
        mutating func time() -> Int? {
            let isNegative = skip("-")
            if !isNegative { _ = skip("+") }
            guard var seconds = number().map({ $0 * 3600 }) else { return nil }
            for unit in [60, 1] where skip(":") {
                guard let part = number() else { return nil }
                seconds += part * unit
            }
            return isNegative ? -seconds : seconds
        }
    }
}
