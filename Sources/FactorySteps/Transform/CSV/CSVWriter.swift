import FactoryJSON

/// Writes rows as CSV: RFC 4180 but for the line ends, which are LF as in every other text file here.
///
/// Objects give a column for every key that any of them has, in the order the keys first appear; a missing key and null
/// are empty fields, lists and objects compact JSON.
struct CSVWriter {
    private let options: CSVOptions

    init(options: CSVOptions = CSVOptions()) { self.options = options }

    /// The text of `value`, a list of objects or a list of lists; a single object counts as a list of one.
    func text(of value: JSON) throws(CSVError) -> String {
        let rows: [JSON]
        switch value {
        case .array(let elements): rows = elements
        case .object: rows = [value]
        default:
            throw CSVError(
                message: "\(value.kindName.withArticle) cannot be written as csv",
                hint: "give a list of objects or of lists")
        }
        var text = ""
        if case .object? = rows.first {
            let names = try columns(of: rows)
            // A field takes one byte at least, so that more cannot fit; said before they are made.
            guard names.count * rows.count <= ValueFormat.maximumBytes else {
                throw CSVError(message: "the text is larger than 16 MiB")
            }
            if options.header { text += line(of: names) }
            for row in rows { text += line(of: names.map { field(row[$0] ?? .null) }) }
        } else {
            for (place, row) in rows.enumerated() {
                guard case .array(let cells) = row else { throw unfit(row, at: place, wanted: "list") }
                text += line(of: cells.map(field))
            }
        }
        return text
    }

    private func columns(of rows: [JSON]) throws(CSVError) -> [String] {
        var names = JSONObject()
        for (place, row) in rows.enumerated() {
            guard case .object(let members) = row else { throw unfit(row, at: place, wanted: "object") }
            for name in members.keys where !names.contains(name) { names[name] = .null }
        }
        return names.keys
    }

    private func unfit(_ row: JSON, at place: Int, wanted: String) -> CSVError {
        CSVError(
            message: "element \(place) is \(row.kindName.withArticle), not \(wanted.withArticle)",
            hint: "csv takes a list of objects, or a list of lists")
    }

    private func field(_ value: JSON) -> String {
        let text = PlainText.of(value)
        guard options.guardFormulas, case .string = value, let first = text.utf8.first else { return text }
        return "=+-@\t\r".utf8.contains(first) ? "'" + text : text
    }

    private func line(of fields: [String]) -> String {
        // An empty line would be passed over when read back.
        if fields == [""] { return "\"\"\n" }
        let separator = String(decoding: [options.delimiter], as: UTF8.self)
        return fields.map(quoted).joined(separator: separator) + "\n"
    }

    private func quoted(_ field: String) -> String {
        let special: [UInt8] = [options.delimiter, UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        guard field.utf8.contains(where: special.contains) else { return field }
        var text: [UInt8] = [UInt8(ascii: "\"")]
        for byte in field.utf8 {
            if byte == UInt8(ascii: "\"") { text.append(byte) }
            text.append(byte)
        }
        text.append(UInt8(ascii: "\""))
        return String(decoding: text, as: UTF8.self)
    }
}
