import FactoryJSON

/// Reads CSV as RFC 4180 describes it, strictly: quotes enclose a whole field, a quote in it is doubled, rows end with
/// CR LF or LF, and all rows have as many fields as the first. Empty lines are passed over, a byte order mark too.
struct CSVReader {
    /// Most rows of one text.
    static let maximumRows = 1_000_000
    /// Most fields of one row.
    static let maximumFields = 10_000

    private let bytes: [UInt8]
    private let options: CSVOptions
    private let maximumRows: Int
    private var place = 0
    private var line = 1

    /// The rows of `text`: objects by the names in the first row, or lists where there is no header. All values are
    /// text.
    static func value(
        of text: String, options: CSVOptions = CSVOptions(), maximumRows: Int = CSVReader.maximumRows
    ) throws(CSVError) -> JSON {
        var reader = CSVReader(bytes: Array(text.utf8), options: options, maximumRows: maximumRows)
        return try reader.read()
    }

    private init(bytes: [UInt8], options: CSVOptions, maximumRows: Int) {
        self.maximumRows = maximumRows
        self.bytes = bytes
        self.options = options
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    }

    private mutating func read() throws(CSVError) -> JSON {
        var names: [String]?
        var width: Int?
        var rows: [JSON] = []
        while let (row, start) = try nextRow() {
            if options.header, names == nil {
                try Self.check(names: row, line: start)
                (names, width) = (row, row.count)
                continue
            }
            if let width, row.count != width {
                throw CSVError(
                    message: "this row has \(row.count) field\(row.count == 1 ? "" : "s"), the first one has \(width)",
                    hint: "look for a missing or unquoted delimiter, or name another delimiter", line: start)
            }
            width = row.count
            guard rows.count < maximumRows else {
                throw CSVError(message: "there are more than \(maximumRows) rows", line: start)
            }
            rows.append(Self.value(of: row, names: names))
        }
        return .array(rows)
    }

    private static func value(of row: [String], names: [String]?) -> JSON {
        guard let names else { return .array(row.map(JSON.string)) }
        return .object(JSONObject(zip(names, row.map(JSON.string))))
    }

    private static func check(names: [String], line: Int) throws(CSVError) {
        var seen: Set<[UInt8]> = []
        for name in names where !seen.insert(Array(name.utf8)).inserted {
            throw CSVError(
                message: "the column \"\(name)\" comes twice", hint: "rename one, or read with header: false",
                line: line)
        }
    }

    /// The next row that is not an empty line, with the line it starts on; nil at the end.
    private mutating func nextRow() throws(CSVError) -> (row: [String], line: Int)? {
        while place < bytes.count, skipLineBreak() {}
        guard place < bytes.count else { return nil }
        let start = line
        var row: [String] = []
        while true {
            guard row.count < Self.maximumFields else {
                throw CSVError(message: "this row has more than \(Self.maximumFields) fields", line: start)
            }
            row.append(try nextField())
            if place < bytes.count, bytes[place] == options.delimiter {
                place += 1
                continue
            }
            _ = skipLineBreak()
            return (row, start)
        }
    }

    private mutating func nextField() throws(CSVError) -> String {
        if place < bytes.count, bytes[place] == UInt8(ascii: "\"") { return try quotedField() }
        let start = place
        while place < bytes.count, bytes[place] != options.delimiter, !isAtLineBreak {
            guard bytes[place] != UInt8(ascii: "\"") else {
                throw CSVError(
                    message: "there is a quote inside a field that does not begin with one",
                    hint: "enclose the whole field in quotes and double the quotes in it", line: line)
            }
            place += 1
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func quotedField() throws(CSVError) -> String {
        let opened = line
        var field: [UInt8] = []
        place += 1
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == UInt8(ascii: "\n") { line += 1 }
            guard byte == UInt8(ascii: "\"") else {
                field.append(byte)
                continue
            }
            if place < bytes.count, bytes[place] == UInt8(ascii: "\"") {
                field.append(byte)
                place += 1
                continue
            }
            guard place == bytes.count || bytes[place] == options.delimiter || isAtLineBreak else {
                throw CSVError(
                    message: "after the closing quote of a field there is more text",
                    hint: "double the quotes inside a field", line: line)
            }
            return String(decoding: field, as: UTF8.self)
        }
        throw CSVError(message: "a quote is opened here and never closed", line: opened)
    }

    private var isAtLineBreak: Bool {
        bytes[place] == UInt8(ascii: "\n")
            || (bytes[place] == UInt8(ascii: "\r") && place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "\n"))
    }

    private mutating func skipLineBreak() -> Bool {
        guard place < bytes.count, isAtLineBreak else { return false }
        place += bytes[place] == UInt8(ascii: "\r") ? 2 : 1
        line += 1
        return true
    }
}
