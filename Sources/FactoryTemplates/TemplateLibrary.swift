import CAssets
import FactoryDefinition
public import FactoryJSON
import Synchronization

/// The templates that the program carries in itself, each read when it is first asked for.
public final class TemplateLibrary: Sendable {
    private let files: [String: [UInt8]]
    private let known = Mutex<[String: PipelineTemplate]>([:])

    /// Names of all templates, sorted.
    public let names: [String]

    /// The library of this program.
    public convenience init() { self.init(files: Self.embedded()) }

    /// A library of these files, by `NAME/pipeline.yaml`, `NAME/template.yaml`, `NAME/README.md` and
    /// `NAME/recording.json`.
    init(files: [String: [UInt8]]) {
        self.files = files
        names = Set(files.keys.compactMap { $0.split(separator: "/").first.map(String.init) }).sorted()
    }

    /// All templates, by name.
    public func all() throws(TemplateError) -> [PipelineTemplate] {
        var all: [PipelineTemplate] = []
        for name in names { all.append(try template(named: name)) }
        return all
    }

    /// The template `name`.
    ///
    /// - Throws: where there is none, with the nearest name.
    public func template(named name: String) throws(TemplateError) -> PipelineTemplate {
        if let template = known.withLock({ $0[name] }) { return template }
        guard names.contains(name) else {
            throw TemplateError(
                message: "there is no template \(name)",
                hint: Suggestion.hint(for: name, among: names) ?? "there are: \(names.joined(separator: ", "))")
        }
        let template = try read(name)
        known.withLock { $0[name] = template }
        return template
    }

    /// The template whose prompts the steps of `document` have, all of them and as they stand there; nil where there is
    /// none. Its recording answers what `document` asks of models.
    public func origin(of document: JSON) throws(TemplateError) -> PipelineTemplate? {
        let prompts = PromptSteps(of: document)
        guard !prompts.isEmpty else { return nil }
        return try all().first { PromptSteps(of: $0.document) == prompts }
    }

    private func read(_ name: String) throws(TemplateError) -> PipelineTemplate {
        let (text, about) = (try file(name, "pipeline.yaml"), try file(name, "template.yaml"))
        let document: JSON
        let facts: JSON
        do throws(YAMLError) { (document, facts) = (try YAML.parse(text), try YAML.parse(about)) } catch {
            throw TemplateError(message: "the template \(name) cannot be read: \(error)")
        }
        guard let category = facts["category"]?.stringValue.flatMap(PipelineTemplate.Category.init(rawValue:)),
            let summary = facts["expected"]?["text"]?.stringValue
        else { throw TemplateError(message: "the template \(name) has no category, or does not say what it gives") }
        return PipelineTemplate(
            name: name, category: category, text: text, document: document,
            readme: String(decoding: try file(name, "README.md"), as: UTF8.self),
            sampleInputs: facts["inputs"]?.objectValue ?? [:],
            expected: PipelineTemplate.Expectation(
                text: summary, outputs: facts["expected"]?["outputs"]?.objectValue ?? [:],
                files: (facts["expected"]?["files"]?.arrayValue ?? []).compactMap(\.stringValue)),
            recording: try file(name, "recording.json"))
    }

    private func file(_ template: String, _ name: String) throws(TemplateError) -> [UInt8] {
        guard let bytes = files["\(template)/\(name)"] else {
            throw TemplateError(message: "the program lacks the file \(name) of the template \(template)")
        }
        return bytes
    }

    private static func embedded() -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        var index = 0
        var name: UnsafePointer<CChar>?
        var size = 0
        while let bytes = factory_template_file(index, &name, &size), let path = name {
            files[String(cString: path)] = Array(UnsafeBufferPointer(start: bytes, count: size))
            index += 1
        }
        return files
    }
}

/// Why a template is not to be had.
public struct TemplateError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public let message: String
    /// What to do about it.
    public let hint: String?

    init(message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }

    /// Both in one line.
    public var description: String { hint.map { "\(message) (\($0))" } ?? message }
}
