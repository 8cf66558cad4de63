import FactoryJSON

/// A streamed answer of Ollama, one JSON object a line, as far as it came.
struct OllamaStream: AnswerStream {
    static let mediaType = "application/x-ndjson"

    private var lines = LineDecoder()
    private(set) var answer = Answer()

    /// True after the line that says `done`.
    private(set) var isComplete = false

    init() {}

    static func answer(in json: JSON, provider: String) throws(ModelError) -> Answer {
        try OllamaBody.answer(in: json, provider: provider)
    }

    mutating func take(_ bytes: [UInt8], provider: String) throws(ModelError) -> String {
        var added = ""
        for line in try lines.lines(in: bytes, from: provider) where !isComplete {
            let json = try Self.json(line, from: provider)
            if let error = json["error"], !error.isNull {
                throw ProviderErrors.error(status: nil, error, provider: provider, retryAfter: nil)
            }
            added += json["message"]?["content"]?.stringValue ?? ""
            if let model = json["model"]?.stringValue, !model.isEmpty { answer.model = model }
            guard json["done"]?.boolValue == true else { continue }
            isComplete = true
            answer.finishReason = OllamaBody.finishReason(json["done_reason"])
            answer.usage = OllamaBody.usage(json)
        }
        answer.text += added
        return added
    }
}
