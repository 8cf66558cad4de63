import FactoryJSON

/// Where the values of a text stand: lines, columns, the comments that belong to an entry.
struct TextLayout {
    let source: SourceText
    let root: Node
    let isJSON: Bool

    var bytes: [UInt8] { source.bytes }

    /// One value and what is around it.
    struct Spot {
        var node: Node
        /// The bytes of its key, for a member.
        var keyRange: Range<Int>?
        /// True inside `{}` or `[]`.
        var isInFlow: Bool
        var isRoot = false
    }

    func spot(at path: EditPath) -> Spot? {
        var spot = Spot(node: root, keyRange: nil, isInFlow: isJSON, isRoot: true)
        for part in path.parts {
            let isInFlow = spot.isInFlow || isFlow(spot.node)
            switch part {
            case .key(let key):
                guard let member = spot.node.members?.first(where: { $0.key == key }) else { return nil }
                spot = Spot(node: member.value, keyRange: member.keyRange, isInFlow: isInFlow)
            case .index(let index):
                guard let elements = spot.node.elements, elements.indices.contains(index) else { return nil }
                spot = Spot(node: elements[index], keyRange: nil, isInFlow: isInFlow)
            }
        }
        return spot
    }

    /// True for a collection in `{}` or `[]`.
    func isFlow(_ node: Node) -> Bool {
        guard node.elements != nil || node.members != nil, node.range.lowerBound < bytes.count else { return false }
        return "{[".utf8.contains(bytes[node.range.lowerBound])
    }

    func lineStart(_ offset: Int) -> Int {
        var place = min(offset, bytes.count)
        while place > 0, bytes[place - 1] != 0x0A { place -= 1 }
        return place
    }

    /// Before the line's end, CR included in it.
    func lineEnd(_ offset: Int) -> Int {
        var place = offset
        while place < bytes.count, bytes[place] != 0x0A { place += 1 }
        return place > offset && place < bytes.count && bytes[place - 1] == 0x0D ? place - 1 : place
    }

    /// Behind the line's end.
    func nextLine(_ offset: Int) -> Int {
        var place = offset
        while place < bytes.count, bytes[place] != 0x0A { place += 1 }
        return min(place + 1, bytes.count)
    }

    func column(_ offset: Int) -> Int { offset - lineStart(offset) }

    /// Behind the last byte that belongs to the value, line ends after it left out.
    func contentEnd(_ node: Node) -> Int {
        var last = node
        while !isFlow(last), let inner = last.members?.last?.value ?? last.elements?.last { last = inner }
        var end = node.range.upperBound
        // A block may end with lines of nothing but spaces and tabs that are text.
        var keepsSpace = false
        if case .scalar(let value, let style) = last.content, style == .literal || style == .folded {
            let header = last.range.lowerBound..<lineEnd(last.range.lowerBound)
            if bytes[header].prefix(3).contains(UInt8(ascii: "+")) {
                return end > 0 && bytes[end - 1] == 0x0A ? end - 1 : end
            }
            let text = value.stringValue?.utf8.reversed().drop { $0 == 0x0A }
            keepsSpace = text?.first == 0x20 || text?.first == 0x09
        }
        while end > node.range.lowerBound, keepsSpace ? [0x0A, 0x0D].contains(bytes[end - 1]) : isSpace(bytes[end - 1])
        {
            end -= 1
        }
        return end
    }

    /// Where the line of an entry begins that stands at the beginning of its line, comments directly above it at the
    /// same column included; nil for an entry behind something else. The comment a document begins with is nobody's.
    func entryStart(_ offset: Int) -> Int? {
        let line = lineStart(offset)
        let column = offset - line
        guard bytes[line..<offset].allSatisfy({ $0 == 0x20 }) else { return nil }
        var start = line
        while start > 0 {
            let above = lineStart(start - 1)
            let spaces = bytes[above...].prefix { $0 == 0x20 }.count
            guard spaces == column, above + spaces < bytes.count, bytes[above + spaces] == UInt8(ascii: "#") else {
                return start
            }
            start = above
        }
        return line
    }

    /// Behind the colon of a key.
    func colonEnd(_ keyRange: Range<Int>, before limit: Int) -> Int? {
        let rest = bytes[keyRange.upperBound..<max(keyRange.upperBound, min(limit + 1, bytes.count))]
        return rest.firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 }
    }

    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
    func isBlank(_ range: Range<Int>) -> Bool { bytes[range].allSatisfy(isSpace) }
    func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

    /// New text, with the line ends that the document has.
    func replacement(_ range: Range<Int>, _ text: String) -> TextReplacement {
        guard let end = bytes.firstIndex(of: 0x0A), end > 0, bytes[end - 1] == 0x0D else {
            return TextReplacement(range: range, bytes: Array(text.utf8))
        }
        var written: [UInt8] = []
        for byte in text.utf8 {
            if byte == 0x0A, written.last != 0x0D { written.append(0x0D) }
            written.append(byte)
        }
        return TextReplacement(range: range, bytes: written)
    }
}
