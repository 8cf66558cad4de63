import FactoryDomain

/// A moment as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
struct HTTPDate: CustomStringConvertible {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    let moment: Timestamp

    var description: String {
        let seconds = Self.floor(moment.milliseconds, 1_000)
        let day = Self.floor(seconds, 86_400)
        let time = seconds - day * 86_400
        let weekday = Self.days[Int(day - Self.floor(day, 7) * 7)]
        // Days since 1 March of the year 0, in eras of 400 years (Howard Hinnant's civil_from_days).
        let shifted = day + 719_468
        let era = Self.floor(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let year = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        let date = dayOfYear - (153 * month + 2) / 5 + 1
        let fullYear = year + era * 400 + (month >= 10 ? 1 : 0)
        let name = Self.months[Int(month >= 10 ? month - 10 : month + 2)]
        return "\(weekday), \(Self.two(date)) \(name) \(Self.four(fullYear)) "
            + "\(Self.two(time / 3_600)):\(Self.two(time / 60 % 60)):\(Self.two(time % 60)) GMT"
    }

    private static func floor(_ value: Int64, _ divisor: Int64) -> Int64 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    private static func four(_ number: Int64) -> String {
        String(repeating: "0", count: max(0, 4 - "\(number)".utf8.count)) + "\(number)"
    }
}
