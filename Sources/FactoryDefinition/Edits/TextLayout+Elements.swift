import FactoryJSON

extension TextLayout {
    /// Adds an element to the list at `path`.
    func addElement(_ value: JSON, to path: EditPath, at place: Int) -> [TextReplacement]? {
        guard let spot = spot(at: path), let elements = spot.node.elements, !elements.isEmpty else { return nil }
        if spot.isInFlow || isFlow(spot.node) {
            let text = isJSON ? jsonText(value, at: elements[0].range.lowerBound) : FlowText.text(value)
            return insert(text, at: place, among: elements.map(\.range), of: spot.node)
        }
        guard let items = items(elements) else { return nil }
        let text = spaces(items[0].column) + "- " + BlockPrinter.block(value, indent: items[0].column + 2)
        return [insertion(of: text, at: place, among: items, gap: gap(items))]
    }

    /// Removes an element of the list at `path`.
    func removeElement(of path: EditPath, at place: Int) -> [TextReplacement]? {
        guard let spot = spot(at: path), let elements = spot.node.elements else { return nil }
        guard elements.count > 1 else { return [set(spot, to: [], .fitting)] }
        if spot.isInFlow || isFlow(spot.node) { return removal(of: place, among: elements.map(\.range)) }
        guard let items = items(elements) else { return nil }
        return [replacement(removedRange(place, of: items), "")]
    }

    /// Moves an element of the list at `path` to a place among the others.
    func moveElement(of path: EditPath, from: Int, to: Int) -> [TextReplacement]? {
        guard from != to else { return [] }
        guard let spot = spot(at: path), let elements = spot.node.elements else { return nil }
        if spot.isInFlow || isFlow(spot.node) {
            var order = Array(elements.indices)
            order.insert(order.remove(at: from), at: to)
            return zip(elements, order).filter { $0.range != elements[$1].range }.map {
                TextReplacement(range: $0.range, bytes: Array(bytes[elements[$1].range]))
            }
        }
        guard let items = items(elements) else { return nil }
        let text = source.text(in: items[from].start..<items[from].end)
        var others = items
        others.remove(at: from)
        return [
            replacement(removedRange(from, of: items), ""),
            insertion(of: text, at: to, among: others, gap: gap(items)),
        ]
    }

    /// An element of a block list with the comments above it.
    private struct Item {
        var start: Int
        /// At the end of its last line.
        var end: Int
        var column: Int
    }

    /// nil where a dash does not begin its line.
    private func items(_ elements: [Node]) -> [Item]? {
        var items: [Item] = []
        for element in elements {
            var dash = element.range.lowerBound - 1
            while dash >= 0, bytes[dash] == 0x20 { dash -= 1 }
            guard dash >= 0, bytes[dash] == UInt8(ascii: "-"), let start = entryStart(dash) else { return nil }
            let end = max(contentEnd(element), dash + 1)
            items.append(Item(start: start, end: lineEnd(end), column: column(dash)))
        }
        return items
    }

    /// The blank lines between elements.
    private func gap(_ items: [Item]) -> String {
        guard items.count > 1 else { return "" }
        let range = nextLine(items[0].end)..<max(nextLine(items[0].end), items[1].start)
        return isBlank(range) ? source.text(in: range) : ""
    }

    private func insertion(of text: String, at place: Int, among items: [Item], gap: String) -> TextReplacement {
        if place == 0 { return replacement(items[0].start..<items[0].start, text + "\n" + gap) }
        let end = items[place - 1].end
        return replacement(end..<end, "\n" + gap + text)
    }

    private func removedRange(_ place: Int, of items: [Item]) -> Range<Int> {
        let item = items[place]
        if place + 1 < items.count {
            let next = items[place + 1].start
            return item.start..<(isBlank(item.end..<next) ? next : nextLine(item.end))
        }
        let before = items[place - 1].end
        return isBlank(before..<item.start) ? before..<item.end : lines(from: item.start, to: item.end)
    }
}
