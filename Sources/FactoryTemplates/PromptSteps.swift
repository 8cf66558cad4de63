public import FactoryJSON

/// What a document asks of models: its prompt steps with their fields, as they are written.
public struct PromptSteps: Sendable, Hashable {
    private let fields: [String: JSON]

    /// The prompts of `document`.
    public init(of document: JSON) {
        var fields: [String: JSON] = [:]
        let model = document["defaults"]?["model"]
        for step in document["steps"]?.arrayValue ?? [] where step["type"] == "prompt" {
            guard let id = step["id"]?.stringValue, case .object(var with)? = step["with"] else { continue }
            if with["model"] == nil, let model { with["model"] = model }
            fields[id] = .object(with)
        }
        self.fields = fields
    }

    /// Whether no model is asked anything.
    public var isEmpty: Bool { fields.isEmpty }

    /// The ids of the steps that ask something else than those of `other`, or are not there, sorted.
    public func changes(from other: PromptSteps) -> [String] {
        Set(fields.keys).union(other.fields.keys).filter { fields[$0] != other.fields[$0] }.sorted()
    }
}
