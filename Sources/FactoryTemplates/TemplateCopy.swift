import FactoryDefinition
public import FactoryJSON

extension PipelineTemplate {
    /// The document as a pipeline of one's own: under another name, with other defaults. Comments stay.
    ///
    /// - Parameters:
    ///   - name: nil for the template's own.
    ///   - inputs: become the defaults of the inputs they name.
    /// - Throws: for an input that the document does not have.
    public func copy(named newName: String? = nil, inputs: JSONObject = [:]) throws(TemplateError) -> [UInt8] {
        try Self.copy(of: text, named: newName ?? name, inputs: inputs)
    }

    /// The same of the document in `text`.
    public static func copy(
        of text: [UInt8], named name: String, inputs: JSONObject
    ) throws(TemplateError) -> [UInt8] {
        do throws(EditError) {
            var editor = try DocumentEditor(text)
            if editor.document["name"] != .string(name) { try editor.apply(.set(["name"], .string(name))) }
            let known = editor.document["inputs"]?.objectValue ?? [:]
            for (input, value) in inputs {
                guard known.contains(input) else { throw .notFound("inputs.\(input)") }
                try editor.apply(.set(["inputs", .key(input), "default"], value))
            }
            return editor.text
        } catch {
            if case .notFound(let place) = error {
                throw TemplateError(message: "the template has no \(place)")
            }
            throw TemplateError(message: "the document cannot be copied: \(error)")
        }
    }
}
