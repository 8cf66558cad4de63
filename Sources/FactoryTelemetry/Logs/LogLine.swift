import FactoryDomain
import FactoryJSON

/// One line of the log before it is written.
struct LogLine {
    let at: Timestamp
    let level: LogLevel
    let message: String
    let fields: JSONObject

    /// The line without its end.
    func text(_ format: LogFormat) -> String {
        switch format {
        case .json:
            var object: JSONObject = [
                "time": .string(at.description), "level": .string(level.rawValue), "message": .string(message),
            ]
            for (name, value) in fields where object[name] == nil { object[name] = value }
            // The writer escapes control characters below U+0020; those above are as unwelcome.
            return JSON.object(object).serialized().withoutControls
        case .text:
            let level = String(level.rawValue.prefix(5)).uppercased()
            let padded = level + String(repeating: " ", count: 5 - level.count)
            let pairs = fields.map { "\($0.key)=\(Self.shown($0.value))" }
            return ([at.description, padded, message] + pairs).joined(separator: " ").withoutControls
        }
    }

    private static func shown(_ value: JSON) -> String {
        guard case .string(let text) = value else { return value.serialized() }
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x3D }
        return isPlain ? text : value.serialized()
    }
}

extension String {
    /// This text with every control character, and every character that ends a line or turns its direction, written as
    /// `\u{…}` is in JSON.
    var withoutControls: String {
        guard unicodeScalars.contains(where: Self.isUnwelcome) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            guard Self.isUnwelcome(scalar) else {
                text.unicodeScalars.append(scalar)
                continue
            }
            let digits = String(scalar.value, radix: 16)
            text += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
        return text
    }

    private static func isUnwelcome(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
