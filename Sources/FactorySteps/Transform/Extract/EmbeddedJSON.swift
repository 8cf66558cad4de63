import FactoryExpressions
import FactoryJSON

/// JSON in the midst of other text, as models write it.
enum EmbeddedJSON {
    /// Bytes looked at in vain before giving up: keeps a text of brackets from taking quadratic time.
    static let maximumVainBytes = 4 << 20

    /// The values in `text`: the whole text if it is JSON; else every code block that is; else every object and list
    /// that stands somewhere in it, the outermost ones, in order.
    static func all(in text: String) -> [JSON] {
        if let whole = value(of: text) { return [whole] }
        let blocks = CodeBlock.all(in: text).compactMap { value(of: $0.code) }
        return blocks.isEmpty ? scattered(in: Array(text.utf8)) : blocks
    }

    private static func value(of text: String) -> JSON? {
        // Not being JSON is an answer here, not a failure.
        try? JSON(parsing: text)
    }

    private static func scattered(in bytes: [UInt8]) -> [JSON] {
        var values: [JSON] = []
        var place = 0
        var budget = maximumVainBytes
        while place < bytes.count, budget > 0 {
            guard bytes[place] == UInt8(ascii: "{") || bytes[place] == UInt8(ascii: "[") else {
                place += 1
                continue
            }
            let end = end(of: bytes, from: place)
            if let end, let value = try? JSON(parsing: Array(bytes[place..<end])) {
                values.append(value)
                place = end
            } else {
                budget -= (end ?? bytes.count) - place
                place += 1
            }
        }
        return values
    }

    /// Behind the bracket that closes the one at `start`, brackets in strings aside; nil when none does.
    private static func end(of bytes: [UInt8], from start: Int) -> Int? {
        var depth = 0
        var inString = false
        var place = start
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\\") where inString: place += 1
            case UInt8(ascii: "\""): inString.toggle()
            case UInt8(ascii: "{") where !inString, UInt8(ascii: "[") where !inString: depth += 1
            case UInt8(ascii: "}") where !inString, UInt8(ascii: "]") where !inString:
                depth -= 1
                if depth == 0 { return place + 1 }
            default: break
            }
            place += 1
        }
        return nil
    }
}
