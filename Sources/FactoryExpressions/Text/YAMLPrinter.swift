public import FactoryJSON

/// Prints JSON values as YAML 1.2 in block style, so that the core schema reads the same values back.
public enum YAMLPrinter {
    /// The YAML text of `json`, with a line end at its end.
    ///
    /// Strings stand plain where nothing can mistake them, as a literal block where they have several lines, and
    /// otherwise in double quotes.
    /// - Precondition: no number in it is NaN or infinite.
    public static func print(_ json: JSON) -> String {
        print(json, maxBytes: .max) ?? ""
    }

    /// As ``print(_:)``, nil where the text would be longer than `maxBytes`.
    public static func print(_ json: JSON, maxBytes: Int) -> String? {
        var writer = YAMLWriter(maxBytes: maxBytes)
        writer.write(json, indent: 0, position: .start)
        return writer.isFull ? nil : writer.text
    }
}

private struct YAMLWriter {
    /// What stands before a value on its line.
    enum Position {
        case start, afterKey, afterDash
    }

    private(set) var text = ""
    private let maxBytes: Int

    init(maxBytes: Int) { self.maxBytes = maxBytes }

    var isFull: Bool { text.utf8.count > maxBytes }

    mutating func write(_ value: JSON, indent: Int, position: Position) {
        guard !isFull else { return }
        switch value {
        case .array(let elements) where !elements.isEmpty:
            write(elements, indent: indent, position: position)
        case .object(let members) where !members.isEmpty:
            write(members, indent: indent, position: position)
        case .array: writeScalar("[]", position)
        case .object: writeScalar("{}", position)
        case .string(let string): write(string, indent: indent, position: position)
        default: writeScalar(value.serialized(), position)
        }
    }

    private mutating func writeScalar(_ scalar: String, _ position: Position) {
        if position != .start { text += " " }
        text += scalar
        text += "\n"
    }

    private mutating func write(_ elements: [JSON], indent: Int, position: Position) {
        // A list under a key keeps the key's indentation; in a list it begins on the same line.
        startBlock(position)
        for (place, element) in elements.enumerated() {
            guard !isFull else { return }
            writeIndent(indent, isInline: place == 0 && position == .afterDash)
            text += "-"
            write(element, indent: indent + 2, position: .afterDash)
        }
    }

    private mutating func write(_ members: JSONObject, indent: Int, position: Position) {
        startBlock(position)
        for (place, member) in members.enumerated() {
            guard !isFull else { return }
            writeIndent(indent, isInline: place == 0 && position == .afterDash)
            text += YAMLScalar.inline(member.key)
            text += ":"
            let isList = if case .array = member.value { true } else { false }
            write(member.value, indent: isList ? indent : indent + 2, position: .afterKey)
        }
    }

    private mutating func startBlock(_ position: Position) {
        switch position {
        case .start: break
        case .afterKey: text += "\n"
        case .afterDash: text += " "
        }
    }

    private mutating func writeIndent(_ indent: Int, isInline: Bool) {
        if !isInline { text += String(repeating: " ", count: indent) }
    }

    private mutating func write(_ string: String, indent: Int, position: Position) {
        guard let block = YAMLScalar.literalBlock(string, indent: max(2, indent)) else {
            writeScalar(YAMLScalar.inline(string), position)
            return
        }
        if position != .start { text += " " }
        text += block
    }
}

/// Forms of a string in YAML.
enum YAMLScalar {
    /// On one line: plain, or in double quotes.
    static func inline(_ string: String) -> String {
        isPlain(string) ? string : JSON.string(string).serialized().escapingSpecials
    }

    /// As a literal block with its header, for text of several lines that a block keeps exactly; nil for other text.
    static func literalBlock(_ string: String, indent: Int) -> String? {
        guard string.utf8.contains(0x0A), !string.unicodeScalars.contains(where: isUnfitForBlock) else {
            return nil
        }
        let lines = string.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        // A first line that is blank or begins with a space would need an explicit indentation; one that begins with a tab
        // is refused by libyaml.
        guard let first = lines.first, let byte = first.first, byte != 0x20, byte != 0x09 else { return nil }
        let trailing = string.utf8.reversed().prefix { $0 == 0x0A }.count
        let header = trailing == 0 ? "|-" : trailing == 1 ? "|" : "|+"
        let spaces = String(repeating: " ", count: indent)
        var block = header + "\n"
        for line in lines.dropLast(trailing > 0 ? 1 : 0) {
            if !line.isEmpty {
                block += spaces
                block += String(decoding: line, as: UTF8.self)
            }
            block += "\n"
        }
        return block
    }

    private static func isUnfitForBlock(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x09, 0x20...0x7E: false
        case 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...: false
        default: true
        }
    }

    /// True where the text cannot be taken for anything but a string.
    private static func isPlain(_ string: String) -> Bool {
        let bytes = Array(string.utf8)
        guard let first = bytes.first, let last = bytes.last, last != 0x20, last != UInt8(ascii: ":")
        else {
            return false
        }
        guard !string.unicodeScalars.contains(where: { $0.value < 0x20 || isUnfitForBlock($0) }) else {
            return false
        }
        let isFirstFree = first.isWordByte || first >= 0x80 || "/.(+".utf8.contains(first)
        guard isFirstFree, !isOtherType(string) else { return false }
        for (byte, next) in zip(bytes, bytes.dropFirst()) {
            if byte == UInt8(ascii: ":"), next == 0x20 { return false }
            if byte == 0x20, next == UInt8(ascii: "#") { return false }
        }
        return string != "---" && string != "..."
    }

    /// True for what some version of YAML reads as a null, bool, number or date.
    private static func isOtherType(_ string: String) -> Bool {
        switch string.lowercased() {
        case "null", "true", "false", "yes", "no", "on", "off", "y", "n": return true
        default: break
        }
        guard let first = string.utf8.first,
            first.isDigit || first == UInt8(ascii: ".") || first == UInt8(ascii: "+")
        else { return false }
        return string.utf8.allSatisfy {
            $0.isDigit || $0.hexValue != nil || ".+-_:xoXOeEinfINFaATZtz ".utf8.contains($0)
        }
    }
}

extension String {
    /// JSON's string with the characters escaped that YAML has as line ends or refuses.
    fileprivate var escapingSpecials: String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x7F...0x9F: result += "\\x\(String(scalar.value, radix: 16))".unicodeScalars
            case 0x2028, 0x2029, 0xFEFF: result += "\\u\(String(scalar.value, radix: 16))".unicodeScalars
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
