/// A recursive-descent JSON parser over UTF-8 bytes.
///
/// It reads each byte about once and copies text only into the strings it makes: a string without escapes is taken
/// from the buffer in one piece.
struct JSONParser {
    let text: UnsafeBufferPointer<UInt8>
    let limits: JSONLimits
    var position = 0
    private var depth = 0
    private var keys = 0

    init(_ text: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        self.text = text
        self.limits = limits
    }

    mutating func parseDocument() throws(JSONError) -> JSON {
        guard text.count <= limits.bytes else {
            throw failure("the text is longer than \(limits.bytes) bytes", at: limits.bytes)
        }
        if text.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw failure("the text begins with a byte order mark, which JSON does not allow", at: 0)
        }
        skipWhitespace()
        let value = try parseValue()
        skipWhitespace()
        guard position == text.count else {
            throw failure("there is \(found) after the end of the value")
        }
        return value
    }

    private mutating func parseValue() throws(JSONError) -> JSON {
        guard position < text.count else { throw failure("the text ends where a value should stand") }
        switch text[position] {
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "{"): return try parseObject()
        case UInt8(ascii: "["): return try parseArray()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
        case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
        case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
        case UInt8(ascii: "n"): return try parseWord("null", .null)
        default: throw failure("there is \(found) where a value should stand")
        }
    }

    private mutating func parseArray() throws(JSONError) -> JSON {
        try enter()
        var elements: [JSON] = []
        if !skip(UInt8(ascii: "]")) {
            repeat {
                skipWhitespace()
                elements.append(try parseValue())
                skipWhitespace()
            } while skip(UInt8(ascii: ","))
            guard skip(UInt8(ascii: "]")) else {
                throw failure("there is \(found) in a list where a comma or ] should stand")
            }
        }
        depth -= 1
        return .array(elements)
    }

    private mutating func parseObject() throws(JSONError) -> JSON {
        try enter()
        var members = JSONObject()
        if !skip(UInt8(ascii: "}")) {
            repeat {
                skipWhitespace()
                let start = position
                guard position < text.count, text[position] == UInt8(ascii: "\"") else {
                    throw failure("there is \(found) where a key in double quotes should stand")
                }
                let key = try parseString()
                skipWhitespace()
                guard skip(UInt8(ascii: ":")) else {
                    throw failure("there is \(found) after the key \"\(key)\" where a colon should stand")
                }
                skipWhitespace()
                keys += 1
                guard keys <= limits.keys else {
                    throw failure("there are more than \(limits.keys) keys", at: start)
                }
                let value = try parseValue()
                guard members.insert(key, value) else {
                    throw failure("the key \"\(key)\" comes twice in the same object", at: start)
                }
                skipWhitespace()
            } while skip(UInt8(ascii: ","))
            guard skip(UInt8(ascii: "}")) else {
                throw failure("there is \(found) in an object where a comma or } should stand")
            }
        }
        depth -= 1
        return .object(members)
    }

    private mutating func enter() throws(JSONError) {
        depth += 1
        guard depth <= limits.depth else {
            throw failure("lists and objects are nested deeper than \(limits.depth) levels")
        }
        position += 1
        skipWhitespace()
    }

    private mutating func parseWord(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        let start = position
        for offset in 0..<word.utf8CodeUnitCount {
            guard position < text.count, text[position] == word.utf8Start[offset] else {
                throw failure("a value that begins like \(word) does not go on like it", at: start)
            }
            position += 1
        }
        return value
    }

    @inline(__always)
    mutating func skip(_ byte: UInt8) -> Bool {
        guard position < text.count, text[position] == byte else { return false }
        position += 1
        return true
    }

    @inline(__always)
    mutating func skipWhitespace() {
        while position < text.count {
            switch text[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }
}

extension JSONParser {
    func failure(_ message: String, at offset: Int? = nil) -> JSONError {
        JSONError(message, at: min(offset ?? position, text.count), in: text)
    }

    /// What stands at the current position, for a message.
    var found: String {
        guard position < text.count else { return "the end of the text" }
        let rest = text[position..<min(position + 4, text.count)]
        guard let character = String(decoding: rest, as: UTF8.self).unicodeScalars.first else {
            return "nothing"
        }
        return switch character {
        case "\n", "\r": "a line end"
        case "'": "a single quote (JSON text stands in double quotes)"
        case " "..."~": "\"\(character)\""
        default: "U+" + String(character.value, radix: 16, uppercase: true).leftPadded(to: 4)
        }
    }
}

extension String {
    fileprivate func leftPadded(to width: Int) -> String {
        String(repeating: "0", count: max(0, width - count)) + self
    }
}
