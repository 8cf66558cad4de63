import FactoryJSON

/// The bodies of Ollama's chat that come and go in one piece.
enum OllamaBody {
    static func json(for request: ChatRequest) -> JSON {
        var body: JSONObject = [
            "model": .string(request.model),
            "messages": .array(
                request.messages.map { ["role": .string($0.role.rawValue), "content": .string($0.content)] }),
            "stream": .bool(request.isStreamed),
            // A conversation that does not fit is an error, instead of being cut unsaid.
            "truncate": false,
        ]
        var options: JSONObject = [:]
        if let temperature = request.temperature { options["temperature"] = .double(temperature) }
        if let topP = request.topP { options["top_p"] = .double(topP) }
        if let limit = request.maxTokens { options["num_predict"] = .int(Int64(limit)) }
        if !request.stop.isEmpty { options["stop"] = .array(request.stop.map(JSON.string)) }
        if let seed = request.seed { options["seed"] = .int(seed) }
        if let context = context(for: request) { options["num_ctx"] = .int(Int64(context)) }
        if !options.isEmpty { body["options"] = .object(options) }
        if let reasoning = request.reasoning { body["think"] = think(reasoning) }
        if let schema = request.schema { body["format"] = schema }
        return .object(body)
    }

    /// Models that think take a level or yes and no, and take either for the other.
    private static func think(_ reasoning: String) -> JSON {
        switch reasoning {
        case "none": false
        case "minimal": "low"
        default: .string(reasoning)
        }
    }

    /// The context to ask for where the usual one may be too small; nil where it will do. Every other size makes Ollama
    /// load the model anew, so sizes go by doubling.
    private static func context(for request: ChatRequest) -> Int? {
        let bytes = request.messages.reduce(0) { $0 + $1.content.utf8.count }
        // Two bytes for a token is less than any common language or code has.
        let need = bytes / 2 + (request.maxTokens ?? 1_024)
        guard need > 4_096 else { return nil }
        var size = 8_192
        while size < need, size < 1 << 20 { size *= 2 }
        return size
    }

    static func answer(in json: JSON, provider: String) throws(ModelError) -> Answer {
        guard let message = json["message"] else {
            throw ModelError(.protocolError, "\(provider)'s answer has no `message`.")
        }
        return Answer(
            text: message["content"]?.stringValue ?? "", model: json["model"]?.stringValue,
            finishReason: finishReason(json["done_reason"]), usage: usage(json))
    }

    static func finishReason(_ json: JSON?) -> FinishReason {
        switch json?.stringValue {
        case "stop": .stop
        case "length": .length
        default: .other
        }
    }

    /// Counts that are zero are left out; an answer that counts nothing at all says nothing.
    static func usage(_ json: JSON) -> TokenUsage? {
        let (input, output) = (json["prompt_eval_count"]?.countValue, json["eval_count"]?.countValue)
        guard input != nil || output != nil else { return nil }
        return TokenUsage(input: input ?? 0, output: output ?? 0)
    }
}
