import FactoryDefinition
import FactoryJSON

/// The YAML between two `---` lines at the beginning of a text.
enum FrontMatter {
    /// `{data, body}`: the YAML's value and the text behind it; nil when the text begins with no `---` line or none
    /// closes it.
    /// - Throws: when what stands in between is no YAML; lines count from the beginning of the text.
    static func find(in text: String) throws(ValueFormat.Failure) -> JSON? {
        let whole = TextLines(text)
        guard let first = whole.lines.first, isMark(first),
            let end = whole.lines.dropFirst().firstIndex(where: isMark)
        else { return nil }
        let data: JSON
        do {
            // The leading empty line keeps the line numbers of errors those of the text.
            data = try YAML.parse("\n" + whole.lines[1..<end].map { $0 + "\n" }.joined())
        } catch {
            throw ValueFormat.Failure(
                message: "no YAML at line \(error.line), column \(error.column): \(error.message)", hint: error.hint)
        }
        var body = whole
        body.lines = Array(whole.lines[(end + 1)...])
        return ["data": data, "body": .string(body.text)]
    }

    private static func isMark(_ line: String) -> Bool {
        var text = line.utf8[...]
        while let last = text.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\r") { text = text.dropLast() }
        return text.elementsEqual("---".utf8)
    }
}
