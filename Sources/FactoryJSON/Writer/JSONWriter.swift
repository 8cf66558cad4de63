/// Writes JSON text into a byte array, up to a limit.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private let pretty: Bool
    private let maxBytes: Int

    init(pretty: Bool, maxBytes: Int) {
        self.pretty = pretty
        self.maxBytes = maxBytes
        bytes.reserveCapacity(min(1024, maxBytes))
    }

    mutating func write(_ value: JSON, level: Int) throws(JSONError) {
        switch value {
        case .null: writeWord("null")
        case .bool(let value): writeWord(value ? "true" : "false")
        case .int(let value): write(value)
        case .double(let value): try write(value)
        case .string(let value): write(value)
        case .array(let elements): try write(elements, level: level)
        case .object(let members): try write(members, level: level)
        }
        guard bytes.count <= maxBytes else {
            throw .unplaced("the JSON text is longer than \(maxBytes) bytes")
        }
    }

    private mutating func write(_ elements: [JSON], level: Int) throws(JSONError) {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for element in elements {
            separate(&isFirst, level: level + 1)
            try write(element, level: level + 1)
        }
        if pretty, !isFirst { breakLine(level: level) }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ members: JSONObject, level: Int) throws(JSONError) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for (key, value) in members {
            separate(&isFirst, level: level + 1)
            write(key)
            bytes.append(UInt8(ascii: ":"))
            if pretty { bytes.append(UInt8(ascii: " ")) }
            try write(value, level: level + 1)
        }
        if pretty, !isFirst { breakLine(level: level) }
        bytes.append(UInt8(ascii: "}"))
    }

    @inline(__always)
    private mutating func separate(_ isFirst: inout Bool, level: Int) {
        if isFirst { isFirst = false } else { bytes.append(UInt8(ascii: ",")) }
        if pretty { breakLine(level: level) }
    }

    private mutating func breakLine(level: Int) {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
    }

    private mutating func writeWord(_ word: StaticString) {
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }
}

extension JSONWriter {
    private mutating func write(_ value: Int64) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        if rest < 10 {
            bytes.append(UInt8(ascii: "0") + UInt8(rest))
            return
        }
        let start = bytes.count
        while rest > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        bytes[start...].reverse()
    }

    private mutating func write(_ value: Double) throws(JSONError) {
        guard value.isFinite else { throw .unplaced("JSON has no number for \(value)") }
        // Swift prints the shortest text that reads back the same, always with a point or an exponent.
        var text = value.description
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    private mutating func write(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        var value = value
        value.withUTF8 { writeEscaped($0) }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func writeEscaped(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        var position = 0
        while position < text.count {
            let byte = text[position]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<position]))
                writeEscape(byte)
                start = position + 1
            }
            position += 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }

    private mutating func writeEscape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            let digits: StaticString = "0123456789abcdef"
            writeWord("u00")
            bytes.append(digits.utf8Start[Int(byte >> 4)])
            bytes.append(digits.utf8Start[Int(byte & 15)])
        }
    }
}

extension JSONError {
    /// An error of a value rather than of a text.
    static func unplaced(_ message: String) -> JSONError {
        JSONError(message: message, offset: 0, line: 1, column: 1)
    }
}
