import FactoryJSON

/// A streamed answer of Chat Completions, as far as it came.
struct OpenAIChatStream: AnswerStream {
    static let mediaType = "text/event-stream"

    private var decoder = SSEDecoder()
    private var refusal = ""
    private var said = Answer()

    /// True after `[DONE]`.
    private(set) var isComplete = false

    var answer: Answer {
        guard !refusal.isEmpty else { return said }
        var refused = said
        if refused.text.isEmpty { refused.text = refusal }
        refused.finishReason = .contentFilter
        return refused
    }

    init() {}

    static func answer(in json: JSON, provider: String) throws(ModelError) -> Answer {
        try OpenAIChatBody.answer(in: json, provider: provider)
    }

    mutating func take(_ bytes: [UInt8], provider: String) throws(ModelError) -> String {
        var added = ""
        for event in try decoder.events(in: bytes, from: provider) where !isComplete {
            if event.data == "[DONE]" { isComplete = true } else { added += try take(event, provider: provider) }
        }
        said.text += added
        return added
    }

    private mutating func take(_ event: SSEDecoder.Event, provider: String) throws(ModelError) -> String {
        let json = try Self.json(event.data, from: provider)
        if let error = json["error"], !error.isNull {
            throw ProviderErrors.error(status: nil, error, provider: provider, retryAfter: nil)
        }
        if event.name == "error" { throw ProviderErrors.error(status: nil, json, provider: provider, retryAfter: nil) }
        if let name = json["model"]?.stringValue, !name.isEmpty { said.model = name }
        if let counted = OpenAIChatBody.usage(json["usage"]) { said.usage = counted }
        guard let choice = json["choices"]?[0] else { return "" }
        if let reason = choice["finish_reason"], !reason.isNull {
            said.finishReason = OpenAIChatBody.finishReason(reason)
        }
        refusal += choice["delta"]?["refusal"]?.stringValue ?? ""
        return choice["delta"]?["content"]?.stringValue ?? ""
    }
}
