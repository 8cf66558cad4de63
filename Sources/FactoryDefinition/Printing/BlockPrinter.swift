import FactoryJSON

/// Writes values as YAML in the layout of people: mappings in block style, short lists of plain values on one line.
struct BlockPrinter {
    /// Lists of plain values up to this many bytes stay on one line.
    static let flowWidth = 72

    /// The text, its first line without indentation and without a line end behind the last, to stand at column `indent`.
    static func block(_ value: JSON, indent: Int) -> String {
        let spaces = String(repeating: " ", count: indent)
        switch value {
        case .object(let members) where !members.isEmpty:
            return members.map { FlowText.key($0.key) + ":" + suffix($0.value, column: indent) }
                .joined(separator: "\n" + spaces)
        case .array(let elements) where !elements.isEmpty:
            return elements.map { "- " + block($0, indent: indent + 2) }.joined(separator: "\n" + spaces)
        case .string(let text): return scalar(text, indent: indent)
        default: return FlowText.text(value)
        }
    }

    /// What follows `key:` when the key stands at `column`, without a line end.
    static func suffix(_ value: JSON, column: Int) -> String {
        switch value {
        case .object(let members) where !members.isEmpty: return below(value, column + 2)
        case .array(let elements) where !elements.isEmpty:
            let flow = FlowText.text(value)
            let isPlain = elements.allSatisfy { $0.arrayValue == nil && $0.objectValue == nil }
            return isPlain && flow.utf8.count <= flowWidth ? " " + flow : below(value, column + 2)
        case .string(let text): return " " + scalar(text, indent: column + 2)
        default: return " " + FlowText.text(value)
        }
    }

    private static func below(_ value: JSON, _ indent: Int) -> String {
        "\n" + String(repeating: " ", count: indent) + block(value, indent: indent)
    }

    private static func scalar(_ text: String, indent: Int) -> String {
        literal(text, indent: indent) ?? FlowText.line(text)
    }

    /// Text of several lines as a literal block with these spaces before each line; nil where a block cannot hold it.
    static func literal(_ text: String, indent: Int) -> String? {
        guard text.contains("\n") else { return nil }
        let printed = YAML.print(.string(text))
        guard printed.hasPrefix("|"), !printed.hasPrefix("|+") else { return nil }
        let spaces = String(repeating: " ", count: max(1, indent))
        let lines = printed.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        let shifted = lines.enumerated().map { index, line in
            index == 0 || line.isEmpty ? String(line) : spaces + line.dropFirst(2)
        }
        return shifted.joined(separator: "\n")
    }
}

/// Writes values on one line.
enum FlowText {
    /// In YAML's flow style, plain where nothing can mistake it.
    static func text(_ value: JSON) -> String {
        switch value {
        case .object(let members):
            return "{" + members.map { "\(inner($0.key)): \(text($0.value))" }.joined(separator: ", ") + "}"
        case .array(let elements): return "[" + elements.map(text).joined(separator: ", ") + "]"
        case .string(let text): return inner(text)
        default: return value.serialized()
        }
    }

    /// Text where a line of block style may stand.
    static func line(_ text: String) -> String {
        let printed = YAML.print(.object([text: nil]))
        return String(printed.dropLast(": null\n".utf8.count))
    }

    /// A key in block style.
    static func key(_ text: String) -> String { line(text) }

    /// Text in double quotes.
    static func quoted(_ text: String) -> String {
        let written = line(text)
        return written.hasPrefix("\"") ? written : JSON.string(text).serialized()
    }

    private static func inner(_ text: String) -> String {
        let isSafe = !text.utf8.contains { ",[]{}:#?\"'\\".utf8.contains($0) }
        return isSafe ? line(text) : quoted(text)
    }
}
