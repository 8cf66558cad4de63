import FactoryExpressions

/// Which days and which minutes of a day a cron text names, without any time zone.
struct CronDays: Sendable, Hashable {
    /// The second Friday of a month.
    struct NthWeekday: Sendable, Hashable {
        /// 0 is Sunday.
        var weekday: Int
        /// 1 to 5.
        var week: Int
    }

    /// What the five fields hold.
    struct Fields: Sendable, Hashable {
        var minutes: Set<Int> = []
        var hours: Set<Int> = []
        var days: Set<Int> = []
        var months: Set<Int> = []
        /// 0 is Sunday.
        var weekdays: Set<Int> = []
        var lastDay = false
        var lastWeekdays: Set<Int> = []
        var nthWeekdays: Set<NthWeekday> = []
        /// The field begins with `*`: the other one of the two alone says which day.
        var dayIsOpen = false
        var weekdayIsOpen = false

        subscript(field: CronField) -> Set<Int> {
            get {
                switch field {
                case .minute: minutes
                case .hour: hours
                case .day: days
                case .month: months
                case .weekday: weekdays
                }
            }
            set {
                switch field {
                case .minute: minutes = newValue
                case .hour: hours = newValue
                case .day: days = newValue
                case .month: months = newValue
                case .weekday: weekdays = newValue
                }
            }
        }
    }

    let fields: Fields
    /// Minutes of a day that match, ascending.
    let times: [Int]

    /// Nil where no day of any year matches.
    init?(_ fields: Fields) {
        self.fields = fields
        times = fields.hours.sorted().flatMap { hour in fields.minutes.sorted().map { hour * 60 + $0 } }
        // The calendar repeats after 400 years, and in them there are these fourteen kinds of years.
        let kinds = (2000...2027).map { CivilDate.days(year: $0, month: 1, day: 1) }
        guard kinds.contains(where: { first in (0..<366).contains { matches(day: first + $0) } }) else { return nil }
    }

    /// Whether the schedule names every hour of a day: it then goes by time that passes, not by the clock on the wall.
    var namesEveryHour: Bool { fields.hours.count == 24 }

    /// Whether a day, counted from 1970-01-01, matches.
    func matches(day: Int) -> Bool {
        let date = CivilDate(seconds: Int64(day) * 86_400)
        return fields.months.contains(date.month) && matches(date)
    }

    private func matches(_ date: CivilDate) -> Bool {
        let length = CivilDate.daysIn(month: date.month, of: date.year)
        let byDay = fields.days.contains(date.day) || (fields.lastDay && date.day == length)
        let week = NthWeekday(weekday: date.weekday, week: (date.day - 1) / 7 + 1)
        let byWeekday =
            fields.weekdays.contains(date.weekday) || fields.nthWeekdays.contains(week)
            || (fields.lastWeekdays.contains(date.weekday) && date.day + 7 > length)
        // What cron has always done: of two fields that both say something, either is enough.
        return fields.dayIsOpen || fields.weekdayIsOpen ? byDay && byWeekday : byDay || byWeekday
    }

    /// The first matching minute at or after `minute`, both counted from the beginning of 1970 on the wall's clock.
    /// Nil after the year 9999.
    func next(from minute: Int) -> Int? {
        var day = minute >= 0 ? minute / 1_440 : -((1_439 - minute) / 1_440)
        if matches(day: day) {
            let start = minute - day * 1_440
            if let time = times.first(where: { $0 >= start }) { return day * 1_440 + time }
        }
        day += 1
        while true {
            let date = CivilDate(seconds: Int64(day) * 86_400)
            guard date.year <= 9_999 else { return nil }
            guard fields.months.contains(date.month) else {
                day += CivilDate.daysIn(month: date.month, of: date.year) - date.day + 1
                continue
            }
            if matches(date) { return day * 1_440 + times[0] }
            day += 1
        }
    }
}
