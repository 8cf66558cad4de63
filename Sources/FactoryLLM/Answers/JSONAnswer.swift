public import FactoryJSON

/// Finds the JSON value in what a model wrote around it.
public enum JSONAnswer {
    /// The value in `text`: the whole text, else the one fenced block that is JSON, else the one object or list in prose.
    ///
    /// Gives nil where nothing is JSON, and where several blocks or values are: then nobody can tell which was meant.
    /// Nothing is repaired.
    public static func extract(from text: String) -> JSON? {
        let trimmed = text.trimmingWhitespace()
        if let whole = try? JSON(parsing: trimmed) { return whole }
        let blocks = fencedBlocks(in: text).compactMap { try? JSON(parsing: $0.trimmingWhitespace()) }
        let values = blocks.isEmpty ? embeddedValues(in: text) : blocks
        guard values.count == 1 else { return nil }
        return values.first
    }

    /// The insides of ``` fences; an unclosed last one goes to the end of the text.
    private static func fencedBlocks(in text: String) -> [String] {
        var blocks: [String] = []
        var current: [Substring]?
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let isFence = line.drop { $0 == " " || $0 == "\t" }.hasPrefix("```")
            switch (current, isFence) {
            case (nil, true): current = []
            case (let lines?, true):
                blocks.append(lines.joined(separator: "\n"))
                current = nil
            case (.some, false): current?.append(line)
            case (nil, false): break
            }
        }
        if let lines = current { blocks.append(lines.joined(separator: "\n")) }
        return blocks
    }

    /// How many brackets in prose are looked at; each may cost a pass over the text.
    private static let maxCandidates = 100

    /// Objects and lists that stand in `text`, not those within others, at most two: more make no difference.
    private static func embeddedValues(in text: String) -> [JSON] {
        let bytes = Array(text.utf8)
        var values: [JSON] = []
        var place = 0
        var candidates = 0
        while place < bytes.count, values.count < 2, candidates < maxCandidates {
            let isBracket = bytes[place] == UInt8(ascii: "{") || bytes[place] == UInt8(ascii: "[")
            if isBracket { candidates += 1 }
            if isBracket, let end = closing(bytes, from: place),
                let value = try? JSON(parsing: Array(bytes[place...end])), !isCitation(value)
            {
                values.append(value)
                place = end + 1
            } else {
                place += 1
            }
        }
        return values
    }

    /// `[1]` and `[]` in prose are footnotes and empty brackets rather than answers.
    private static func isCitation(_ value: JSON) -> Bool {
        guard let elements = value.arrayValue else { return false }
        return elements.count <= 1 && elements.allSatisfy { $0.intValue != nil }
    }

    /// Where the bracket at `start` closes, strings skipped.
    private static func closing(_ bytes: [UInt8], from start: Int) -> Int? {
        var depth = 0
        var isInString = false
        var isEscaped = false
        for place in start..<bytes.count {
            switch bytes[place] {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isInString: isEscaped = true
            case UInt8(ascii: "\""): isInString.toggle()
            case _ where isInString: break
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return place }
            default: break
            }
        }
        return nil
    }
}

extension String {
    fileprivate func trimmingWhitespace() -> String {
        let start = drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}
