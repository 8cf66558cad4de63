import FactoryJSON

extension TextLayout {
    /// Adds a key to the mapping at `path`.
    func addKey(_ key: String, _ value: JSON, to path: EditPath, before: String?) -> [TextReplacement]? {
        guard let spot = spot(at: path), let members = spot.node.members else { return nil }
        let place = before.flatMap { name in members.firstIndex { $0.key == name } }
        guard !members.isEmpty else { return nil }
        if spot.isInFlow || isFlow(spot.node) {
            let entry =
                isJSON
                ? JSON.string(key).serialized() + ": " + jsonText(value, at: members[0].keyRange.lowerBound)
                : flowEntry(key, value)
            return insert(entry, at: place, among: flowEntries(members), of: spot.node)
        }
        let column = column(members[0].keyRange.lowerBound)
        let entry = FlowText.key(key) + ":" + BlockPrinter.suffix(value, column: column)
        if place == 0 {
            let start = members[0].keyRange.lowerBound
            return [replacement(start..<start, entry + "\n" + spaces(column))]
        }
        let end = lineEnd(contentEnd(members[(place ?? members.count) - 1].value))
        return [replacement(end..<end, "\n" + spaces(column) + entry)]
    }

    /// Removes a key of the mapping at `path`.
    func removeKey(_ key: String, of path: EditPath) -> [TextReplacement]? {
        guard let spot = spot(at: path), let members = spot.node.members,
            let place = members.firstIndex(where: { $0.key == key })
        else { return nil }
        guard members.count > 1 else { return [set(spot, to: [:], .fitting)] }
        if spot.isInFlow || isFlow(spot.node) { return removal(of: place, among: flowEntries(members)) }
        let member = members[place]
        let end = contentEnd(member.value)
        guard let start = entryStart(member.keyRange.lowerBound) else {
            // The first key of a list's element: what follows moves up behind the dash.
            var next = nextLine(end)
            while next < bytes.count, isSpace(bytes[next]) { next += 1 }
            return [replacement(member.keyRange.lowerBound..<next, "")]
        }
        return [replacement(lines(from: start, to: end), "")]
    }

    /// Whole lines; at the end of a text without a last line end, the line end before them.
    func lines(from start: Int, to end: Int) -> Range<Int> {
        let next = nextLine(end)
        let endsOpen = next == bytes.count && bytes.last != 0x0A
        guard endsOpen, start > 0 else { return start..<next }
        return (lineEnd(lineStart(start - 1)))..<next
    }

    private func flowEntry(_ key: String, _ value: JSON) -> String {
        String(FlowText.text(.object([key: value])).dropFirst().dropLast())
    }

    private func flowEntries(_ members: [Node.Member]) -> [Range<Int>] {
        members.map { $0.keyRange.lowerBound..<max($0.keyRange.upperBound, $0.value.range.upperBound) }
    }

    // MARK: Entries in braces and brackets

    /// Inserts an entry before the one at `place`, or last.
    func insert(
        _ entry: String, at place: Int?, among entries: [Range<Int>], of node: Node
    ) -> [TextReplacement]? {
        guard let first = entries.first, let last = entries.last else { return nil }
        let separator = flowSeparator(entries, first: first, of: node)
        guard let place, place < entries.count else {
            return [replacement(last.upperBound..<last.upperBound, separator + entry)]
        }
        let start = entries[place].lowerBound
        return [replacement(start..<start, entry + separator)]
    }

    private func flowSeparator(_ entries: [Range<Int>], first: Range<Int>, of node: Node) -> String {
        if entries.count > 1 {
            let written = source.text(in: first.upperBound..<entries[1].lowerBound)
            if written.utf8.allSatisfy({ isSpace($0) || $0 == UInt8(ascii: ",") }) { return written }
        }
        let opening = source.text(in: (node.range.lowerBound + 1)..<first.lowerBound)
        let isBroken = opening.contains("\n") && opening.utf8.allSatisfy(isSpace)
        return isBroken ? "," + opening : ", "
    }

    /// Removes one of several entries with its comma.
    func removal(of place: Int, among entries: [Range<Int>]) -> [TextReplacement] {
        let range =
            place + 1 < entries.count
            ? entries[place].lowerBound..<entries[place + 1].lowerBound
            : entries[place - 1].upperBound..<entries[place].upperBound
        return [replacement(range, "")]
    }
}
