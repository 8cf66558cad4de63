import FactoryDomain
import FactoryExpressions
import FactoryJSON

/// `extract`: parts of a text, as a list or the first of them.
struct ExtractOp {
    private enum What: String { case codeBlocks = "code_blocks", json, regex, frontMatter = "front_matter" }

    private let what: What
    private let language: String?
    private let pattern: String?
    private let first: Bool

    init(_ argument: JSON) throws(OpFailure) {
        guard let what = argument["what"]?.stringValue.flatMap(What.init) else {
            throw .field("what", "is none of code_blocks, json, regex, front_matter")
        }
        self.what = what
        language = try Self.text(argument, "language")
        pattern = try Self.text(argument, "pattern")
        first = argument["first"]?.boolValue ?? false
    }

    func apply(to value: JSON) throws(OpFailure) -> JSON {
        guard case .string(let text) = value else { throw .kind(value.kindName, wanted: "text") }
        let found = try parts(of: text)
        guard first else { return .array(found) }
        guard let part = found.first else {
            throw OpFailure(
                code: "invalid_input", failureClass: .invalidOutput, message: "the text holds no \(name)",
                hint: "it begins with: \(text.prefix(120))")
        }
        return part
    }

    private var name: String {
        switch what {
        case .codeBlocks: language.map { "code block in \($0)" } ?? "code block"
        case .json: "JSON"
        case .regex: "match of \(pattern ?? "")"
        case .frontMatter: "front matter"
        }
    }

    private func parts(of text: String) throws(OpFailure) -> [JSON] {
        switch what {
        case .codeBlocks:
            let blocks = language.map { CodeBlock.all(in: text, language: $0) } ?? CodeBlock.all(in: text)
            return blocks.map { .string($0.code) }
        case .json: return EmbeddedJSON.all(in: text)
        case .regex: return try matches(in: text)
        case .frontMatter:
            do {
                return try FrontMatter.find(in: text).map { [$0] } ?? []
            } catch {
                throw .format(error)
            }
        }
    }

    /// By the same regular expressions as in CEL: every match, or its group where the pattern has one.
    private func matches(in text: String) throws(OpFailure) -> [JSON] {
        guard let pattern else { throw .field("pattern", "is missing") }
        var scope = Scope()
        scope["input"] = .string(text)
        scope["item"] = .string(pattern)
        do throws(ExpressionError) {
            return try Expression(parsing: "regex.extractAll(input, item)").json(in: scope).arrayValue ?? []
        } catch {
            throw .field("pattern", "cannot be used: \(error.message)", hint: error.hint)
        }
    }

    private static func text(_ argument: JSON, _ field: String) throws(OpFailure) -> String? {
        guard let value = argument[field], !value.isNull else { return nil }
        guard let text = value.stringValue else {
            throw .field(field, "is \(value.kindName.withArticle), and text is wanted")
        }
        return text
    }
}
