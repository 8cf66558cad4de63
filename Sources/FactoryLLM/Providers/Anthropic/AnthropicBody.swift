import FactoryJSON

/// The bodies of Messages that come and go in one piece.
enum AnthropicBody {
    /// The tool whose input is the answer, where one that fits a schema is asked for.
    static let answerTool = "answer"

    /// - Parameter tokenLimit: sent where the request has none, since the interface wants one.
    static func json(for request: ChatRequest, tokenLimit: Int) -> JSON {
        var body: JSONObject = [
            "model": .string(request.model), "max_tokens": .int(Int64(request.maxTokens ?? tokenLimit)),
        ]
        let system = request.messages.filter { $0.role == .system }.map(\.content).joined(separator: "\n\n")
        if !system.isEmpty { body["system"] = .string(system) }
        body["messages"] = .array(
            request.messages.filter { $0.role != .system }.map {
                ["role": .string($0.role.rawValue), "content": .string($0.content)]
            })
        if let temperature = request.temperature { body["temperature"] = .double(temperature) }
        if let topP = request.topP { body["top_p"] = .double(topP) }
        if !request.stop.isEmpty { body["stop_sequences"] = .array(request.stop.map(JSON.string)) }
        if let schema = request.schema { add(schema, to: &body) }
        if request.isStreamed { body["stream"] = true }
        return .object(body)
    }

    /// A tool that must be called, with the schema as its input: models take every schema there, while the interface's
    /// own form of answers takes few. Input is an object, so other values are wrapped in one.
    private static func add(_ schema: JSON, to body: inout JSONObject) {
        let isObject = schema["type"]?.stringValue == "object"
        let input: JSON =
            isObject ? schema : ["type": "object", "properties": [wrapped: schema], "required": [.string(wrapped)]]
        body["tools"] = [
            [
                "name": .string(answerTool), "description": "Gives the answer. Its input is the whole answer.",
                "input_schema": input,
            ]
        ]
        body["tool_choice"] = ["type": "tool", "name": .string(answerTool), "disable_parallel_tool_use": true]
    }

    /// The member that holds an answer which is no object.
    static let wrapped = "the_answer"

    /// The answer in what the tool was given.
    static func text(ofInput input: JSON) -> String {
        if case .object(let members) = input, members.count == 1, let value = members[wrapped] {
            return value.serialized()
        }
        return input.serialized()
    }

    static func answer(in json: JSON, provider: String) throws(ModelError) -> Answer {
        guard let blocks = json["content"]?.arrayValue else {
            throw ModelError(.protocolError, "\(provider)'s answer has no `content`.")
        }
        let called = blocks.first { $0["type"]?.stringValue == "tool_use" }.flatMap { $0["input"] }
        let text = blocks.filter { $0["type"]?.stringValue == "text" }.compactMap { $0["text"]?.stringValue }.joined()
        return Answer(
            text: called.map(Self.text) ?? text, model: json["model"]?.stringValue,
            finishReason: finishReason(json["stop_reason"], isAnswerCalled: called != nil), usage: usage(json["usage"]))
    }

    /// - Parameter isAnswerCalled: the call that was asked for is the end of the answer, not a wish for a tool.
    static func finishReason(_ json: JSON?, isAnswerCalled: Bool) -> FinishReason {
        switch json?.stringValue {
        case "end_turn", "stop_sequence": .stop
        case "max_tokens", "model_context_window_exceeded": .length
        case "tool_use": isAnswerCalled ? .stop : .toolCalls
        case "refusal": .contentFilter
        default: .other
        }
    }

    /// Anthropic counts what came from its cache, and what was put there, apart from other input.
    static func usage(_ json: JSON?) -> TokenUsage? {
        guard let input = json?["input_tokens"]?.countValue, let output = json?["output_tokens"]?.countValue else {
            return nil
        }
        let read = json?["cache_read_input_tokens"]?.countValue
        let written = json?["cache_creation_input_tokens"]?.countValue
        return TokenUsage(input: input + (read ?? 0) + (written ?? 0), output: output, cached: read)
    }
}
