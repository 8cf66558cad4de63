/// The members of a result as a Markdown table, those inside them below with their names joined by dots.
enum ResultTable {
    static func text(of fields: [ResultMember]) -> String {
        var lines = ["| member | is | meaning |", "| --- | --- | --- |"]
        add(fields, prefix: "", to: &lines)
        return lines.map { $0 + "\n" }.joined()
    }

    private static func add(_ fields: [ResultMember], prefix: String, to lines: inout [String]) {
        for field in fields {
            let kind = words(for: field.shape) + (field.isOptional ? ", or absent" : "")
            lines.append("| `\(prefix)\(field.name)` | \(kind.asCell) | \(field.summary.asCell) |")
            switch field.shape {
            case .object(let inner): add(inner, prefix: "\(prefix)\(field.name).", to: &lines)
            case .list(.object(let inner)): add(inner, prefix: "\(prefix)\(field.name)[].", to: &lines)
            default: break
            }
        }
    }

    private static func words(for shape: ResultShape) -> String {
        switch shape {
        case .any: "any value"
        case .text: "text"
        case .bool: "a bool"
        case .integer: "an integer"
        case .number: "a number"
        case .choice(let words): FieldText.listed(words, "or")
        case .list(.object): "a list of objects"
        case .list(let element): "a list of " + (element == .any ? "values" : words(for: element))
        case .map: "an object"
        case .object: "an object"
        case .orNull(let inner): words(for: inner) + " or null"
        }
    }
}
