import FactoryJSON

/// Reads JSON (RFC 8259) into a ``Node`` tree, strictly: no comments, no trailing commas, no duplicate keys.
struct JSONNodeReader {
    private let source: SourceText
    private let limits: NodeLimits
    private var problems: [NodeProblem] = []
    private var place = 0
    private var nodes = 0

    private enum Stop: Error { case reported }

    /// Reads `source`, which is UTF-8 without a byte order mark.
    static func read(_ source: SourceText, limits: NodeLimits) -> NodeReading {
        var reader = JSONNodeReader(source: source, limits: limits)
        let root = try? reader.document()
        return NodeReading(root: root, problems: reader.problems)
    }

    private init(source: SourceText, limits: NodeLimits) {
        self.source = source
        self.limits = limits
    }

    private var byte: UInt8? { place < source.bytes.count ? source.bytes[place] : nil }

    private mutating func document() throws(Stop) -> Node {
        let root = try value(depth: 0)
        skipSpace()
        guard place == source.bytes.count else { throw syntax("there is something behind the end of the value") }
        return root
    }

    private mutating func value(depth: Int) throws(Stop) -> Node {
        skipSpace()
        nodes += 1
        guard nodes <= limits.maxNodes else {
            throw stop(.limit, "there are more than \(limits.maxNodes) values", "split the document")
        }
        let start = place
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try list(depth: depth + 1)
        case UInt8(ascii: "\""):
            let text = try string()
            return Node(content: .scalar(.string(text), .doubleQuoted), range: start..<place)
        case nil: throw syntax("the text ends where a value is expected")
        default: return try word()
        }
    }

    private mutating func list(depth: Int) throws(Stop) -> Node {
        try enter(depth)
        let start = place
        place += 1
        var elements: [Node] = []
        skipSpace()
        if take("]") { return Node(content: .list([]), range: start..<place) }
        while true {
            elements.append(try value(depth: depth))
            skipSpace()
            if take("]") { return Node(content: .list(elements), range: start..<place) }
            guard take(",") else { throw syntax("expected `,` or `]`") }
        }
    }

    private mutating func object(depth: Int) throws(Stop) -> Node {
        try enter(depth)
        let start = place
        place += 1
        var members = UniqueMembers()
        skipSpace()
        if take("}") { return Node(content: .mapping([]), range: start..<place) }
        while true {
            skipSpace()
            guard byte == UInt8(ascii: "\"") else { throw syntax("expected a key in double quotes") }
            let keyStart = place
            let key = try string()
            let keyRange = keyStart..<place
            skipSpace()
            guard take(":") else { throw syntax("expected `:`") }
            let value = try value(depth: depth)
            if let problem = members.add(Node.Member(key: key, keyRange: keyRange, value: value), in: source) {
                problems.append(problem)
            }
            skipSpace()
            if take("}") { return Node(content: .mapping(members.all), range: start..<place) }
            guard take(",") else { throw syntax("expected `,` or `}`") }
        }
    }

    private mutating func enter(_ depth: Int) throws(Stop) {
        guard depth <= limits.maxDepth else {
            throw stop(
                .limit, "values are nested more than \(limits.maxDepth) levels deep", "flatten the value")
        }
    }

    /// `true`, `false`, `null` or a number.
    private mutating func word() throws(Stop) -> Node {
        let start = place
        while let byte, isWordByte(byte) { place += 1 }
        let range = start..<place
        let text = source.text(in: range)
        func node(_ value: JSON) -> Node { Node(content: .scalar(value, .plain), range: range) }
        switch text {
        case "true": return node(.bool(true))
        case "false": return node(.bool(false))
        case "null": return node(.null)
        default:
            guard isNumber(source.bytes[range]) else {
                place = start
                throw syntax(text.isEmpty ? "expected a value" : "`\(text.prefix(40))` is not a JSON value")
            }
            if text.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) {
                if let value = Int64(text) { return node(.int(value)) }
                report(.invalidNumber, "the integer \(text.prefix(40)) does not fit 64 bits", at: start)
            } else if let value = Double(text), value.isFinite {
                return node(.double(value))
            } else {
                report(.invalidNumber, "the number \(text.prefix(40)) is too large", at: start)
            }
            return node(.string(text))
        }
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
        }
    }

    private func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        func isDigit(_ byte: UInt8?) -> Bool { byte.map { (0x30...0x39).contains($0) } ?? false }
        func skipDigits() -> Bool {
            let before = rest.count
            rest = rest.drop { isDigit($0) }
            return rest.count < before
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        if rest.first == UInt8(ascii: "0") {
            rest = rest.dropFirst()
        } else if !skipDigits() {
            return false
        }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard skipDigits() else { return false }
        }
        if let byte = rest.first, byte | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard skipDigits() else { return false }
        }
        return rest.isEmpty
    }

    /// A string, from its opening quote to behind the closing one.
    private mutating func string() throws(Stop) -> String {
        let opening = place
        place += 1
        var content: [UInt8] = []
        var segment = place
        while let byte {
            switch byte {
            case UInt8(ascii: "\""):
                content.append(contentsOf: source.bytes[segment..<place])
                place += 1
                return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"):
                content.append(contentsOf: source.bytes[segment..<place])
                let scalar = try escape()
                content.append(contentsOf: String(scalar).utf8)
                segment = place
            case 0..<0x20:
                throw syntax("a line break or control character stands in a string", hint: #"write it as \n or \u00XX"#)
            default: place += 1
            }
        }
        place = opening
        throw syntax("this string is not closed")
    }

    private mutating func escape() throws(Stop) -> Unicode.Scalar {
        let start = place
        place += 2
        guard start + 1 < source.bytes.count else { throw syntax("the text ends inside a string") }
        switch source.bytes[start + 1] {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            if let scalar = unicodeEscape() { return scalar }
            place = start
            throw syntax(
                #"this is not a \u escape of a character"#, hint: #"write four hex digits, pairs for U+10000 up"#)
        default:
            place = start
            throw syntax("this escape is unknown", hint: #"write \\ for a backslash"#)
        }
    }

    private mutating func unicodeEscape() -> Unicode.Scalar? {
        guard let first = hexUnit() else { return nil }
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(first), source.bytes[place...].starts(with: [0x5C, 0x75]) else { return nil }
        place += 2
        guard let second = hexUnit(), UTF16.isTrailSurrogate(second) else { return nil }
        return Unicode.Scalar(0x10000 + ((UInt32(first) - 0xD800) << 10) + (UInt32(second) - 0xDC00))
    }

    private mutating func hexUnit() -> UInt16? {
        let digits = source.bytes[place...].prefix(4)
        let text = String(decoding: digits, as: UTF8.self)
        guard digits.count == 4, text.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { return nil }
        place += 4
        return UInt16(text, radix: 16)
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard byte == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    private mutating func syntax(_ message: String, hint: String? = nil) -> Stop {
        stop(.syntax, "not valid JSON: \(message)", hint)
    }

    private mutating func stop(_ code: ProblemCode, _ message: String, _ hint: String?) -> Stop {
        problems.append(NodeProblem(code: code, message: message, hint: hint, offset: place))
        return .reported
    }

    private mutating func report(_ code: ProblemCode, _ message: String, at offset: Int) {
        problems.append(
            NodeProblem(code: code, message: message, hint: "quote it to keep it as text", offset: offset))
    }
}
