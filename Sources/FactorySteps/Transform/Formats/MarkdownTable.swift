import FactoryJSON

/// Rows as a table of Markdown, as GitHub reads it: written only.
///
/// Objects give a column for every key that any of them has; of lists the first is the header. Columns of nothing but
/// numbers stand to the right.
enum MarkdownTable {
    /// The table of `value`, a list of objects or of lists; a single object counts as a list of one.
    static func text(of value: JSON) throws(ValueFormat.Failure) -> String {
        var rows = try Self.rows(of: value)
        guard !rows.isEmpty else { return "" }
        let header = rows.removeFirst()
        for (place, row) in rows.enumerated() where row.count > header.count {
            throw ValueFormat.Failure(
                message: "row \(place + 1) has \(row.count) cells, and the header \(header.count)")
        }
        let rules = header.indices.map { column in
            let cells = rows.compactMap { column < $0.count ? $0[column] : nil }.filter { !$0.isNull }
            return !cells.isEmpty && cells.allSatisfy { $0.doubleValue != nil } ? "--:" : "---"
        }
        var text = line(header.map(cell)) + line(rules)
        for row in rows {
            text += line(header.indices.map { $0 < row.count ? cell(row[$0]) : "" })
        }
        return text
    }

    /// The header and the rows behind it.
    private static func rows(of value: JSON) throws(ValueFormat.Failure) -> [[JSON]] {
        let elements: [JSON]
        switch value {
        case .array(let list): elements = list
        case .object: elements = [value]
        default:
            throw ValueFormat.Failure(
                message: "\(value.kindName.withArticle) cannot be written as a markdown table",
                hint: "give a list of objects or of lists")
        }
        if case .object? = elements.first {
            var names = JSONObject()
            for (place, element) in elements.enumerated() {
                guard case .object(let members) = element else { throw unfit(element, place, "an object") }
                for key in members.keys where !names.contains(key) { names[key] = .null }
            }
            guard !names.isEmpty else {
                throw ValueFormat.Failure(message: "the objects have no keys, and so no columns")
            }
            // A cell takes three bytes at least, so that more cannot fit; said before they are made.
            guard names.count * elements.count <= ValueFormat.maximumBytes / 3 else {
                throw ValueFormat.Failure(message: "the text is larger than 16 MiB")
            }
            return [names.keys.map(JSON.string)] + elements.map { row in names.keys.map { row[$0] ?? .null } }
        }
        var rows: [[JSON]] = []
        for (place, element) in elements.enumerated() {
            guard case .array(let cells) = element else { throw unfit(element, place, "a list") }
            rows.append(cells)
        }
        if rows.first?.isEmpty == true { throw ValueFormat.Failure(message: "the header has no cells") }
        return rows
    }

    private static func unfit(_ value: JSON, _ place: Int, _ wanted: String) -> ValueFormat.Failure {
        ValueFormat.Failure(
            message: "element \(place) is \(value.kindName.withArticle), not \(wanted)",
            hint: "a markdown table takes a list of objects, or a list of lists")
    }

    private static func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

    private static func cell(_ value: JSON) -> String {
        var text = ""
        var isAfterReturn = false
        for scalar in PlainText.of(value).unicodeScalars {
            switch scalar {
            case "|": text += "\\|"
            case "\\": text += "\\\\"
            case "\n" where isAfterReturn: break
            case "\n", "\r": text += "<br>"
            default: text.unicodeScalars.append(scalar)
            }
            isAfterReturn = scalar == "\r"
        }
        return text
    }
}
