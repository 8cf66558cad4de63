import FactoryJSON

/// Writes an object as TOML: plain members first, then a header for every object and every list of objects, so that
/// what it writes reads back as the same value. TOML has no null, so a null is refused.
struct TOMLWriter {
    private var text = ""

    /// The document of `value`.
    static func text(of value: JSON) throws(TOMLError) -> String {
        guard case .object(let members) = value else {
            throw TOMLError(
                message: "\(value.kindName.withArticle) cannot be written as toml",
                hint: "wrap it in an object: {values: …}")
        }
        var writer = TOMLWriter()
        try writer.table(members, path: [])
        return writer.text
    }

    private mutating func table(_ members: JSONObject, path: [String]) throws(TOMLError) {
        guard path.count < TOMLReader.maximumDepth - 1 else {
            throw TOMLError(message: "values are nested deeper than \(TOMLReader.maximumDepth)")
        }
        for (key, value) in members where !Self.hasHeader(value) {
            text += "\(Self.key(key)) = \(try Self.inline(value, path: path + [key]))\n"
        }
        for (key, value) in members {
            let inner = path + [key]
            switch value {
            case .object(let members): try block("[\(Self.dotted(inner))]", members, inner)
            case .array(let elements) where Self.hasHeader(value):
                for case .object(let members) in elements { try block("[[\(Self.dotted(inner))]]", members, inner) }
            default: break
            }
        }
    }

    private mutating func block(_ header: String, _ members: JSONObject, _ path: [String]) throws(TOMLError) {
        text += (text.isEmpty ? "" : "\n") + header + "\n"
        try table(members, path: path)
    }

    /// Objects, and lists of nothing but objects.
    private static func hasHeader(_ value: JSON) -> Bool {
        switch value {
        case .object: true
        case .array(let elements): !elements.isEmpty && elements.allSatisfy { $0.objectValue != nil }
        default: false
        }
    }

    private static func inline(_ value: JSON, path: [String]) throws(TOMLError) -> String {
        guard path.count < TOMLReader.maximumDepth else {
            throw TOMLError(message: "values are nested deeper than \(TOMLReader.maximumDepth)")
        }
        switch value {
        case .null:
            throw TOMLError(
                message: "\(path.joined(separator: ".")) is null, and toml has no null",
                hint: "leave the key out, or give it a value")
        case .bool, .int: return value.serialized()
        case .double(let number):
            guard number.isFinite else {
                throw TOMLError(message: "\(path.joined(separator: ".")) is no number that can be written")
            }
            return value.serialized()
        case .string(let text): return quoted(text)
        case .array(let elements):
            var parts: [String] = []
            for (place, element) in elements.enumerated() {
                parts.append(try inline(element, path: path + ["[\(place)]"]))
            }
            return "[" + parts.joined(separator: ", ") + "]"
        case .object(let members):
            var parts: [String] = []
            for (key, member) in members {
                parts.append("\(self.key(key)) = \(try inline(member, path: path + [key]))")
            }
            return parts.isEmpty ? "{}" : "{ " + parts.joined(separator: ", ") + " }"
        }
    }

    private static func dotted(_ path: [String]) -> String { path.map(key).joined(separator: ".") }

    private static func key(_ key: String) -> String {
        !key.isEmpty && key.utf8.allSatisfy(TOMLReader.isBare) ? key : quoted(key)
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
