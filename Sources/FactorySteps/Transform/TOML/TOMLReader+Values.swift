import FactoryJSON

extension TOMLReader {
    /// One value.
    mutating func value(depth: Int) throws(TOMLError) -> JSON {
        guard depth <= Self.maximumDepth else { throw error("values are nested deeper than \(Self.maximumDepth)") }
        guard place < bytes.count else { throw error("a value is expected here") }
        switch bytes[place] {
        case UInt8(ascii: "\""): return .string(try at("\"\"\"") ? longString("\"\"\"") : basicString())
        case UInt8(ascii: "'"): return .string(try at("'''") ? longString("'''") : literalString())
        case UInt8(ascii: "["): return try list(depth: depth)
        case UInt8(ascii: "{"): return try inlineTable(depth: depth)
        default: return try plain()
        }
    }

    private mutating func list(depth: Int) throws(TOMLError) -> JSON {
        let start = place
        place += 1
        var elements: [JSON] = []
        while true {
            try skipEmpty()
            if at("]") { break }
            guard place < bytes.count else { throw error("a list is opened here and never closed", at: start) }
            elements.append(try value(depth: depth + 1))
            try skipEmpty()
            if at(",") {
                place += 1
            } else if !at("]") {
                throw error("a comma or ] is missing behind an element of a list")
            }
        }
        place += 1
        return .array(elements)
    }

    private mutating func inlineTable(depth: Int) throws(TOMLError) -> JSON {
        let table = TOMLTable(.header)
        place += 1
        skipSpace()
        if at("}") {
            place += 1
            return table.value
        }
        while true {
            skipSpace()
            let start = place
            let path = try keys()
            try expect("=", behind: "the key")
            skipSpace()
            let value = try value(depth: depth + path.count)
            guard table.assign(value, to: path[...]) else {
                throw error("\(path.joined(separator: ".")) is defined already", at: start)
            }
            skipSpace()
            if at("}") {
                place += 1
                return table.value
            }
            guard at(",") else {
                throw error("a comma or } is missing in an inline table", hint: "an inline table stands on one line")
            }
            place += 1
        }
    }

    /// Bools, numbers, dates and times.
    private mutating func plain() throws(TOMLError) -> JSON {
        let start = place
        while place < bytes.count, Self.isBare(bytes[place]) || "+.:".utf8.contains(bytes[place]) { place += 1 }
        // Between date and time a space may stand in place of the T.
        if place - start == 10, place + 2 < bytes.count, bytes[place] == 0x20, isDigit(bytes[place + 1]),
            TOMLDate.isDate(bytes[start..<place])
        {
            place += 1
            while place < bytes.count, Self.isBare(bytes[place]) || "+.:".utf8.contains(bytes[place]) { place += 1 }
        }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        if text == "true" { return true }
        if text == "false" { return false }
        if let date = TOMLDate.text(of: bytes[start..<place]) { return .string(date) }
        let unsigned = text.hasPrefix("+") || text.hasPrefix("-") ? String(text.dropFirst()) : text
        guard unsigned != "inf", unsigned != "nan" else {
            throw error("\(text) has no form in JSON", at: start)
        }
        guard let number = try number(text, unsigned, at: start) else {
            throw error(
                text.isEmpty ? "a value is expected here" : "\"\(text.prefix(60))\" is no value",
                hint: "text stands in quotes", at: start)
        }
        return number
    }

    private func number(_ text: String, _ unsigned: String, at start: Int) throws(TOMLError) -> JSON? {
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where text.hasPrefix(prefix) {
            guard let digits = Self.digits(String(text.dropFirst(2)), radix: radix) else { return nil }
            guard let integer = Int64(digits, radix: radix) else { throw tooLarge(text, at: start) }
            return .int(integer)
        }
        let sign = text.hasPrefix("-") ? "-" : ""
        if let digits = Self.digits(unsigned, radix: 10) {
            guard digits == "0" || !digits.hasPrefix("0") else { return nil }
            guard let integer = Int64(sign + digits) else { throw tooLarge(text, at: start) }
            return .int(integer)
        }
        guard let digits = Self.float(unsigned), let double = Double(sign + digits) else { return nil }
        guard double.isFinite else { throw tooLarge(text, at: start) }
        return .double(double)
    }

