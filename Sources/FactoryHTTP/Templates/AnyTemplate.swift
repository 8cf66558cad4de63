import FactoryDefinition
import FactoryDomain
import FactoryJSON
import FactoryTemplates

/// A template of the program or of a person, as the API shows it.
enum AnyTemplate: Sendable {
    case ofProgram(PipelineTemplate)
    case published(TemplateRecord)

    var name: String {
        switch self {
        case .ofProgram(let template): template.name
        case .published(let template): template.name
        }
    }

    var category: String {
        switch self {
        case .ofProgram(let template): template.category.rawValue
        case .published(let template): template.category
        }
    }

    var document: JSON {
        switch self {
        case .ofProgram(let template): template.document
        case .published(let template): template.document
        }
    }

    var format: PipelineRecord.Format {
        switch self {
        case .ofProgram: .yaml
        case .published(let template): template.format
        }
    }

    var text: [UInt8] {
        switch self {
        case .ofProgram(let template): template.text
        case .published(let template): Array(template.text.utf8)
        }
    }

    var sampleInputs: JSONObject {
        switch self {
        case .ofProgram(let template): template.sampleInputs
        case .published(let template): template.sampleInputs
        }
    }

    /// Whether all words of `query` stand in what lists show; letters count without their case.
    func matches(_ query: String) -> Bool {
        let tags = (document["tags"]?.arrayValue ?? []).compactMap(\.stringValue)
        let words = [name, category, document["title"]?.stringValue ?? "", document["description"]?.stringValue ?? ""]
        let text = (words + tags).joined(separator: " ").lowercased()
        return query.lowercased().split(separator: " ").allSatisfy { text.contains($0) }
    }

    /// As lists show it.
    var summary: JSON { .object(members) }

    /// With its document, its page and its sample.
    var json: JSON {
        var members = members
        members["document"] = document
        members["text"] = .string(String(decoding: text, as: UTF8.self))
        members["format"] = .string(format.rawValue)
        members["sample_inputs"] = .object(sampleInputs)
        switch self {
        case .ofProgram(let template):
            members["readme"] = .string(template.readme)
            members["expected"] = [
                "text": .string(template.expected.text), "outputs": .object(template.expected.outputs),
                "files": .array(template.expected.files.map(JSON.string)),
            ]
        case .published(let template):
            members["readme"] = .string(template.readme)
            members["expected"] = .null
        }
        return .object(members)
    }

    private var members: JSONObject {
        var members: JSONObject = [
            "name": .string(name), "title": document["title"] ?? .string(name),
            "description": document["description"] ?? .null, "category": .string(category),
            "tags": document["tags"] ?? [], "parameters": .array(parameters), "steps": .array(steps),
        ]
        switch self {
        case .ofProgram:
            members["source"] = "program"
            members["owner"] = .null
            members["recorded"] = true
            members["created_at"] = .null
        case .published(let template):
            members["source"] = "published"
            members["owner"] = .string(template.owner)
            members["recorded"] = false
            members["created_at"] = .string(template.createdAt.description)
        }
        members["links"] = ["self": .string("/api/v1/templates/\(name)")]
        return members
    }

    /// The document's inputs, with the value of each in the sample.
    private var parameters: [JSON] {
        (document["inputs"]?.objectValue ?? [:]).map { name, schema in
            [
                "name": .string(name), "schema": schema,
                "required": .bool(schema["default"] == nil && schema["optional"]?.boolValue != true),
                "sample": sampleInputs[name] ?? .null,
            ]
        }
    }

    /// What it does, step by step.
    private var steps: [JSON] {
        (document["steps"]?.arrayValue ?? []).map { step in
            ["id": step["id"] ?? .null, "type": step["type"] ?? .null, "title": step["title"] ?? .null]
        }
    }
}
