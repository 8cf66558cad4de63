/// Reads the five fields of a cron text.
struct CronParser {
    /// Longest text that is read, in bytes.
    static let maxBytes = 256

    /// What stands for five fields.
    private static let nicknames = [
        "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
        "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
    ]

    /// A piece of the text, with the column of its first scalar.
    struct Piece {
        var text: Substring
        var column: Int
    }

    static func parse(_ source: String) throws(CronError) -> CronDays.Fields {
        guard source.utf8.count <= maxBytes else {
            throw CronError(
                "a schedule has at most \(maxBytes) characters", hint: "use ranges and steps", column: maxBytes + 1)
        }
        var words = pieces(of: Piece(text: source[...], column: 1)) { $0 == " " || $0 == "\t" }
        words.removeAll { $0.text.isEmpty }
        if let first = words.first, first.text.hasPrefix("@") {
            guard words.count == 1, let known = nicknames[first.text.lowercased()] else {
                let names = nicknames.keys.sorted().joined(separator: ", ")
                throw CronError("\(shown(first.text)) is no schedule", hint: "use \(names)", column: first.column)
            }
            return try parse(known)
        }
        guard words.count == CronField.allCases.count else {
            let column = words.count > 5 ? words[5].column : source.unicodeScalars.count + 1
            throw CronError(
                "a schedule has five fields, not \(words.count)",
                hint: "write minute, hour, day of the month, month and day of the week, as in 30 8 * * MON-FRI",
                column: column)
        }
        var fields = CronDays.Fields()
        for (field, word) in zip(CronField.allCases, words) {
            let startsWithStar = word.text.hasPrefix("*")
            if field == .day { fields.dayIsOpen = startsWithStar }
            if field == .weekday { fields.weekdayIsOpen = startsWithStar }
            for part in pieces(of: word, at: { $0 == "," }) { try read(part, field, into: &fields) }
        }
        return fields
    }

    private static func read(
        _ part: Piece, _ field: CronField, into fields: inout CronDays.Fields
    ) throws(CronError) {
        guard !part.text.isEmpty else {
            throw CronError(
                "an entry is missing in the field of the \(field.title)", hint: field.hint, column: part.column)
        }
        let upper = part.text.uppercased()
        if field == .day, upper == "L" {
            fields.lastDay = true
            return
        }
        if field == .weekday, try readOccurrence(part, upper, into: &fields) { return }
        let halves = pieces(of: part) { $0 == "/" }
        guard halves.count <= 2 else {
            throw CronError("one step is enough", hint: "write as in 0-30/5", column: halves[2].column - 1)
        }
        var range = try Self.range(halves[0], field, hasStep: halves.count == 2)
        if halves.count == 2 {
            guard let step = number(halves[1].text), step > 0 else {
                throw CronError(
                    "\(shown(halves[1].text)) is no step", hint: "a step is a whole number from 1 on, as in */5",
                    column: halves[1].column)
            }
            guard step <= field.all.count else {
                throw CronError(
                    "a step of \(step) never comes to a second \(field.title)",
                    hint: "write the one number that is meant", column: halves[1].column)
            }
            fields[field].formUnion(stride(from: range.lowerBound, through: range.upperBound, by: step))
        } else {
            if field == .weekday, range == 0...7 { range = 0...6 }
            fields[field].formUnion(range)
        }
        // Sunday has two numbers.
        if field == .weekday, fields[field].remove(7) != nil { fields[field].insert(0) }
    }

    /// `FRI#2` and `FRIL`. False where it is neither.
    private static func readOccurrence(
        _ part: Piece, _ upper: String, into fields: inout CronDays.Fields
    ) throws(CronError) -> Bool {
        if upper.hasSuffix("L"), upper.count > 1 {
            let day = try value(Piece(text: part.text.dropLast(), column: part.column), .weekday)
            fields.lastWeekdays.insert(day % 7)
            return true
        }
        let halves = pieces(of: part) { $0 == "#" }
        guard halves.count == 2 else { return false }
        let day = try value(halves[0], .weekday)
        guard let week = number(halves[1].text), (1...5).contains(week) else {
            throw CronError(
                "\(shown(halves[1].text)) is no week of a month", hint: "write 1 to 5, as in FRI#2",
                column: halves[1].column)
        }
        fields.nthWeekdays.insert(CronDays.NthWeekday(weekday: day % 7, week: week))
        return true
    }

    /// `*`, a number or name, or two of them with a dash.
    private static func range(
        _ piece: Piece, _ field: CronField, hasStep: Bool
    ) throws(CronError) -> ClosedRange<Int> {
        if piece.text == "*" { return field.all }
        let ends = pieces(of: piece) { $0 == "-" }
        let first = try value(ends[0], field)
        // A number with a step runs from there to the field's end.
        guard ends.count > 1 else { return first...(hasStep ? max(first, field.all.upperBound) : first) }
        guard ends.count == 2 else {
            throw CronError("a range has two ends", hint: "write as in 1-5", column: ends[2].column - 1)
        }
        let last = try value(ends[1], field)
        guard first <= last else {
            throw CronError(
                "the range \(shown(piece.text)) ends before it begins",
                hint: "write two ranges: \(ends[0].text)-\(field.all.upperBound),"
                    + "\(field.range.lowerBound)-\(ends[1].text)", column: piece.column)
        }
        return first...last
    }

    private static func value(_ piece: Piece, _ field: CronField) throws(CronError) -> Int {
        if let place = field.names.firstIndex(of: piece.text.uppercased()) { return place + field.range.lowerBound }
        guard let value = number(piece.text), field.range.contains(value) else {
            throw CronError("\(shown(piece.text)) is no \(field.title)", hint: field.hint, column: piece.column)
        }
        return value
    }

    private static func number(_ text: Substring) -> Int? {
        guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }

    private static func shown(_ text: Substring) -> String { text.isEmpty ? "nothing" : "“\(text.prefix(40))”" }

    private static func pieces(of piece: Piece, at isSeparator: (Character) -> Bool) -> [Piece] {
        var pieces: [Piece] = []
        for text in piece.text.split(omittingEmptySubsequences: false, whereSeparator: isSeparator) {
            let before = piece.text[..<text.startIndex].unicodeScalars.count
            pieces.append(Piece(text: text, column: piece.column + before))
        }
        return pieces
    }
}
