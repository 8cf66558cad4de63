import FactoryExpressions
import FactoryJSON

extension TextLayout {
    /// Writes the changed texts: only the bytes of the names where they can be told, else the whole scalar.
    func rename(_ changes: [StepMentions.Change], old: String, inPlace: Bool) -> [TextReplacement]? {
        var replacements: [TextReplacement] = []
        for change in changes {
            guard let spot = spot(at: change.path) else { return nil }
            if inPlace, let parts = written(change, at: spot.node, old: old) {
                replacements += parts
            } else {
                replacements.append(set(spot, to: .string(change.text), .fitting))
            }
        }
        return replacements
    }

    private func written(_ change: StepMentions.Change, at node: Node, old: String) -> [TextReplacement]? {
        guard case .scalar(.string(let value), let style) = node.content else { return nil }
        let text = Array(value.utf8)
        let inText = occurrences(of: old, in: text, 0..<text.count)
        let inSource = occurrences(of: old, in: bytes, node.range)
        guard inText.count == inSource.count else { return nil }
        var replacements: [TextReplacement] = []
        for part in change.parts {
            let name = part.range.upperBound - old.utf8.count
            guard let ordinal = inText.firstIndex(of: name) else { return nil }
            let end = inSource[ordinal] + old.utf8.count
            let range = (end - part.range.count)..<end
            guard range.lowerBound >= node.range.lowerBound,
                bytes[range].elementsEqual(text[part.range])
            else { return nil }
            let isEscaped = style == .doubleQuoted
            replacements.append(
                replacement(range, isEscaped ? part.text.replacing("\"", with: "\\\"") : part.text))
        }
        return replacements
    }

    /// Where `name` stands by itself.
    private func occurrences(of name: String, in text: [UInt8], _ range: Range<Int>) -> [Int] {
        let name = Array(name.utf8)
        var found: [Int] = []
        var place = range.lowerBound
        while place + name.count <= range.upperBound {
            let end = place + name.count
            if text[place] == name[0], text[place..<end].elementsEqual(name),
                place == range.lowerBound || !isNamePart(text[place - 1]),
                end == range.upperBound || !isNamePart(text[end])
            {
                found.append(place)
                place = end
            } else {
                place += 1
            }
        }
        return found
    }

    private func isNamePart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
            || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
    }
}
