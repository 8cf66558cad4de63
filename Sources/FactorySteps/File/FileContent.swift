import FactoryDomain
import FactoryJSON

/// Between the values of a pipeline and the bytes of a file.
enum FileContent {
    /// What `bytes` are by the field `parse`.
    static func parse(_ bytes: [UInt8], as form: String, path: String) throws(StepFailure) -> JSON {
        if form == "base64" { return .string(Base64.encode(bytes)) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw StepFailure(
                code: "file_not_text", message: "\(path) is not UTF-8 text",
                hint: "read it with parse: base64, or convert it to UTF-8 first")
        }
        guard let format = ValueFormat(rawValue: form) else { return .string(text) }
        do {
            return try format.parse(text)
        } catch {
            throw StepFailure(code: "file_invalid", message: "\(path): \(error.message)", hint: error.hint)
        }
    }

    /// The bytes that `content` stands for by the fields `encoding` and `format`. Text is written as it is; other
    /// values as JSON, or as `format` says.
    ///
    /// - Parameter isAddition: for something that goes behind other content: JSON on one line, CSV without its header.
    static func bytes(
        of content: JSON, encoding: String, format: String?, isAddition: Bool
    ) throws(StepFailure) -> [UInt8] {
        if encoding == "base64" { return try decoded(content) }
        if case .string(let text) = content { return Array(text.utf8) }
        if format == "text" { return Array(PlainText.of(content).utf8) }
        let form = format.flatMap(ValueFormat.init) ?? .json
        do {
            let text = try form.print(content, csv: CSVOptions(header: !isAddition), pretty: !isAddition)
            return Array((text + (form == .json && isAddition ? "\n" : "")).utf8)
        } catch {
            throw StepFailure(code: "invalid_content", message: "content: \(error.message)", hint: error.hint)
        }
    }

    private static func decoded(_ content: JSON) throws(StepFailure) -> [UInt8] {
        guard case .string(let text) = content else {
            throw StepFailure(
                code: "invalid_content", message: "content is a \(content.kindName), and base64 is text",
                hint: "leave encoding out to write the value as JSON")
        }
        guard let bytes = Base64.decode(text) else {
            throw StepFailure(
                code: "invalid_content", message: "content is not base64",
                hint: "leave encoding out to write the text as it is")
        }
        return bytes
    }
}