    private func tooLarge(_ text: String, at start: Int) -> TOMLError {
        error("the number \(text.prefix(60)) is too large", hint: "write it as text", at: start)
    }

    /// `1.5`, `1e6`, `1.5e-6`, without underscores; nil for anything else.
    private static func float(_ text: String) -> String? {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, mantissa.count <= 2, parts.count + mantissa.count > 2,
            let whole = digits(String(mantissa[0]), radix: 10), whole == "0" || !whole.hasPrefix("0")
        else { return nil }
        var result = whole
        if mantissa.count == 2 {
            guard let fraction = digits(String(mantissa[1]), radix: 10) else { return nil }
            result += "." + fraction
        }
        guard parts.count == 2 else { return result }
        let sign = parts[1].first.flatMap { $0 == "+" || $0 == "-" ? String($0) : nil } ?? ""
        guard let exponent = digits(String(parts[1].dropFirst(sign.count)), radix: 10) else { return nil }
        return result + "e" + sign + exponent
    }

    /// The digits without the underscores between them; nil where something else stands there.
    private static func digits(_ text: String, radix: Int) -> String? {
        let groups = text.split(separator: "_", omittingEmptySubsequences: false)
        let isSound = groups.allSatisfy { group in
            !group.isEmpty
                && group.utf8.allSatisfy { Character(Unicode.Scalar($0)).hexDigitValue.map { $0 < radix } ?? false }
        }
        return isSound ? groups.joined() : nil
    }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

/// Dates and times as TOML writes them.
enum TOMLDate {
    /// In the form of RFC 3339, `T` and `Z` in capitals; nil for what is no date, time or both.
    static func text(of bytes: ArraySlice<UInt8>) -> String? {
        if bytes.count >= 10, isDate(bytes.prefix(10)) {
            let date = String(decoding: bytes.prefix(10), as: UTF8.self)
            let rest = bytes.dropFirst(10)
            guard let mark = rest.first else { return date }
            guard mark == 0x20 || mark | 0x20 == UInt8(ascii: "t"), let time = time(rest.dropFirst(), offset: true)
            else {
                return nil
            }
            return date + "T" + time
        }
        return time(bytes, offset: false)
    }

    static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let parts = numbers(bytes, "dddd-dd-dd"), (1...12).contains(parts[1]) else { return false }
        let isLeap = parts[0] % 4 == 0 && (parts[0] % 100 != 0 || parts[0] % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[parts[1] - 1]).contains(parts[2])
    }

    private static func time(_ bytes: ArraySlice<UInt8>, offset: Bool) -> String? {
        guard let parts = numbers(bytes.prefix(8), "dd:dd:dd"), parts[0] < 24, parts[1] < 60, parts[2] <= 60 else {
            return nil
        }
        var rest = bytes.dropFirst(8)
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
            guard !digits.isEmpty else { return nil }
            rest = rest.dropFirst(digits.count + 1)
        }
        let local = String(decoding: bytes[bytes.startIndex..<rest.startIndex], as: UTF8.self)
        if rest.isEmpty { return local }
        guard offset else { return nil }
        if rest.count == 1, rest.first.map({ $0 | 0x20 }) == UInt8(ascii: "z") { return local + "Z" }
        guard rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-"),
            let parts = numbers(rest.dropFirst(), "dd:dd"), parts[0] < 24, parts[1] < 60
        else { return nil }
        return local + String(decoding: rest, as: UTF8.self)
    }

    /// The numbers of a text that has digits where `form` has a d, and its other characters in their places.
    private static func numbers(_ bytes: ArraySlice<UInt8>, _ form: String) -> [Int]? {
        guard bytes.count == form.utf8.count else { return nil }
        var numbers = [0]
        for (byte, wanted) in zip(bytes, form.utf8) {
            if wanted == UInt8(ascii: "d") {
                guard (0x30...0x39).contains(byte) else { return nil }
                numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(byte - 0x30)
            } else {
                guard byte == wanted else { return nil }
                numbers.append(0)
            }
        }
        return numbers
    }
}
