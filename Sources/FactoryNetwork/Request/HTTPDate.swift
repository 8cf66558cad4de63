/// A moment as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`, the form of RFC 9110, section 5.6.7, that is still sent.
struct HTTPDate: Equatable {
    /// Since the beginning of 1970, in UTC.
    let seconds: Int64

    /// Reads the text; nil for any other form. The name of the day is not compared with the date.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 29, text.hasSuffix(" GMT"), bytes[3] == UInt8(ascii: ","),
            Self.days.contains(String(decoding: bytes[..<3], as: UTF8.self)),
            [4, 7, 11, 16].allSatisfy({ bytes[$0] == 0x20 }), bytes[19] == UInt8(ascii: ":"), bytes[22] == bytes[19],
            let month = Self.months.firstIndex(of: String(decoding: bytes[8..<11], as: UTF8.self)),
            let day = Self.number(bytes[5..<7]), let year = Self.number(bytes[12..<16]),
            let hour = Self.number(bytes[17..<19]), let minute = Self.number(bytes[20..<22]),
            let second = Self.number(bytes[23..<25]), (1...31).contains(day), hour < 24, minute < 60, second <= 60
        else { return nil }
        let days = Self.days(year: year, month: Int64(month + 1), day: day)
        seconds = ((days * 24 + hour) * 60 + minute) * 60 + second
    }

    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        var value: Int64 = 0
        for byte in digits {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - 0x30)
        }
        return value
    }

    /// Days since 1970 of a date in the Gregorian calendar, years counted from March. Source: Hinnant,
    /// "chrono-Compatible Low-Level Date Algorithms".
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
