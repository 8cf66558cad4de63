extension TOMLReader {
    /// `"…"`
    mutating func basicString() throws(TOMLError) -> String {
        let start = place
        place += 1
        var text: [UInt8] = []
        while place < bytes.count, !at("\"") {
            if at("\\") { text += try escape() } else { text.append(try character(lineBreaks: false)) }
        }
        return try close(text, "\"", from: start)
    }

    /// `'…'`
    mutating func literalString() throws(TOMLError) -> String {
        let start = place
        place += 1
        var text: [UInt8] = []
        while place < bytes.count, !at("'") { text.append(try character(lineBreaks: false)) }
        return try close(text, "'", from: start)
    }

    /// `"""…"""` or `'''…'''`: a line break right behind the opening is left out, as is everything from a backslash at
    /// the end of a line to the next text.
    mutating func longString(_ mark: String) throws(TOMLError) -> String {
        let start = place
        let quote = bytes[place]
        place += 3
        _ = skipLineBreak()
        var text: [UInt8] = []
        while place < bytes.count {
            if at(mark) {
                // Up to two quotes may stand right before the closing three.
                while place + 3 < bytes.count, bytes[place + 3] == quote, quotes(quote) > 3, quotes(quote) <= 5 {
                    text.append(quote)
                    place += 1
                }
                return try close(text, mark, from: start)
            }
            if quote == UInt8(ascii: "\""), at("\\") {
                if continuesLine() { continue }
                text += try escape()
            } else {
                text.append(try character(lineBreaks: true))
            }
        }
        return try close(text, mark, from: start)
    }

    private func quotes(_ quote: UInt8) -> Int { bytes[place...].prefix(6).prefix { $0 == quote }.count }

    /// Passes over a backslash at the end of a line and the white space behind it.
    private mutating func continuesLine() -> Bool {
        let start = place
        place += 1
        skipSpace()
        guard skipLineBreak() else {
            place = start
            return false
        }
        repeat { skipSpace() } while skipLineBreak()
        return true
    }

    private mutating func close(_ text: [UInt8], _ mark: String, from start: Int) throws(TOMLError) -> String {
        guard at(mark) else { throw error("a text is opened here and never closed", at: start) }
        place += mark.utf8.count
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func character(lineBreaks: Bool) throws(TOMLError) -> UInt8 {
        let byte = bytes[place]
        if byte == 0x0A || at("\r\n") {
            guard lineBreaks else {
                throw error("a text ends with its line", hint: "texts of several lines stand in three quotes")
            }
        } else if byte < 0x20 && byte != 0x09 || byte == 0x7F {
            throw error("a text holds a control character, number \(byte)", hint: "write it as \\u00XX")
        }
        place += 1
        return byte
    }

    private mutating func escape() throws(TOMLError) -> [UInt8] {
        let letter = place + 1 < bytes.count ? bytes[place + 1] : 0
        let plain: [UInt8: UInt8] = [
            UInt8(ascii: "b"): 0x08, UInt8(ascii: "t"): 0x09, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "f"): 0x0C,
            UInt8(ascii: "r"): 0x0D, UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C,
        ]
        if let byte = plain[letter] {
            place += 2
            return [byte]
        }
        let count = letter == UInt8(ascii: "u") ? 4 : letter == UInt8(ascii: "U") ? 8 : 0
        let digits = bytes[min(place + 2, bytes.count)...].prefix(count)
        guard count > 0, digits.count == count, digits.first != UInt8(ascii: "+"),
            let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16), let scalar = Unicode.Scalar(code)
        else {
            throw error(
                "there is an unknown escape in a text",
                hint: "write \\\\ for a backslash, or put the text in single quotes")
        }
        place += 2 + count
        return Array(String(Character(scalar)).utf8)
    }
}
