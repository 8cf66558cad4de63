import FactoryJSON

/// A streamed answer of Messages, as far as it came.
struct AnthropicStream: AnswerStream {
    static let mediaType = "text/event-stream"

    private var decoder = SSEDecoder()
    private var said = Answer()
    private var input = ""
    private var isAnswerCalled = false
    /// Counts are cumulative and come in parts: each replaces the one before.
    private var counts: JSONObject = [:]

    /// True after `message_stop`.
    private(set) var isComplete = false

    var answer: Answer {
        var answer = said
        if isAnswerCalled {
            let written = input.isEmpty ? "{}" : input
            answer.text = (try? JSON(parsing: written)).map(AnthropicBody.text) ?? written
        }
        answer.usage = AnthropicBody.usage(.object(counts))
        return answer
    }

    init() {}

    static func answer(in json: JSON, provider: String) throws(ModelError) -> Answer {
        try AnthropicBody.answer(in: json, provider: provider)
    }

    mutating func take(_ bytes: [UInt8], provider: String) throws(ModelError) -> String {
        var added = ""
        for event in try decoder.events(in: bytes, from: provider) where !isComplete {
            added += try take(try Self.json(event.data, from: provider), provider: provider)
        }
        return added
    }

    private mutating func take(_ event: JSON, provider: String) throws(ModelError) -> String {
        if let error = event["error"], !error.isNull {
            throw ProviderErrors.error(status: nil, error, provider: provider, retryAfter: nil)
        }
        switch event["type"]?.stringValue {
        case "message_start":
            if let model = event["message"]?["model"]?.stringValue, !model.isEmpty { said.model = model }
            count(event["message"]?["usage"])
        case "content_block_start":
            if event["content_block"]?["type"]?.stringValue == "tool_use" { isAnswerCalled = true }
            return add(event["content_block"]?["text"]?.stringValue)
        case "content_block_delta":
            let piece = event["delta"]?["partial_json"]?.stringValue ?? ""
            input += piece
            return piece + add(event["delta"]?["text"]?.stringValue)
        case "message_delta":
            if let reason = event["delta"]?["stop_reason"], !reason.isNull {
                said.finishReason = AnthropicBody.finishReason(reason, isAnswerCalled: isAnswerCalled)
            }
            count(event["usage"])
        case "message_stop": isComplete = true
        default: break
        }
        return ""
    }

    private mutating func add(_ text: String?) -> String {
        said.text += text ?? ""
        return text ?? ""
    }

    private mutating func count(_ usage: JSON?) {
        for (name, value) in usage?.objectValue ?? [:] where value.countValue != nil { counts[name] = value }
    }
}
