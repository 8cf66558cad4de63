import FactoryJSON

/// The bodies of Chat Completions that come and go in one piece.
enum OpenAIChatBody {
    static func json(for request: ChatRequest, dialect: OpenAIChat.Dialect) -> JSON {
        var body: JSONObject = [
            "model": .string(request.model),
            "messages": .array(
                request.messages.map { ["role": .string($0.role.rawValue), "content": .string($0.content)] }),
        ]
        if let temperature = request.temperature { body["temperature"] = .double(temperature) }
        if let topP = request.topP { body["top_p"] = .double(topP) }
        if let limit = request.maxTokens { body[dialect.tokenLimitField] = .int(Int64(limit)) }
        if !request.stop.isEmpty { body["stop"] = .array(request.stop.map(JSON.string)) }
        if let seed = request.seed, dialect.features.takesSeed { body["seed"] = .int(seed) }
        if let reasoning = request.reasoning, dialect.features.takesReasoning {
            body["reasoning_effort"] = .string(reasoning)
        }
        if let schema = request.schema, dialect.features.takesSchema {
            body["response_format"] = [
                "type": "json_schema", "json_schema": ["name": "answer", "schema": schema],
            ]
        }
        if request.isStreamed {
            body["stream"] = true
            body["stream_options"] = ["include_usage": true]
        }
        return .object(body)
    }

    static func answer(in json: JSON, provider: String) throws(ModelError) -> Answer {
        guard let choice = json["choices"]?[0], let message = choice["message"] else {
            throw ModelError(.protocolError, "\(provider)'s answer has no `choices` with a message.")
        }
        let refusal = message["refusal"]?.stringValue
        return Answer(
            text: message["content"]?.stringValue ?? refusal ?? "", model: json["model"]?.stringValue,
            finishReason: refusal == nil ? finishReason(choice["finish_reason"]) : .contentFilter,
            usage: usage(json["usage"]))
    }

    static func finishReason(_ json: JSON?) -> FinishReason {
        guard let text = json?.stringValue else { return .other }
        return text == "function_call" ? .toolCalls : FinishReason(rawValue: text) ?? .other
    }

    static func usage(_ json: JSON?) -> TokenUsage? {
        guard let input = json?["prompt_tokens"]?.countValue, let output = json?["completion_tokens"]?.countValue
        else { return nil }
        return TokenUsage(
            input: input, output: output, cached: json?["prompt_tokens_details"]?["cached_tokens"]?.countValue)
    }
}
