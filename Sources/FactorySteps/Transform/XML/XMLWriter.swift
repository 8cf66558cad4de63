import FactoryJSON

/// Writes a value as XML, by the mapping that ``XMLReader`` has: what it writes reads back as the same value, but that
/// numbers and bools are text then, a list of one is its element, and null and an empty object are empty text.
struct XMLWriter {
    private var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

    /// The document of `value`, an object of one member: the root element by its name.
    static func text(of value: JSON) throws(XMLError) -> String {
        guard case .object(let members) = value, members.count == 1, let (name, root) = members.first else {
            throw XMLError(
                message: "a document has one root element, and the value is \(value.kindName.withArticle)"
                    + (value.objectValue.map { " of \($0.count) members" } ?? ""),
                hint: "wrap it in an object of one key: {root: …}")
        }
        if case .array = root {
            throw XMLError(
                message: "\"\(name)\" is a list, and a document has one root element",
                hint: "wrap the list: {root: {item: […]}}")
        }
        var writer = XMLWriter()
        try writer.element(name, root, depth: 0)
        return writer.text
    }

    private mutating func element(_ name: String, _ value: JSON, depth: Int) throws(XMLError) {
        guard XMLText.isName(name) else {
            throw XMLError(
                message: "\"\(name.prefix(60))\" cannot be the name of an element",
                hint: "names have letters, digits, -, _ and ., and begin with a letter or _")
        }
        guard depth < XMLReader.maximumDepth else {
            throw XMLError(message: "elements are nested deeper than \(XMLReader.maximumDepth)")
        }
        text += String(repeating: "  ", count: depth) + "<" + name
        try open(name, value, depth: depth)
        text += "\n"
    }

    private mutating func open(_ name: String, _ value: JSON, depth: Int) throws(XMLError) {
        guard case .object(let members) = value else {
            if case .array = value { throw XMLError(message: "a list stands directly in a list under \"\(name)\"") }
            let content = PlainText.of(value)
            text += content.isEmpty ? "/>" : ">\(try Self.escaped(content, quote: false, name))</\(name)>"
            return
        }
        var children: [(String, JSON)] = []
        var content = ""
        for (key, member) in members {
            if key == "#text" {
                content = try Self.escaped(try scalar(member, key), quote: false, key)
            } else if key.hasPrefix("@") {
                guard XMLText.isName(String(key.dropFirst())) else {
                    throw XMLError(message: "\"\(key.prefix(60))\" cannot be the name of an attribute")
                }
                text += " \(key.dropFirst())=\"\(try Self.escaped(try scalar(member, key), quote: true, key))\""
            } else if case .array(let elements) = member {
                children += elements.map { (key, $0) }
            } else {
                children.append((key, member))
            }
        }
        guard !children.isEmpty || !content.isEmpty else {
            text += "/>"
            return
        }
        text += ">" + content
        guard !children.isEmpty else {
            text += "</\(name)>"
            return
        }
        // Space between elements would become part of the text, where there is any.
        if content.isEmpty { text += "\n" }
        for (key, child) in children {
            try element(key, child, depth: depth + 1, inline: !content.isEmpty)
        }
        text += (content.isEmpty ? String(repeating: "  ", count: depth) : "") + "</\(name)>"
    }

    private mutating func element(_ name: String, _ value: JSON, depth: Int, inline: Bool) throws(XMLError) {
        guard inline else { return try element(name, value, depth: depth) }
        var inner = XMLWriter()
        inner.text = ""
        try inner.element(name, value, depth: depth)
        text += inner.text.drop { $0 == " " }.dropLast()
    }

    private func scalar(_ value: JSON, _ key: String) throws(XMLError) -> String {
        switch value {
        case .array, .object:
            throw XMLError(message: "\"\(key)\" is \(value.kindName.withArticle), and text is wanted")
        default: return PlainText.of(value)
        }
    }

    private static func escaped(_ text: String, quote: Bool, _ name: String) throws(XMLError) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            guard XMLText.isAllowed(scalar.value) else {
                throw XMLError(
                    message: "\"\(name)\" holds the character number \(scalar.value), which XML does not allow")
            }
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"" where quote: escaped += "&quot;"
            case "\n" where quote, "\t" where quote, "\r": escaped += "&#\(scalar.value);"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
