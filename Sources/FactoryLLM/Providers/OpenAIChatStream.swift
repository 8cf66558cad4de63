import FactoryJSON

/// A streamed answer of Chat Completions, as far as it came. Pure: bytes in, text out.
struct OpenAIChatStream: Sendable {
    private var decoder = SSEDecoder()
    private var text = ""
    private var refusal = ""
    private var model: String?
    private var finishReason: FinishReason?
    private var usage: TokenUsage?

    /// True after the event that ends every stream, `[DONE]`.
    private(set) var isComplete = false

    init() {}

    /// Takes the next bytes and gives the text they add.
    ///
    /// - Throws: for an error in the stream, and for events that are not the format's.
    mutating func take(_ bytes: [UInt8], provider: String) throws(ModelError) -> String {
        let events: [SSEDecoder.Event]
        do { events = try decoder.decode(bytes) } catch {
            throw ModelError(
                .protocolError, "\(provider) sent an event of more than \(SSEDecoder.maxEventBytes) bytes.")
        }
        var added = ""
        for event in events where !isComplete {
            if event.data == "[DONE]" { isComplete = true } else { added += try take(event, provider: provider) }
        }
        text += added
        return added
    }

    private mutating func take(_ event: SSEDecoder.Event, provider: String) throws(ModelError) -> String {
        let json: JSON
        do { json = try JSON(parsing: event.data) } catch {
            throw ModelError(.protocolError, "\(provider) sent an event that is not JSON: \(error.message).")
        }
        if let error = json["error"], !error.isNull {
            throw OpenAIErrors.error(status: nil, error, provider: provider, retryAfter: nil)
        }
        if event.name == "error" { throw OpenAIErrors.error(status: nil, json, provider: provider, retryAfter: nil) }
        if let name = json["model"]?.stringValue, !name.isEmpty { model = name }
        if let counted = OpenAIChatBody.usage(json["usage"]) { usage = counted }
        guard let choice = json["choices"]?[0] else { return "" }
        if let reason = choice["finish_reason"], !reason.isNull { finishReason = OpenAIChatBody.finishReason(reason) }
        refusal += choice["delta"]?["refusal"]?.stringValue ?? ""
        return choice["delta"]?["content"]?.stringValue ?? ""
    }

    /// The whole answer.
    ///
    /// - Throws: when the stream ended before its terminal event: what came is cut, not short.
    func result(
        asked: String, provider: String, firstToken: Duration?, total: Duration
    ) throws(ModelError) -> ChatResult {
        guard isComplete else {
            throw ModelError(
                .serverError, "\(provider) broke off its answer after \(text.count) characters.",
                hint: "Try again; with `retry` on the step it does so by itself.")
        }
        return ChatResult(
            text: text.isEmpty ? refusal : text, model: model ?? asked,
            finishReason: refusal.isEmpty ? finishReason ?? .other : .contentFilter, usage: usage,
            firstToken: firstToken, total: total)
    }
}
