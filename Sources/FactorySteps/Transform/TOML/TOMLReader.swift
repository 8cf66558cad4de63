import FactoryJSON

/// Reads TOML 1.0 as a value. Dates and times become text in the form of RFC 3339; infinities and NaN have no form in
/// JSON and are refused.
struct TOMLReader {
    /// How deep tables and lists may stand inside each other.
    static let maximumDepth = 60

    let bytes: [UInt8]
    var place = 0

    /// The value of `text`.
    static func value(of text: String) throws(TOMLError) -> JSON {
        var reader = TOMLReader(bytes: Array(text.utf8))
        return try reader.document()
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func document() throws(TOMLError) -> JSON {
        let root = TOMLTable(.header)
        var table = root
        while true {
            try skipEmpty()
            guard place < bytes.count else { return root.value }
            if bytes[place] == UInt8(ascii: "[") {
                table = try header(in: root)
            } else {
                let start = place
                let path = try keys()
                try expect("=", behind: "the key")
                skipSpace()
                let value = try value(depth: 1)
                guard table.assign(value, to: path[...]) else { throw twice(path, at: start) }
            }
            try endLine()
        }
    }

    private mutating func header(in root: TOMLTable) throws(TOMLError) -> TOMLTable {
        let start = place
        let isList = at("[[")
        place += isList ? 2 : 1
        skipSpace()
        let path = try keys()
        try expect(isList ? "]]" : "]", behind: "the name of the table")
        let table = isList ? root.listHeader(path[...]) : root.header(path[...])
        guard let table else { throw twice(path, at: start) }
        return table
    }

    private func twice(_ path: [String], at start: Int) -> TOMLError {
        error("\(path.joined(separator: ".")) is defined already", hint: "keep one of the definitions", at: start)
    }

    // MARK: Keys

    /// `a."b c".d`
    mutating func keys() throws(TOMLError) -> [String] {
        var path: [String] = []
        while true {
            path.append(try key())
            guard path.count < Self.maximumDepth else {
                throw error("tables are nested deeper than \(Self.maximumDepth)")
            }
            skipSpace()
            guard at(".") else { return path }
            place += 1
            skipSpace()
        }
    }

    private mutating func key() throws(TOMLError) -> String {
        if at("\"\"\"") || at("'''") { throw error("a key cannot be a text of several lines") }
        if at("\"") { return try basicString() }
        if at("'") { return try literalString() }
        let start = place
        while place < bytes.count, Self.isBare(bytes[place]) { place += 1 }
        guard place > start else {
            throw error("a key is expected here", hint: "keys of other than letters, digits, - and _ stand in quotes")
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    // MARK: Lines

    func at(_ text: String) -> Bool { bytes[place...].starts(with: text.utf8) }

    mutating func expect(_ text: String, behind what: String) throws(TOMLError) {
        skipSpace()
        guard at(text) else { throw error("\(text) is missing behind \(what)") }
        place += text.utf8.count
    }

    mutating func skipSpace() {
        while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
    }

    /// Passes over one line break.
    mutating func skipLineBreak() -> Bool {
        guard at("\n") || at("\r\n") else { return false }
        place += bytes[place] == 0x0D ? 2 : 1
        return true
    }

    /// Passes over space, comments and line breaks.
    mutating func skipEmpty() throws(TOMLError) {
        repeat {
            skipSpace()
            try skipComment()
        } while skipLineBreak()
    }

    private mutating func skipComment() throws(TOMLError) {
        guard at("#") else { return }
        while place < bytes.count, !at("\n"), !at("\r\n") {
            guard bytes[place] >= 0x20 || bytes[place] == 0x09, bytes[place] != 0x7F else {
                throw error("a comment holds a control character")
            }
            place += 1
        }
    }

    private mutating func endLine() throws(TOMLError) {
        skipSpace()
        try skipComment()
        guard place == bytes.count || skipLineBreak() else {
            throw error("something stands behind the end of the value", hint: "begin a new line")
        }
    }

    func error(_ message: String, hint: String? = nil, at other: Int? = nil) -> TOMLError {
        let line = bytes[..<min(other ?? place, bytes.count)].count { $0 == 0x0A } + 1
        return TOMLError(message: message, hint: hint, line: line)
    }
}
