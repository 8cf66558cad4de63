import FactoryJSON

/// How a value is written in the place of another.
enum ValueForm: CaseIterable {
    /// As its surroundings are.
    case fitting
    /// On one line.
    case line
}

extension TextLayout {
    /// Writes `value` in the place of what stands at `path`.
    func set(_ path: EditPath, to value: JSON, _ form: ValueForm) -> [TextReplacement]? {
        spot(at: path).map { [set($0, to: value, form)] }
    }

    func set(_ spot: Spot, to value: JSON, _ form: ValueForm) -> TextReplacement {
        let node = spot.node
        let range = node.range.lowerBound..<max(node.range.lowerBound, contentEnd(node))
        if isJSON { return replacement(node.range, jsonText(value, at: node.range.lowerBound)) }
        if form == .fitting, !spot.isInFlow, let fitting = blockForm(of: value, at: spot, range) { return fitting }
        let text = form == .fitting ? styled(value, as: spot) : FlowText.text(value)
        if let keyRange = spot.keyRange, !spot.isInFlow, node.range.isEmpty || isBlockCollection(node),
            let colon = colonEnd(keyRange, before: range.lowerBound)
        {
            return replacement(colon..<range.upperBound, " " + text)
        }
        return replacement(range, separator(before: spot) + text)
    }

    /// JSON in the layout of the document: with line breaks when it has any.
    func jsonText(_ value: JSON, at offset: Int) -> String {
        guard bytes.contains(0x0A), value.arrayValue?.isEmpty == false || value.objectValue?.isEmpty == false else {
            return value.serialized()
        }
        let indent = bytes[lineStart(offset)...].prefix { $0 == 0x20 }.count
        return value.serialized(pretty: true).split(separator: "\n", omittingEmptySubsequences: false)
            .joined(separator: "\n" + spaces(indent))
    }

    private func isBlockCollection(_ node: Node) -> Bool {
        (node.members != nil || node.elements != nil) && !isFlow(node)
    }

    /// What must stand between an absent value's place and the text for it.
    private func separator(before spot: Spot) -> String {
        let start = spot.node.range.lowerBound
        guard spot.node.range.isEmpty, start > 0 else { return "" }
        if let keyRange = spot.keyRange, colonEnd(keyRange, before: start - 1) == nil { return ": " }
        return isSpace(bytes[start - 1]) ? "" : " "
    }

    /// A collection in block style; nil where one line is what fits.
    private func blockForm(of value: JSON, at spot: Spot, _ range: Range<Int>) -> TextReplacement? {
        guard value.objectValue?.isEmpty == false || value.arrayValue?.isEmpty == false else { return nil }
        if isFlow(spot.node), FlowText.text(value).utf8.count <= 100 { return nil }
        if isBlockCollection(spot.node) {
            return replacement(range, BlockPrinter.block(value, indent: column(range.lowerBound)))
        }
        guard let keyRange = spot.keyRange else {
            guard !spot.node.range.isEmpty || spot.isRoot else { return nil }
            return replacement(range, BlockPrinter.block(value, indent: column(range.lowerBound)))
        }
        guard let colon = colonEnd(keyRange, before: range.lowerBound) else { return nil }
        return replacement(
            colon..<range.upperBound, BlockPrinter.suffix(value, column: column(keyRange.lowerBound)))
    }

    /// A single value in the quotes or the block that the one before it had.
    private func styled(_ value: JSON, as spot: Spot) -> String {
        guard case .string(let text) = value, case .scalar(_, let style) = spot.node.content else {
            return FlowText.text(value)
        }
        let line = spot.isInFlow ? FlowText.text(value) : FlowText.line(text)
        switch style {
        case .singleQuoted where !line.contains("\\") && !text.contains("\n"):
            return "'" + text.replacing("'", with: "''") + "'"
        case .singleQuoted, .doubleQuoted: return FlowText.quoted(text)
        case .literal, .folded:
            let first = nextLine(spot.node.range.lowerBound)
            let written = bytes[min(first, bytes.count)...].prefix { $0 == 0x20 }.count
            return BlockPrinter.literal(text, indent: max(written, 1)) ?? line
        case .plain:
            guard !spot.isInFlow, let keyRange = spot.keyRange else { return line }
            return BlockPrinter.literal(text, indent: column(keyRange.lowerBound) + 2) ?? line
        }
    }
}
