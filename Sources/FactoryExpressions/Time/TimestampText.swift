/// Timestamps as RFC 3339 text.
enum TimestampText {
    /// `2009-02-13T23:31:30.5Z`, with as many decimals as needed.
    static func print(_ moment: Moment) -> String {
        let date = CivilDate(seconds: moment.seconds)
        let day = [(date.year, 4), (date.month, 2), (date.day, 2)].map(Decimals.padded).joined(
            separator: "-")
        let time = [date.hour, date.minute, date.second].map { Decimals.padded($0, to: 2) }.joined(
            separator: ":")
        return "\(day)T\(time)\(Decimals.fraction(moment.nanoseconds))Z"
    }

    /// The moment of an RFC 3339 text, in any offset; nil when it is none or outside years 1 to 9999.
    static func parse(_ text: String) -> Moment? {
        var reader = Reader(Array(text.utf8))
        guard let year = reader.digits(4), reader.skip("-"), let month = reader.digits(2),
            reader.skip("-"),
            let day = reader.digits(2), reader.skip("T") || reader.skip("t"),
            let hour = reader.digits(2), reader.skip(":"), let minute = reader.digits(2),
            reader.skip(":"),
            let second = reader.digits(2), let nanoseconds = reader.fraction(),
            let offset = reader.offset(),
            reader.isAtEnd
        else { return nil }
        guard (1...12).contains(month), (1...CivilDate.daysIn(month: month, of: year)).contains(day),
            hour < 24, minute < 60, second < 60
        else { return nil }
        let days = CivilDate.days(year: year, month: month, day: day)
        let seconds = Int64(days * 86_400 + hour * 3600 + minute * 60 + second - offset)
        let moment = Moment(seconds: seconds, nanoseconds: nanoseconds)
        return moment.isValid ? moment : nil
    }

    private struct Reader {
        private let bytes: [UInt8]
        private var position = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { position == bytes.count }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        mutating func digits(_ count: Int) -> Int? {
            guard position + count <= bytes.count else { return nil }
            var value = 0
            for _ in 0..<count {
                let digit = bytes[position] &- UInt8(ascii: "0")
                guard digit < 10 else { return nil }
                value = value * 10 + Int(digit)
                position += 1
            }
            return value
        }

        /// Nanoseconds of a fraction, 0 where there is none; more than nine digits are cut off.
        mutating func fraction() -> Int32? {
            guard skip(".") else { return 0 }
            var nanoseconds: Int32 = 0
            var place: Int32 = 100_000_000
            let start = position
            while position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 {
                nanoseconds += Int32(bytes[position] - UInt8(ascii: "0")) * place
                place /= 10
                position += 1
            }
            return position > start ? nanoseconds : nil
        }

        /// Seconds east of UTC.
        mutating func offset() -> Int? {
            if skip("Z") || skip("z") { return 0 }
            let isWest = skip("-")
            guard isWest || skip("+"), let hours = digits(2), skip(":"), let minutes = digits(2),
                hours < 24,
                minutes < 60
            else { return nil }
            return (isWest ? -1 : 1) * (hours * 3600 + minutes * 60)
        }
    }
}
