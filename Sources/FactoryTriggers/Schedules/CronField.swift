/// One of the five fields of a cron text: what it may hold, and what it is called.
enum CronField: Int, CaseIterable {
    case minute, hour, day, month, weekday

    var title: String {
        switch self {
        case .minute: "minute"
        case .hour: "hour"
        case .day: "day of the month"
        case .month: "month"
        case .weekday: "day of the week"
        }
    }

    /// The numbers it takes; 7 is Sunday as well as 0.
    var range: ClosedRange<Int> {
        switch self {
        case .minute: 0...59
        case .hour: 0...23
        case .day: 1...31
        case .month: 1...12
        case .weekday: 0...7
        }
    }

    /// Every number of the field once.
    var all: ClosedRange<Int> { self == .weekday ? 0...6 : range }

    /// What stands in the place of numbers, from the first number on.
    var names: [String] {
        switch self {
        case .month: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
        case .weekday: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
        default: []
        }
    }

    var hint: String {
        let numbers = "write \(range.lowerBound) to \(range.upperBound)"
        let forms = "*, a list such as 1,4, a range such as 1-4 or a step such as */2"
        return switch self {
        case .minute, .hour: "\(numbers), \(forms)"
        case .day: "\(numbers), L for the last day, \(forms)"
        case .month: "\(numbers), JAN to DEC, \(forms)"
        case .weekday:
            "\(numbers) (0 and 7 are Sunday), SUN to SAT, FRI#2 for the second or FRIL for the last, \(forms)"
        }
    }
}
