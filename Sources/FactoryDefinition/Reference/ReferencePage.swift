import FactoryJSON

/// The parts of the documentation that follow from the tables of the format: what stands between the marks
/// `<!-- NAME -->` and `<!-- /NAME -->` of a Markdown page.
///
/// Made from the same descriptions as ``FormatSchema``, so that page, schema and reader cannot say different things.
public enum ReferencePage {
    /// Why a page cannot be brought up to date.
    public struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is wrong, as a sentence without a full stop.
        public var description: String
    }

    /// `page` with every marked part as the tables have it now; text outside of marks stays as it is.
    ///
    /// - Parameter name: the page's name without its ending: a step type's, or `README` for what all steps have.
    /// - Throws: for a mark that names no part of this page, or is not closed.
    public static func page(_ page: String, named name: String) throws(Problem) -> String {
        let parts = parts(ofPage: name)
        var text = ""
        var rest = page[...]
        while let open = rest.firstRange(of: "<!-- ") {
            guard let end = rest[open.upperBound...].firstRange(of: " -->") else { break }
            let part = String(rest[open.upperBound..<end.lowerBound])
            guard let table = parts[part] else {
                throw Problem(description: "\(name).md has no part called `\(part)`")
            }
            guard let close = rest[end.upperBound...].firstRange(of: "<!-- /\(part) -->") else {
                throw Problem(description: "`<!-- \(part) -->` in \(name).md is not closed")
            }
            text += rest[..<end.upperBound] + "\n\n" + table + "\n" + rest[close]
            rest = rest[close.upperBound...]
        }
        return text + rest
    }

    /// The parts that a page may have; of a step type's page, all of them have to stand there.
    public static func parts(ofPage name: String) -> [String: String] {
        guard let type = StepType.named(name) else {
            return [
                "document": KeyTable.text(of: FormatKeys.top),
                "step": KeyTable.text(of: FormatKeys.step(StepType.all.filter(\.isInThisBuild))),
                "retry": KeyTable.text(of: FormatKeys.retry), "timeouts": KeyTable.timeouts,
            ]
        }
        var parts = [
            "fields": FieldTable(type.fields, rules: type.rules).text,
            "result": ResultTable.text(of: type.resultMembers),
            "defaults": KeyTable.defaults(of: type),
        ]
        for field in type.fields {
            if case .list(.oneKey(let specs), _) = field.shape {
                parts[field.name] = FieldTable(specs, rules: [], title: "op").text
            }
        }
        return parts
    }
}

extension String {
    /// As a cell of a Markdown table.
    var asCell: String { replacing("|", with: "\\|").replacing("\n", with: "⏎") }
}
