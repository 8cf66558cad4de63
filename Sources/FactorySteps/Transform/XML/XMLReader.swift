import FactoryJSON

/// Reads an XML 1.0 document in UTF-8 as a value.
///
/// The value is an object of the root element by its name. An element is its text; one with attributes or elements
/// inside is an object of them: attributes as `@name`, text as `#text`, elements by name, those of one name as a list.
/// Names keep their prefix. White space between elements, comments and processing instructions are passed over.
///
/// A document type is refused, and of entities there are only the five predefined and those by number: nothing can
/// grow, and nothing is fetched.
struct XMLReader {
    /// How deep elements may stand inside each other.
    static let maximumDepth = 60
    /// Most elements and attributes of one text.
    static let maximumNodes = 1_000_000

    private let bytes: [UInt8]
    private let maximumNodes: Int
    private var place = 0
    private var nodes = 0

    /// The value of `text`.
    static func value(of text: String, maximumNodes: Int = XMLReader.maximumNodes) throws(XMLError) -> JSON {
        var reader = XMLReader(bytes: Array(text.utf8), maximumNodes: maximumNodes)
        return try reader.document()
    }

    private init(bytes: [UInt8], maximumNodes: Int) {
        self.bytes = bytes
        self.maximumNodes = maximumNodes
    }

    private mutating func document() throws(XMLError) -> JSON {
        if at("<?xml"), place + 5 < bytes.count, Self.isSpace(bytes[place + 5]) { try declaration() }
        try skipBetween()
        guard place < bytes.count else { throw error("there is no element") }
        guard bytes[place] == UInt8(ascii: "<") else { throw error("text stands outside the root element") }
        let (name, value) = try element(depth: 1)
        try skipBetween()
        guard place == bytes.count else { throw error("something stands behind the root element") }
        return .object([name: value])
    }

    /// `<?xml … ?>`: an encoding other than UTF-8 would mean other characters than those read.
    private mutating func declaration() throws(XMLError) {
        let start = place
        try skip(until: "?>", what: "the XML declaration")
        let text = String(decoding: bytes[start..<place], as: UTF8.self).lowercased()
        guard let encoding = text.split(separator: "encoding").dropFirst().first else { return }
        let name = encoding.drop { $0 == "=" || $0 == "\"" || $0 == "'" || $0.isWhitespace }
            .prefix { $0 != "\"" && $0 != "'" }
        guard name == "utf-8" || name == "us-ascii" else {
            throw error("the encoding is said to be \(name)", hint: "save it as UTF-8, and say so in its first line")
        }
    }

    /// Passes over what may stand outside the root element.
    private mutating func skipBetween() throws(XMLError) {
        while true {
            skipSpace()
            if at("<!--") {
                try comment()
            } else if at("<?") {
                try skip(until: "?>", what: "a processing instruction")
            } else if at("<!") {
                throw error(
                    "a document type (<!DOCTYPE …>) is not read",
                    hint: "remove it; entities of its own are never resolved")
            } else {
                return
            }
        }
    }

    private mutating func element(depth: Int) throws(XMLError) -> (String, JSON) {
        guard depth <= Self.maximumDepth else { throw error("elements are nested deeper than \(Self.maximumDepth)") }
        let start = place
        place += 1
        let name = try self.name()
        try countNode()
        var content = Content()
        while true {
            let hadSpace = skipSpace()
            if at("/>") {
                place += 2
                return (name, content.value)
            }
            if at(">") {
                place += 1
                break
            }
            guard place < bytes.count else { throw error("<\(name) is not closed", at: start) }
            guard hadSpace else { throw error("white space is missing before an attribute") }
            let (key, value) = try attribute()
            guard content.addAttribute(key, value) else { throw error("the attribute \(key) comes twice") }
        }
        try fill(&content, of: name, from: start, depth: depth)
        return (name, content.value)
    }

    /// Everything up to the closing tag.
    private mutating func fill(_ content: inout Content, of name: String, from start: Int, depth: Int) throws(XMLError)
    {
        while true {
            guard place < bytes.count else { throw error("<\(name)> is never closed", at: start) }
            if at("</") {
                place += 2
                let closing = try self.name()
                skipSpace()
                guard closing == name else { throw error("</\(closing)> closes <\(name)>") }
                guard at(">") else { throw error("</\(name) is not closed") }
                place += 1
                return
            } else if at("<!--") {
                try comment()
            } else if at("<![CDATA[") {
                let from = place + 9
                try skip(until: "]]>", what: "a CDATA section")
                try append(bytes[from..<place - 3], to: &content.text)
            } else if at("<?") {
                try skip(until: "?>", what: "a processing instruction")
            } else if bytes[place] == UInt8(ascii: "<") {
                let (key, value) = try element(depth: depth + 1)
                content.addElement(key, value)
            } else {
                try text(into: &content.text)
            }
        }
    }

    private mutating func text(into text: inout [UInt8]) throws(XMLError) {
        while place < bytes.count, bytes[place] != UInt8(ascii: "<") {
            if bytes[place] == UInt8(ascii: "&") {
                text += try reference()
                continue
            }
            guard !at("]]>") else { throw error("]]> stands outside a CDATA section", hint: "write ]]&gt;") }
            let start = place
            while place < bytes.count, bytes[place] != UInt8(ascii: "<"), bytes[place] != UInt8(ascii: "&"),
                place == start || !at("]]>")
            {
                place += 1
            }
            try append(bytes[start..<place], to: &text)
        }
    }

    private mutating func attribute() throws(XMLError) -> (String, String) {
        let key = try name()
        try countNode()
        skipSpace()
        guard at("=") else { throw error("the attribute \(key) has no value") }
        place += 1
        skipSpace()
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") || bytes[place] == UInt8(ascii: "'") else {
            throw error("the value of \(key) is not in quotes")
        }
        let quote = bytes[place]
        place += 1
        var value: [UInt8] = []
        while place < bytes.count, bytes[place] != quote {
            switch bytes[place] {
            case UInt8(ascii: "<"): throw error("the value of \(key) holds a <", hint: "write &lt;")
            case UInt8(ascii: "&"): value += try reference()
            case UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                // As XML has it: a line break written plainly counts as a space.
                if !at("\r\n") { value.append(0x20) }
                place += 1
            default:
                try append(bytes[place...place], to: &value)
                place += 1
            }
        }
        guard place < bytes.count else { throw error("the value of \(key) is not closed") }
        place += 1
        return (key, String(decoding: value, as: UTF8.self))
    }

    /// `&lt;`, `&#65;` or `&#x41;`.
    private mutating func reference() throws(XMLError) -> [UInt8] {
        let start = place + 1
        guard let end = bytes[start...].prefix(16).firstIndex(of: UInt8(ascii: ";")) else {
            throw error("a & begins no entity", hint: "write &amp;")
        }
        let name = String(decoding: bytes[start..<end], as: UTF8.self)
        guard let scalar = Self.scalar(of: name) else {
            throw error(
                "there is no entity &\(name);",
                hint: "there are &lt; &gt; &amp; &quot; &apos; and characters by number: &#233;")
        }
        place = end + 1
        return Array(String(Character(scalar)).utf8)
    }

    private static func scalar(of name: String) -> Unicode.Scalar? {
        switch name {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.hasPrefix("#x") ? name.dropFirst(2) : name.dropFirst(1)
        guard digits.first?.isHexDigit == true, let code = UInt32(digits, radix: name.hasPrefix("#x") ? 16 : 10),
            XMLText.isAllowed(code)
        else { return nil }
        return Unicode.Scalar(code)
    }

    // MARK: Bytes

    private mutating func name() throws(XMLError) -> String {
        let start = place
        while place < bytes.count, XMLText.isName(bytes[place], first: place == start) { place += 1 }
        guard place > start else { throw error("a name is expected here") }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func comment() throws(XMLError) {
        place += 4
        let start = place
        try skip(until: "--", what: "a comment")
        guard at(">") else { throw error("a comment holds --", at: start) }
        place += 1
    }

    private mutating func skip(until end: String, what: String) throws(XMLError) {
        let start = place
        while place < bytes.count {
            if at(end) {
                place += end.utf8.count
                return
            }
            place += 1
        }
        throw error("\(what) is never closed", at: start)
    }

    /// Text with line breaks as LF, as XML has it.
    private func append(_ part: ArraySlice<UInt8>, to text: inout [UInt8]) throws(XMLError) {
        for (at, byte) in zip(part.indices, part) {
            guard byte >= 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else {
                throw error("there is a control character, number \(byte)", at: at)
            }
            if byte == 0x0D {
                if at + 1 == bytes.count || bytes[at + 1] != 0x0A { text.append(0x0A) }
            } else {
                text.append(byte)
            }
        }
    }

    @discardableResult private mutating func skipSpace() -> Bool {
        let start = place
        while place < bytes.count, Self.isSpace(bytes[place]) { place += 1 }
        return place > start
    }

    private func at(_ text: String) -> Bool { bytes[place...].starts(with: text.utf8) }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private mutating func countNode() throws(XMLError) {
        nodes += 1
        guard nodes <= maximumNodes else { throw error("there are more than \(maximumNodes) elements and attributes") }
    }

    private func error(_ message: String, hint: String? = nil, at other: Int? = nil) -> XMLError {
        let line = bytes[..<min(other ?? place, bytes.count)].count { $0 == 0x0A } + 1
        return XMLError(message: message, hint: hint, line: line)
    }
}

/// What was found in one element so far.
private struct Content {
    var text: [UInt8] = []
    private var members = JSONObject()
    /// By name, as a JSON string: those are told apart code point by code point.
    private var lists: [JSON: [JSON]] = [:]

    mutating func addAttribute(_ name: String, _ value: String) -> Bool {
        guard !members.contains("@" + name) else { return false }
        members["@" + name] = .string(value)
        return true
    }

    /// Lists are put together aside: one that grew inside the object would be copied for every element.
    mutating func addElement(_ name: String, _ value: JSON) {
        if !members.contains(name) { members[name] = .null }
        lists[.string(name), default: []].append(value)
    }

    var value: JSON {
        let isBlank = text.allSatisfy { $0 <= 0x20 }
        if members.isEmpty { return .string(String(decoding: text, as: UTF8.self)) }
        var members = members
        for name in members.keys {
            guard let values = lists[.string(name)] else { continue }
            members[name] = values.count == 1 ? values[0] : .array(values)
        }
        if !isBlank { members["#text"] = .string(String(decoding: text, as: UTF8.self)) }
        return .object(members)
    }
}
